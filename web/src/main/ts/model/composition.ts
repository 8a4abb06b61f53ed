import { isHangul } from './hangul';

const JUST_NOW = 200;

/** What of a keyboard event matters here. */
export interface KeyLike {
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/**
 * Decides whether a key belongs to the input method. Safari ends the composition before the keydown and marks that key
 * with 229; Chromium on macOS may send a plain Enter before the composition ends: hence three signs, not one.
 *
 * With Hangul the last syllable is always still open when Enter comes, so the wish to send is remembered and fulfilled
 * in the task after `compositionend`. With kana and Han, Enter only confirms.
 */
export class Composition {
  readonly #send: () => void;
  readonly #later: (task: () => void) => void;
  readonly #now: () => number;
  #open = false;
  #wish = false;
  #data = '';
  #endedAt = -Infinity;

  constructor(send: () => void, later: (task: () => void) => void = task => setTimeout(task),
    now: () => number = () => performance.now()) {
    this.#send = send;
    this.#later = later;
    this.#now = now;
  }

  get open(): boolean {
    return this.#open;
  }

  start(): void {
    this.#open = true;
    this.#data = '';
  }

  update(data: string): void {
    this.#open = true;
    if (data) this.#data = data;
  }

  end(data: string): void {
    this.#open = false;
    this.#endedAt = this.#now();
    if (data) this.#data = data;
    if (this.#wish && this.#endsInHangul()) this.#later(() => this.#fulfil());
    else this.#wish = false;
  }

  owns(event: KeyLike): boolean {
    return event.isComposing || event.keyCode === 229 || this.#open;
  }

  /** Enter without Shift in the message box. */
  enter(event: KeyLike): void {
    if (!this.owns(event)) return this.#sendNow();
    if (!this.#endsInHangul()) return;
    if (this.#open || event.isComposing) {
      this.#wish = true;
    } else if (this.#now() - this.#endedAt < JUST_NOW) {
      this.#wish = true;
      this.#later(() => this.#fulfil());
    }
  }

  /** Any other key: whoever goes on writing no longer wishes to send. */
  otherKey(): void {
    this.#wish = false;
  }

  #sendNow(): void {
    this.#wish = false;
    this.#send();
  }

  #fulfil(): void {
    if (this.#wish && !this.#open) this.#sendNow();
  }

  #endsInHangul(): boolean {
    return isHangul(this.#data.at(-1) ?? '');
  }
}
