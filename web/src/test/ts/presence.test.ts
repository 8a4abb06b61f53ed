import { expect, test } from 'vitest';
import { Presence } from '../../main/ts/model/presence';
import { TypingSignal } from '../../main/ts/model/typing';
import { Drafts } from '../../main/ts/model/drafts';
import { MemoryShelf } from './memory-shelf';

test('takes the whole set, then changes in the order of their versions', () => {
  const presence = new Presence();
  presence.apply({ kind: 'snapshot', version: 5, people: ['A'] });
  expect(presence.apply({ kind: 'joined', version: 6, person: 'B' })).toBe(true);
  expect(presence.apply({ kind: 'left', version: 5, person: 'A' })).toBe(false);
  expect(presence.people).toEqual(['A', 'B']);
});

test('makes no news of somebody who was there already', () => {
  const presence = new Presence();
  presence.apply({ kind: 'snapshot', version: 5, people: ['A'] });
  expect(presence.apply({ kind: 'joined', version: 6, person: 'A' })).toBe(false);
});

test('believes the snapshot of a new connection, whatever its version', () => {
  const presence = new Presence();
  presence.apply({ kind: 'snapshot', version: 50, people: ['A'] });
  presence.forget();
  presence.apply({ kind: 'snapshot', version: 1, people: ['B'] });
  expect(presence.apply({ kind: 'joined', version: 2, person: 'C' })).toBe(true);
  expect(presence.people).toEqual(['B', 'C']);
});

test('says at most once in two seconds that one is writing', () => {
  let now = 0;
  let said = 0;
  const signal = new TypingSignal(() => said++, () => now);
  for (now = 0; now <= 4_000; now += 100) signal.wrote();
  expect(said).toBe(3);
});

test('keeps a draft for each room, and none that is empty', () => {
  const shelf = new MemoryShelf();
  new Drafts(shelf).set('a', 'half a thou');
  expect(new Drafts(shelf).get('a')).toBe('half a thou');
  new Drafts(shelf).set('a', '');
  expect(new Drafts(shelf).get('a')).toBe('');
});
