const MAX_NICKNAME = 40;
const MAX_ROOM_NAME = 80;
const MAX_TEXT_BYTES = 200 * 1024;

/** Nothing to be seen: spaces, formats, the fillers of Hangul, the empty Braille cell. */
const BLANK = /^[\s\p{Cf}\u115F\u1160\u3164\uFFA0\u2800]*$/u;

/** Controls, line separators, and what would turn the text around a name. */
const CONTROL = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

/** Where a joiner between two letters changes their shape. */
const JOINING = '\\p{scx=Arab}\\p{scx=Syrc}\\p{scx=Mong}\\p{scx=Deva}\\p{scx=Beng}\\p{scx=Guru}\\p{scx=Gujr}\\p{scx=Orya}'
  + '\\p{scx=Taml}\\p{scx=Telu}\\p{scx=Knda}\\p{scx=Mlym}\\p{scx=Sinh}\\p{scx=Khmr}\\p{scx=Mymr}';
const EMOJI = '\\p{Extended_Pictographic}';

/** What changes how its neighbours look: joiners of emoji and letters, styles of emoji, tags of flags; and Arabic signs. */
const EFFECTIVE = [
  `(?<=${EMOJI}[\\uFE0F\\p{EMod}]*)\\u200D(?=${EMOJI})`,
  `(?<=[${JOINING}])[\\u200C\\u200D](?=[${JOINING}])`,
  `(?<=${EMOJI})[\\uFE0E\\uFE0F]`,
  '\\uFE0F(?=\\u20E3)',
  '(?<=\\u{1F3F4}[\\u{E0020}-\\u{E007F}]*)[\\u{E0020}-\\u{E007F}]',
  '[\\u0600-\\u0605\\u06DD\\u070F\\u0890\\u0891\\u08E2\\u{110BD}\\u{110CD}]',
].join('|');

/** What nobody sees in a name, and would make it look like another; what turns text is refused instead. */
const INVISIBLE = new RegExp(`(?!${EFFECTIVE}|[\\u202A-\\u202E\\u2066-\\u2069])[\\p{Cf}\\p{DI}]`, 'gu');

export type NameProblem = 'blank' | 'long' | 'control';

/** As it goes over the wire: one Unicode form, nothing invisible in it, no blanks around it. */
export function tidy(name: string): string {
  return name.normalize('NFC').replace(INVISIBLE, '').normalize('NFC').trim();
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
