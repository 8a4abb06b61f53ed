import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Today } from '../../main/ts/model/today';

let wake: () => void;
let days: number;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(2026, 10, 22, 23, 59, 50) });
  days = 0;
  new Today(callback => { wake = callback; }).watch(() => days++);
});

afterEach(() => vi.useRealTimers());

test('tells of each new day when it begins', async () => {
  await vi.advanceTimersByTimeAsync(9_000);
  expect(days).toBe(0);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(days).toBe(1);
  await vi.advanceTimersByTimeAsync(24 * 3_600_000);
  expect(days).toBe(2);
});

test('notices after a sleep that a day has begun, and only then', () => {
  wake();
  expect(days).toBe(0);
  vi.setSystemTime(new Date(2026, 10, 23, 8));
  wake();
  expect(days).toBe(1);
});
