import type { Failure, Room } from '../model/message';
import { LOBBY } from '../model/room-list';
import type { Language } from '../model/settings';
import { Dates } from './dates';
import { en, type Words } from './en';
import { ko } from './ko';

export type { Words } from './en';

export const words: Readonly<Record<Language, Words>> = { en, ko };
export const dates: Readonly<Record<Language, Dates>> = { en: new Dates('en', en), ko: new Dates('ko', ko) };

/** Why something was refused, in the reader's language where the code is known, else as the server put it. */
export function reason(t: Words, failure: Failure): string {
  return t.refusals[failure.code] ?? failure.detail;
}

export function roomName(t: Words, room: Room | undefined, id: string): string {
  return id === LOBBY ? t.lobby : room?.name ?? id;
}
