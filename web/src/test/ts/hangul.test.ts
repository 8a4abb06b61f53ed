import { expect, test } from 'vitest';
import { isHangul, matches } from '../../main/ts/model/hangul';

test.each([
  ['ㅁㄹ', '마루'], ['ㅊㅁ', '대청마루'], ['마', '마루'], ['마ㄹ', '마루'], ['말', '마루'], ['달', '닭'], ['개발이', '개발 이야기'],
  ['ㄱㅂ', '개발 이야기'], ['REL', 'release-2026'], ['', 'anything'], ['와', '과와'], ['ㄲ', '까치'],
  ['마루'.normalize('NFD'), '마루'],
])('%s finds %s', (query, name) => {
  expect(matches(query, name)).toBe(true);
});

test.each([['ㅁㄱ', '마루'], ['무', '마루'], ['ㄹ', '읽는'], ['x', '마루']])('%s does not find %s', (query, name) => {
  expect(matches(query, name)).toBe(false);
});

test('tells Hangul from other scripts', () => {
  expect(['가', 'ㄱ', 'ㅏ', '힣'].every(isHangul)).toBe(true);
  expect(['a', 'あ', '漢', ''].some(isHangul)).toBe(false);
});
