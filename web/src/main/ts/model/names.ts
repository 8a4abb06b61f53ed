const MAX_NICKNAME = 40;
const MAX_ROOM_NAME = 80;
const MAX_TEXT_BYTES = 200 * 1024;

/** Nothing to be seen: spaces, formats, the fillers of Hangul, the empty Braille cell. */
const BLANK = /^[\s\p{Cf}\u115F\u1160\u3164\uFFA0\u2800]*$/u;

/** Controls, line separators, and what would turn the text around a name. */
const CONTROL = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

export type NameProblem = 'blank' | 'long' | 'control';

/** As it goes over the wire: one Unicode form, no blanks around it. */
export function tidy(text: string): string {
  return text.normalize('NFC').trim();
}

export function nicknameProblem(name: string): NameProblem | undefined {
  return nameProblem(tidy(name), MAX_NICKNAME);
}

export function roomNameProblem(name: string): NameProblem | undefined {
  return nameProblem(tidy(name), MAX_ROOM_NAME);
}

/**
 * Past this no server takes it, and the connection would end; below, the server's own limit decides. Counted as it
 * travels: in JSON a quote or a line break is two bytes, and most controls are six.
 */
export function isHopelesslyLong(text: string): boolean {
  return text.length > MAX_TEXT_BYTES || new TextEncoder().encode(JSON.stringify(text)).length > MAX_TEXT_BYTES;
}

export function isRoomId(id: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(id);
}

function nameProblem(name: string, max: number): NameProblem | undefined {
  if (BLANK.test(name)) return 'blank';
  if (CONTROL.test(name)) return 'control';
  return [...name].length > max ? 'long' : undefined;
}
