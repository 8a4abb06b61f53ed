import { expect, test } from 'vitest';
import { mergeByOffset } from '../../main/ts/model/merge';
import { offsets, talk, talks } from './talk';

test('puts messages in the order of their offsets, each once', () => {
  expect(offsets(mergeByOffset(talks(3, 6), [talk(5), talk(1), talk(7)]))).toEqual([1, 3, 4, 5, 6, 7]);
});

test('takes the later version of the same offset', () => {
  const [message] = mergeByOffset([talk(1)], [talk(1, { message: 'changed' })]);
  expect(message!.message).toBe('changed');
});

test('agrees with a set sorted by hand, whatever the order of arrival', () => {
  for (let seed = 1; seed <= 50; seed++) {
    let state = seed;
    const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
    const arrivals = Array.from({ length: 40 }, () => Math.ceil(random() * 30));
    let merged: ReturnType<typeof mergeByOffset> = [];
    for (const offset of arrivals) merged = mergeByOffset(merged, [talk(offset)]);
    expect(offsets(merged)).toEqual([...new Set(arrivals)].sort((a, b) => a - b));
  }
});
