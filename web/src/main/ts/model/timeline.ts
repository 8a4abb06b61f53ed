import type { Page, TalkMessage } from './message';
import { mergeByOffset } from './merge';
import { Observable } from './observable';

export const PAGE_SIZE = 50;
export const WINDOW_SIZE = 300;
const MAX_NOTES = 100;

/** Somebody came or went; stands behind the message with the offset `after`. */
export interface Note {
  readonly id: number;
  readonly after: number;
  readonly kind: 'joined' | 'left';
  readonly person: string;
  readonly at: Date;
}

/** The part of a room's messages that is on screen: a gapless stretch of at most `WINDOW_SIZE`. */
export class Timeline extends Observable {
  messages: readonly TalkMessage[] = [];
  notes: readonly Note[] = [];
  moreBefore = false;
  moreAfter = false;
  #limit = WINDOW_SIZE;
  #noteId = 0;
  /** The newest offset that the live stream told of; a page read meanwhile may be older. */
  #heard = 0;

  get first(): number {
    return this.messages[0]?.offset ?? 0;
  }

  get last(): number {
    return this.messages.at(-1)?.offset ?? 0;
  }

  /** What was said before the first message is no longer here: the server keeps it in its archive. */
  get archived(): boolean {
    return !this.moreBefore && this.first > 1;
  }

  /** Leaves room in the window for messages that wait to be sent. */
  reserve(waiting: number): void {
    this.#limit = Math.max(PAGE_SIZE, WINDOW_SIZE - waiting);
  }

  /** Shows one page instead of all that was there. */
  show(page: Page): void {
    this.messages = mergeByOffset([], page.messages);
    this.notes = [];
    this.moreBefore = page.more.before;
    this.moreAfter = page.more.after || this.#heard > this.last;
    this.changed();
  }

  /** The stream goes on after a gap. Who reads keeps the place; between it and the newest there is more to load. */
  rejoin(newest: readonly TalkMessage[], reading: boolean): void {
    this.#heard = newest.at(-1)?.offset ?? 0;
    const first = newest[0]?.offset ?? 0;
    if (!reading || this.last > this.#heard) this.show({ messages: newest, more: { before: first > 1, after: false } });
    else if (first > this.last + 1) this.#leaveBehind();
    else this.receive(newest, reading);
  }

  /** Takes what the live stream brought; somebody who reads further up keeps what they read. */
  receive(incoming: readonly TalkMessage[], reading: boolean): void {
    this.#heard = Math.max(this.#heard, incoming.at(-1)?.offset ?? 0);
    const known = this.moreAfter ? incoming.filter(message => message.offset <= this.last) : incoming;
    this.messages = mergeByOffset(this.messages, known.filter(message => message.offset >= this.first));
    if (reading) this.#trimEnd();
    else this.#trimStart();
    this.changed();
  }

  prepend(page: Page): void {
    this.messages = mergeByOffset(page.messages, this.messages);
    this.moreBefore = page.more.before;
    this.#trimEnd();
    this.changed();
  }

  /** Adds the next messages; if those that should come first are archived by now, shows what there is instead. */
  append(page: Page): void {
    if ((page.messages[0]?.offset ?? 0) > this.last + 1) {
      this.show(page);
      return;
    }
    this.messages = mergeByOffset(this.messages, page.messages);
    this.moreAfter = page.more.after || this.#heard > this.last;
    this.#trimStart();
    this.changed();
  }

  note(kind: Note['kind'], person: string, at: Date): void {
    if (this.moreAfter) return;
    const note = { id: ++this.#noteId, after: this.last, kind, person, at };
    this.notes = [...this.notes, note].slice(-MAX_NOTES);
    this.changed();
  }

  #leaveBehind(): void {
    this.moreAfter = true;
    this.changed();
  }

  #trimStart(): void {
    if (this.messages.length <= this.#limit) return;
    this.messages = this.messages.slice(-this.#limit);
    this.notes = this.notes.filter(note => note.after >= this.first);
    this.moreBefore = true;
  }

  #trimEnd(): void {
    if (this.messages.length <= this.#limit) return;
    this.messages = this.messages.slice(0, this.#limit);
    this.notes = this.notes.filter(note => note.after <= this.last);
    this.moreAfter = true;
  }
}
