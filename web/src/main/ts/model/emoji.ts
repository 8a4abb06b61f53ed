const PICTURE = /\p{Regional_Indicator}{2}|[0-9#*]\ufe0f?\u20e3|\p{Extended_Pictographic}(?:[\ufe0f\u{1f3fb}-\u{1f3ff}\u{e0020}-\u{e007f}]|\u200d\p{Extended_Pictographic})*/gu;
const MAX_LARGE = 12;

/** Whether a text is nothing but a few emoji, which are shown larger. */
export function isEmojiOnly(text: string): boolean {
  const pictures = text.match(PICTURE)?.length ?? 0;
  return pictures > 0 && pictures <= MAX_LARGE && text.replace(PICTURE, '').trim() === '';
}
