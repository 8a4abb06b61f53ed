import { expect, test } from 'vitest';
import { isEmojiOnly } from '../../main/ts/model/emoji';

test.each(['😂👍', '👨‍👩‍👧‍👦', '🇰🇷', '👍🏽 ❤️', '1️⃣'])('%s is shown large', text => {
  expect(isEmojiOnly(text)).toBe(true);
});

test.each(['', '1', 'ok 👍', '#', '👍'.repeat(13)])('%s is not', text => {
  expect(isEmojiOnly(text)).toBe(false);
});
