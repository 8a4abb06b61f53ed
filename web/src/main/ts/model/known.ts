import type { Room, TalkMessage } from './message';
import type { OpenRoom } from './open-room';
import { PAGE_SIZE } from './timeline';

const SAVE_AFTER = 1_000;
const ROOMS = 'rooms';

/** Values by name that survive a reload; the oldest are dropped by whoever implements it. */
export interface Cupboard {
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
  clear(): Promise<void>;
}

/** What the page last knew, for the moment before the server answers and for the time without it. */
export class Known {
  readonly #cupboard: Cupboard;
  #unwatch: () => void = () => {};
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(cupboard: Cupboard) {
    this.#cupboard = cupboard;
  }

  async rooms(): Promise<Room[]> {
    return (await this.#get(ROOMS)) as Room[] | undefined ?? [];
  }

  keepRooms(rooms: readonly Room[]): void {
    this.#put(ROOMS, rooms);
  }

  async messages(roomId: string): Promise<TalkMessage[]> {
    return (await this.#get(`room ${roomId}`)) as TalkMessage[] | undefined ?? [];
  }

  /** Keeps the last page of this room from now on, and no longer that of the room before. */
  keep(room: OpenRoom): void {
    this.#unwatch();
    this.#unwatch = room.timeline.watch(() => {
      this.#saving ??= setTimeout(() => {
        this.#saving = undefined;
        if (room.status === 'ready' && !room.timeline.moreAfter) {
          this.#put(`room ${room.id}`, room.timeline.messages.slice(-PAGE_SIZE));
        }
      }, SAVE_AFTER);
    });
  }

  forget(): void {
    this.#unwatch();
    clearTimeout(this.#saving);
    this.#saving = undefined;
    this.#cupboard.clear().catch(() => undefined);
  }

  #get(key: string): Promise<unknown> {
    return this.#cupboard.get(key).catch(() => undefined);
  }

  #put(key: string, value: unknown): void {
    this.#cupboard.put(key, value).catch(() => undefined);
  }
}
