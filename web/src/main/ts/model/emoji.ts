const FLAG = String.raw`\p{Regional_Indicator}{2}`;
const KEYCAP = String.raw`[0-9#*]\ufe0f?\u20e3`;
const CHANGED_OR_JOINED = String.raw`[\ufe0f\u{1f3fb}-\u{1f3ff}\u{e0020}-\u{e007f}]|\u200d\p{Extended_Pictographic}`;
const PICTURE = new RegExp(String.raw`${FLAG}|${KEYCAP}|\p{Extended_Pictographic}(?:${CHANGED_OR_JOINED})*`, 'gu');
const MAX_LARGE = 12;

/** Whether a text is nothing but a few emoji, which are shown larger. */
export function isEmojiOnly(text: string): boolean {
  const pictures = text.match(PICTURE)?.length ?? 0;
  return pictures > 0 && pictures <= MAX_LARGE && text.replace(PICTURE, '').trim() === '';
}
