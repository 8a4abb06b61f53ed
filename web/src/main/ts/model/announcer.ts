import { Observable } from './observable';

const GATHER = 400;
const MAX_SPOKEN = 3;

export interface Spoken {
  readonly sender: string;
  readonly message: string;
}

/** What a screen reader should say of new messages: each of a few, only the number of many. */
export class Announcer extends Observable {
  news: readonly Spoken[] = [];
  count = 0;
  #gathered: Spoken[] = [];
  #number = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  hear(messages: readonly Spoken[]): void {
    this.#number += messages.length;
    this.#gathered.push(...messages.slice(0, MAX_SPOKEN + 1 - this.#gathered.length));
    if (this.#number > 0) this.#timer ??= setTimeout(() => this.#speak(), GATHER);
  }

  #speak(): void {
    this.#timer = undefined;
    this.count = this.#number;
    this.news = this.#number > MAX_SPOKEN ? [] : this.#gathered;
    this.#gathered = [];
    this.#number = 0;
    this.changed();
  }
}
