import type { LogInProblem, Session, SessionApi } from '../model/identity';
import type { Failure, Page, Room } from '../model/message';
import { Refused } from '../model/outbox';
import { PAGE_SIZE } from '../model/timeline';

const ROOMS_SHOWN = 500;
const TIMEOUT = 15_000;

/** The calls of the HTTP API that the page needs. */
export class Api implements SessionApi {
  /** Called when the server no longer knows who asks. */
  notAuthenticated: () => void = () => {};

  async session(): Promise<Session> {
    const response = await send('/api/session');
    await accepted(response);
    return await response.json() as Session;
  }

  async logIn(name: string, password: string): Promise<Session | LogInProblem> {
    const response = await send('/api/session', post({ name, password })).catch(() => undefined);
    if (!response) return { kind: 'unreachable' };
    if (response.ok) return await response.json() as Session;
    if (response.status === 401) return { kind: 'bad-credentials' };
    if (response.status !== 429) return { kind: 'trouble' };
    return { kind: 'too-many-attempts', seconds: Number(response.headers.get('retry-after')) || 60 };
  }

  async logOut(): Promise<void> {
    await accepted(await send('/api/session', { method: 'DELETE' }));
  }

  async rooms(): Promise<Room[]> {
    return (await this.#call<{ rooms: Room[] }>(`/api/rooms?limit=${ROOMS_SHOWN}`)).rooms;
  }

  room(id: string): Promise<Room> {
    return this.#call(`/api/rooms/${id}`);
  }

  createRoom(name: string): Promise<Room> {
    return this.#call('/api/rooms', post({ name }));
  }

  messages(roomId: string, at: { before?: number; after?: number } = {}): Promise<Page> {
    const query = new URLSearchParams({ limit: String(PAGE_SIZE) });
    for (const [name, offset] of Object.entries(at)) query.set(name, String(offset));
    return this.#call(`/api/rooms/${roomId}/messages?${query}`);
  }

  async #call<T>(path: string, init?: RequestInit): Promise<T> {
    const response = await send(path, init);
    if (response.status === 401) this.notAuthenticated();
    await accepted(response);
    return await response.json() as T;
  }
}

function post(body: unknown): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function send(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(path, { ...init, signal: AbortSignal.timeout(TIMEOUT) });
}

async function accepted(response: Response): Promise<void> {
  if (!response.ok) throw new Refused(await failureOf(response));
}

async function failureOf(response: Response): Promise<Failure> {
  const problem = await response.json().catch(() => ({})) as Partial<Failure>;
  return { code: problem.code ?? 0, detail: problem.detail ?? `HTTP ${response.status}` };
}
