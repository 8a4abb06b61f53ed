import type { Room } from './message';
import { Observable } from './observable';
import type { ReadMarks } from './read-marks';

export const LOBBY = 'lobby';

/** All rooms that the page knows. The order is taken when the list is read and stays calm in between. */
export class RoomList extends Observable {
  readonly #rooms = new Map<string, Room>();
  readonly #marks: ReadMarks;
  known = false;

  constructor(marks: ReadMarks) {
    super();
    this.#marks = marks;
    marks.watch(() => this.changed());
  }

  get rooms(): Room[] {
    return [...this.#rooms.values()];
  }

  get(id: string): Room | undefined {
    return this.#rooms.get(id);
  }

  replace(rooms: readonly Room[]): void {
    this.#rooms.clear();
    for (const room of [...rooms].sort(byActivity)) this.#keep(room);
    this.known = true;
    this.changed();
  }

  forget(): void {
    this.#rooms.clear();
    this.known = false;
    this.changed();
  }

  /**
   * A new room comes first, behind the lobby; a known one changes where it stands. Before the list has come no room is
   * new, only not listed yet.
   */
  put(room: Room): void {
    if (!this.known || this.#rooms.has(room.id)) this.#keep(room);
    else this.#insert(room);
    this.changed();
  }

  unread(id: string): number {
    const room = this.#rooms.get(id);
    return room ? Math.max(0, room.head - (this.#marks.get(id) ?? room.head)) : 0;
  }

  get unreadInAll(): number {
    return this.rooms.reduce((sum, room) => sum + this.unread(room.id), 0);
  }

  #keep(room: Room): void {
    this.#rooms.set(room.id, room);
    this.#marks.begin(room.id, room.head);
  }

  #insert(room: Room): void {
    const others = this.rooms;
    const lobby = others.filter(other => other.id === LOBBY);
    this.#marks.begin(room.id, 0);
    this.#rooms.clear();
    for (const each of [...lobby, room, ...others.filter(other => other.id !== LOBBY)]) this.#keep(each);
  }
}

function byActivity(a: Room, b: Room): number {
  if (a.id === LOBBY || b.id === LOBBY) return a.id === LOBBY ? -1 : 1;
  const latest = (room: Room) => room.lastMessageAt ?? room.createdAt;
  return latest(b).localeCompare(latest(a));
}
