import type { Language } from '../model/settings';
import type { Words } from './en';

/** Dates and times in the reader's zone; what formats them is costly to make, so it is made once, when needed. */
export class Dates {
  readonly #language: Language;
  readonly #t: Words;
  readonly #formats = new Map<string, Intl.DateTimeFormat>();

  constructor(language: Language, t: Words) {
    this.#language = language;
    this.#t = t;
  }

  time(at: Date): string {
    return this.#format('time', { hour: 'numeric', minute: '2-digit' }, at);
  }

  short(at: Date): string {
    return this.#format('short', { hour: 'numeric', minute: '2-digit', hourCycle: 'h23' }, at);
  }

  full(at: Date): string {
    return this.#format('full', { dateStyle: 'full', timeStyle: 'medium' }, at);
  }

  day(at: Date, now = new Date()): string {
    if (isSameDay(at, now)) return this.#t.today;
    if (isSameDay(at, new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1))) return this.#t.yesterday;
    const day = { weekday: 'long', month: 'long', day: 'numeric' } as const;
    return at.getFullYear() === now.getFullYear()
      ? this.#format('day', day, at)
      : this.#format('day of another year', { ...day, year: 'numeric' }, at);
  }

  #format(name: string, options: Intl.DateTimeFormatOptions, at: Date): string {
    let format = this.#formats.get(name);
    if (!format) this.#formats.set(name, format = new Intl.DateTimeFormat(this.#language, options));
    return format.format(at);
  }
}

function isSameDay(a: Date, b: Date): boolean {
  return a.toDateString() === b.toDateString();
}
