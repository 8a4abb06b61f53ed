import { expect, test } from 'vitest';
import { en } from '../../main/ts/i18n/en';
import { ko } from '../../main/ts/i18n/ko';
import { reason, roomName, words } from '../../main/ts/i18n/words';
import { Settings } from '../../main/ts/model/settings';
import { MemoryShelf } from './memory-shelf';

test('has the same words in every language, none of them blank', () => {
  for (const language of Object.values(words)) {
    expect(Object.keys(language).sort()).toEqual(Object.keys(en).sort());
    expect(Object.keys(language.refusals)).toEqual(Object.keys(en.refusals));
    for (const word of Object.values(language)) if (typeof word === 'string') expect(word.trim()).not.toBe('');
  }
});

test('says who joined, in few words', () => {
  expect(en.joined(['민수'])).toBe('민수 joined');
  expect(en.joined(['민수', 'Jane'])).toBe('민수 and Jane joined');
  expect(en.joined(['민수', 'a', 'b', 'c'])).toBe('민수 and 3 others joined');
  expect(ko.joined(['한지우', 'a', 'b'])).toBe('한지우 님 외 2명이 들어왔어요');
});

test('gives a refusal in the reader\'s words, or as the server put it', () => {
  expect(reason(ko, { code: 4103, detail: 'too long' })).toBe('글이 너무 길어요.');
  expect(reason(ko, { code: 9999, detail: 'something new' })).toBe('something new');
});

test('has its own name for the lobby', () => {
  expect(roomName(ko, undefined, 'lobby')).toBe('대청마루');
});

test('speaks the first language of the browser that it knows, until told otherwise', () => {
  const settings = new Settings(new MemoryShelf(), ['fr-FR', 'ko-KR', 'en']);
  expect(settings.language).toBe('ko');
  settings.language = 'en';
  expect(settings.language).toBe('en');
});
