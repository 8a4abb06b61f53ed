const INITIALS = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'];
const VOWELS = ['ㅏ', 'ㅐ', 'ㅑ', 'ㅒ', 'ㅓ', 'ㅔ', 'ㅕ', 'ㅖ', 'ㅗ', 'ㅗㅏ', 'ㅗㅐ', 'ㅗㅣ', 'ㅛ', 'ㅜ', 'ㅜㅓ', 'ㅜㅔ', 'ㅜㅣ',
  'ㅠ', 'ㅡ', 'ㅡㅣ', 'ㅣ'];
const FINALS = ['', 'ㄱ', 'ㄲ', 'ㄱㅅ', 'ㄴ', 'ㄴㅈ', 'ㄴㅎ', 'ㄷ', 'ㄹ', 'ㄹㄱ', 'ㄹㅁ', 'ㄹㅂ', 'ㄹㅅ', 'ㄹㅌ', 'ㄹㅍ', 'ㄹㅎ', 'ㅁ',
  'ㅂ', 'ㅂㅅ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ'];
const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;

/**
 * Whether what was typed so far finds a name: as letters in the order of the keys, so that a syllable half typed finds
 * too, or as initial consonants alone (ㅁㄹ finds 마루).
 */
export function matches(query: string, name: string): boolean {
  const typed = fold(query);
  if (/^[ㄱ-ㅎ]+$/.test(typed)) return initials(fold(name)).includes(typed);
  return spell(fold(name)).includes(spell(typed));
}

/** True for a letter or a syllable of the Korean script. */
export function isHangul(character: string): boolean {
  return /^[\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7ff]$/.test(character);
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, '');
}

function spell(text: string): string {
  return [...text].map(character => syllable(character, (initial, vowel, final) =>
    INITIALS[initial]! + VOWELS[vowel]! + FINALS[final]!)).join('');
}

function initials(text: string): string {
  return [...text].map(character => syllable(character, initial => INITIALS[initial]!)).join('');
}

function syllable(character: string, spelled: (initial: number, vowel: number, final: number) => string): string {
  const code = character.codePointAt(0)!;
  if (code < FIRST_SYLLABLE || code > LAST_SYLLABLE) return character;
  const index = code - FIRST_SYLLABLE;
  return spelled(Math.floor(index / 588), Math.floor((index % 588) / 28), index % 28);
}
