import type { Drafts } from './drafts';
import type { Known } from './known';
import type { Outbox } from './outbox';
import type { ReadMarks, Shelf } from './read-marks';
import type { Settings } from './settings';

const KEY = 'maru.owner';

/**
 * What this browser keeps for whoever is in. Unsent text waits for the one who wrote it; what others have said is
 * forgotten as soon as somebody else comes.
 */
export class Belongings {
  readonly #shelf: Shelf;

  constructor(shelf: Shelf, readonly settings: Settings, readonly marks: ReadMarks, readonly drafts: Drafts,
    readonly outbox: Outbox, readonly known: Known) {
    this.#shelf = shelf;
  }

  /** From now on everything is this one's. */
  handTo(owner: string): void {
    if ((this.#shelf.getItem(KEY) ?? '') !== owner) this.forget();
    this.#shelf.setItem(KEY, owner);
    this.drafts.owner = owner;
    this.outbox.owner = owner;
  }

  forget(): void {
    this.known.forget();
    this.marks.forget();
    this.settings.lastRoom = undefined;
  }
}
