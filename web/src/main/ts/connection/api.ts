import type { Failure, Page, Room } from '../model/message';
import { Refused } from '../model/outbox';
import { PAGE_SIZE } from '../model/timeline';

const ROOMS_SHOWN = 500;
const TIMEOUT = 15_000;

/** The calls of the HTTP API that the page needs. */
export class Api {
  async rooms(): Promise<Room[]> {
    return (await call<{ rooms: Room[] }>(`/api/rooms?limit=${ROOMS_SHOWN}`)).rooms;
  }

  room(id: string): Promise<Room> {
    return call(`/api/rooms/${id}`);
  }

  createRoom(name: string): Promise<Room> {
    return call('/api/rooms', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name }),
    });
  }

  messages(roomId: string, at: { before?: number; after?: number } = {}): Promise<Page> {
    const query = new URLSearchParams({ limit: String(PAGE_SIZE) });
    for (const [name, offset] of Object.entries(at)) query.set(name, String(offset));
    return call(`/api/rooms/${roomId}/messages?${query}`);
  }
}

async function call<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(path, { ...init, signal: AbortSignal.timeout(TIMEOUT) });
  if (!response.ok) throw new Refused(await failureOf(response));
  return await response.json() as T;
}

async function failureOf(response: Response): Promise<Failure> {
  const problem = await response.json().catch(() => ({})) as Partial<Failure>;
  return { code: problem.code ?? 0, detail: problem.detail ?? `HTTP ${response.status}` };
}
