import type { Shelf } from './read-marks';

const KEY = 'maru.drafts';
const MAX_DRAFTS = 50;

/** What was written and not sent, for each room; the oldest go when there are too many. */
export class Drafts {
  /** Whose drafts these are: the name of an account, or nothing. */
  owner = '';
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
    this.#shelf.setItem(this.#key, JSON.stringify([...drafts].slice(-MAX_DRAFTS)));
  }

  get #key(): string {
    return this.owner ? `${KEY}/${this.owner}` : KEY;
  }

  #read(): Map<string, string> {
    try {
      return new Map(JSON.parse(this.#shelf.getItem(this.#key) ?? '[]') as [string, string][]);
    } catch {
      return new Map();
    }
  }
}
