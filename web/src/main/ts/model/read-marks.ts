import { Observable } from './observable';

const KEY = 'maru.read';
const MAX_ROOMS = 1_000;

/** The part of `Storage` that small settings need. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Up to which message each room was read, in this browser. */
export class ReadMarks extends Observable {
  readonly #shelf: Shelf;
  #marks: Map<string, number>;

  constructor(shelf: Shelf) {
    super();
    this.#shelf = shelf;
    this.#marks = this.#read();
  }

  get(roomId: string): number | undefined {
    return this.#marks.get(roomId);
  }

  /** A room seen for the first time counts as read up to here. */
  begin(roomId: string, offset: number): void {
    if (!this.#marks.has(roomId)) this.#write(roomId, offset);
  }

  advance(roomId: string, offset: number): void {
    if (offset <= (this.#marks.get(roomId) ?? -1)) return;
    this.#write(roomId, offset);
    this.changed();
  }

  forget(): void {
    this.#shelf.removeItem(KEY);
    this.reload();
  }

  /** Another tab read on. */
  reload(): void {
    this.#marks = this.#read();
    this.changed();
  }

  #read(): Map<string, number> {
    try {
      return new Map(JSON.parse(this.#shelf.getItem(KEY) ?? '[]') as [string, number][]);
    } catch {
      return new Map();
    }
  }

  #write(roomId: string, offset: number): void {
    this.#marks.delete(roomId);
    this.#marks.set(roomId, offset);
    this.#shelf.setItem(KEY, JSON.stringify([...this.#marks].slice(-MAX_ROOMS)));
  }
}
