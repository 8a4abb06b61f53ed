import { expect, test } from 'vitest';
import { isHopelesslyLong, isRoomId, nicknameProblem, roomNameProblem, tidy } from '../../main/ts/model/names';
import { placeOf } from '../../main/ts/model/address';

test('normalises names to one Unicode form without blanks around', () => {
  expect(tidy(` ${'민수'.normalize('NFD')} `)).toBe('민수');
});

test('counts the characters of a name as people do', () => {
  expect(nicknameProblem('😀'.repeat(40))).toBeUndefined();
  expect(nicknameProblem('😀'.repeat(41))).toBe('long');
  expect(nicknameProblem('가'.normalize('NFD').repeat(40))).toBeUndefined();
  expect(roomNameProblem('x'.repeat(81))).toBe('long');
});

test.each([
  ['Ja\u200Bne', 'Jane'], ['\uFEFFJane', 'Jane'], ['Ja\u2060ne', 'Jane'], ['Ja\u00ADne', 'Jane'],
  ['Ja\u200D\u200Cne', 'Jane'], ['Jane\u200F', 'Jane'], ['Jane1\uFE0F', 'Jane1'], ['Jane\u{E0061}', 'Jane'],
  ['Jane\u{E0100}', 'Jane'], ['민\u200C수', '민수'], ['민\u3164수', '민수'], ['e\u200B\u0301', '\u00E9'],
])('takes out of %j what nobody sees', (name, seen) => {
  expect(tidy(name)).toBe(seen);
});

test.each([
  '👩\u200D💻', '👩🏽\u200D❤\uFE0F\u200D👩', '❤\uFE0F', '1\uFE0F\u20E3',
  '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}', '\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645',
  '\u0915\u094D\u200D\u0937', '\u0600\u0661',
])('leaves in %j what changes how it looks', name => {
  expect(tidy(name)).toBe(name);
  expect(nicknameProblem(name)).toBeUndefined();
});

test.each([
  ['', 'blank'], [' \u3000', 'blank'], ['\u200B', 'blank'], ['\u3164', 'blank'],
  ['a\u0007', 'control'], ['a\u202Eb', 'control'], ['a\uD800', 'control'],
])('refuses the name %j', (name, problem) => {
  expect(nicknameProblem(name)).toBe(problem);
});

test('measures texts in bytes, as they travel', () => {
  expect(isHopelesslyLong('가'.repeat(60_000))).toBe(false);
  expect(isHopelesslyLong('가'.repeat(70_000))).toBe(true);
  expect(isHopelesslyLong('"'.repeat(90_000))).toBe(false);
  expect(isHopelesslyLong('"'.repeat(150_000))).toBe(true);
  expect(isHopelesslyLong('\u0001'.repeat(50_000))).toBe(true);
});

test('knows which addresses name a room', () => {
  expect(isRoomId('a'.repeat(64))).toBe(true);
  expect(isRoomId('a'.repeat(65))).toBe(false);
  expect(placeOf('/rooms/dev-1')).toEqual({ screen: 'room', roomId: 'dev-1' });
  expect(placeOf('/')).toEqual({ screen: 'rooms' });
  expect(placeOf('/rooms/a%20b')).toEqual({ screen: 'nowhere' });
  expect(placeOf('/rooms/')).toEqual({ screen: 'nowhere' });
});
