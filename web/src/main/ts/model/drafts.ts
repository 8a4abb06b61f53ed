import type { Shelf } from './read-marks';

const KEY = 'maru.drafts';
const MAX_DRAFTS = 50;

/** What was written and not sent, for each room; the oldest go when there are too many. */
export class Drafts {
  readonly #shelf: Shelf;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  get(roomId: string): string {
    return this.#read().get(roomId) ?? '';
  }

  set(roomId: string, text: string): void {
    const drafts = this.#read();
    if (!drafts.delete(roomId) && !text) return;
    if (text) drafts.set(roomId, text);
    this.#shelf.setItem(KEY, JSON.stringify([...drafts].slice(-MAX_DRAFTS)));
  }

  #read(): Map<string, string> {
    try {
      return new Map(JSON.parse(this.#shelf.getItem(KEY) ?? '[]') as [string, string][]);
    } catch {
      return new Map();
    }
  }
}
