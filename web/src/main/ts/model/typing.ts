import { Observable } from './observable';

const SHOWN_FOR = 5_000;
const MAX_SHOWN = 20;
const SAY_EVERY = 2_000;

/** Who else is writing; a name goes away when nothing was heard for a while. */
export class Typing extends Observable {
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  get people(): string[] {
    return [...this.#timers.keys()];
  }

  hear(person: string): void {
    if (!this.#timers.has(person) && this.#timers.size >= MAX_SHOWN) return;
    clearTimeout(this.#timers.get(person));
    this.#timers.set(person, setTimeout(() => this.forget(person), SHOWN_FOR));
    this.changed();
  }

  forget(person: string): void {
    clearTimeout(this.#timers.get(person));
    if (this.#timers.delete(person)) this.changed();
  }

  clear(): void {
    for (const person of this.people) this.forget(person);
  }
}

/** Says "I am writing" while keys are pressed, at most once in two seconds. */
export class TypingSignal {
  readonly #say: () => void;
  readonly #now: () => number;
  #said = -Infinity;

  constructor(say: () => void, now: () => number = () => performance.now()) {
    this.#say = say;
    this.#now = now;
  }

  wrote(): void {
    if (this.#now() - this.#said < SAY_EVERY) return;
    this.#said = this.#now();
    this.#say();
  }

  reset(): void {
    this.#said = -Infinity;
  }
}
