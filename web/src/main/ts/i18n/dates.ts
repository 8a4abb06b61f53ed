import type { Language } from '../model/settings';
import type { Words } from './en';

const DAY = 86_400_000;

/** Dates and times in the reader's zone. */
export class Dates {
  readonly #t: Words;
  readonly #time: Intl.DateTimeFormat;
  readonly #short: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;
  readonly #dayOfOtherYear: Intl.DateTimeFormat;
  readonly #full: Intl.DateTimeFormat;

  constructor(language: Language, t: Words) {
    const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options);
    this.#t = t;
    this.#time = format({ hour: 'numeric', minute: '2-digit' });
    this.#short = format({ hour: 'numeric', minute: '2-digit', hour12: false });
    this.#day = format({ weekday: 'long', month: 'long', day: 'numeric' });
    this.#dayOfOtherYear = format({ weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' });
    this.#full = format({ dateStyle: 'full', timeStyle: 'medium' });
  }

  time(at: Date): string {
    return this.#time.format(at);
  }

  short(at: Date): string {
    return this.#short.format(at);
  }

  full(at: Date): string {
    return this.#full.format(at);
  }

  day(at: Date, now = new Date()): string {
    if (at.toDateString() === now.toDateString()) return this.#t.today;
    if (at.toDateString() === new Date(now.getTime() - DAY).toDateString()) return this.#t.yesterday;
    return (at.getFullYear() === now.getFullYear() ? this.#day : this.#dayOfOtherYear).format(at);
  }
}
