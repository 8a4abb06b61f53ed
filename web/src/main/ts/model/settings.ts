import { tidy } from './names';
import { Observable } from './observable';
import type { Shelf } from './read-marks';

const NICKNAME = 'maru.nickname';
const LANGUAGE = 'maru.language';
const LAST_ROOM = 'maru.room';

export type Language = 'ko' | 'en';

/** What this browser remembers about the person who uses it. */
export class Settings extends Observable {
  readonly #shelf: Shelf;
  readonly #preferred: readonly string[];

  constructor(shelf: Shelf, preferred: readonly string[]) {
    super();
    this.#shelf = shelf;
    this.#preferred = preferred;
  }

  get nickname(): string | undefined {
    return this.#shelf.getItem(NICKNAME) ?? undefined;
  }

  set nickname(name: string) {
    this.#set(NICKNAME, tidy(name));
  }

  get language(): Language {
    return asLanguage(this.#shelf.getItem(LANGUAGE)) ?? this.#preferred.map(asLanguage).find(Boolean) ?? 'en';
  }

  set language(language: Language) {
    this.#set(LANGUAGE, language);
  }

  get lastRoom(): string | undefined {
    return this.#shelf.getItem(LAST_ROOM) ?? undefined;
  }

  set lastRoom(roomId: string | undefined) {
    if (roomId) this.#set(LAST_ROOM, roomId);
    else this.#shelf.removeItem(LAST_ROOM);
  }

  #set(key: string, value: string): void {
    if (this.#shelf.getItem(key) === value) return;
    this.#shelf.setItem(key, value);
    this.changed();
  }
}

function asLanguage(tag: string | null): Language | undefined {
  const language = tag?.slice(0, 2).toLowerCase();
  return language === 'ko' || language === 'en' ? language : undefined;
}
