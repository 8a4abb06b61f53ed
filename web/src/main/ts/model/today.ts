import { Observable } from './observable';

/** Tells when another day has begun, by the reader's clock. */
export class Today extends Observable {
  #day = new Date().toDateString();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `onWake` tells when the page may have slept through midnight. */
  constructor(onWake: (wake: () => void) => void) {
    super();
    onWake(() => this.#look());
    this.#awaitMidnight();
  }

  #look(): void {
    const day = new Date().toDateString();
    if (day !== this.#day) {
      this.#day = day;
      this.changed();
    }
    this.#awaitMidnight();
  }

  #awaitMidnight(): void {
    clearTimeout(this.#timer);
    const now = new Date();
    const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
    this.#timer = setTimeout(() => this.#look(), midnight.getTime() - now.getTime());
  }
}
