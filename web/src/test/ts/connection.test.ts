import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { retryDelay } from '../../main/ts/connection/backoff';
import { Connection } from '../../main/ts/connection/connection';
import type { Link } from '../../main/ts/connection/link';

let attempts: { closed: () => void; answer: (up: boolean) => void; link: Link }[];
let used: Link[];
let checked: Link[];
let wake: (hiddenFor: number) => void;
let connection: Connection;

beforeEach(() => {
  vi.useFakeTimers();
  attempts = [];
  used = [];
  checked = [];
  const open = (closed: () => void) => new Promise<Link>((resolve, reject) => {
    const link = { close: closed } as unknown as Link;
    attempts.push({ closed, link, answer: up => (up ? resolve(link) : reject(new Error('no'))) });
  });
  connection = new Connection(open, async link => void used.push(link), link => checked.push(link),
    { onWake: callback => { wake = callback; } });
});

afterEach(() => vi.useRealTimers());

const settle = () => vi.advanceTimersByTimeAsync(0);

async function up(): Promise<void> {
  connection.start();
  attempts[0]!.answer(true);
  await settle();
}

test('puts a new link to use', async () => {
  await up();
  expect(used).toEqual([attempts[0]!.link]);
  expect(connection.trouble).toBe(false);
});

test('shows nothing for a blip, and trouble after three seconds', async () => {
  await up();
  attempts[0]!.closed();
  await vi.advanceTimersByTimeAsync(2_900);
  expect(connection.trouble).toBe(false);
  await vi.advanceTimersByTimeAsync(200);
  expect(connection.trouble).toBe(true);
});

test('is out of trouble when a link is back', async () => {
  await up();
  attempts[0]!.closed();
  await vi.advanceTimersByTimeAsync(4_000);
  attempts.at(-1)!.answer(true);
  await settle();
  expect(connection.trouble).toBe(false);
  expect(used).toHaveLength(2);
});

test('tries again for as long as it takes', async () => {
  connection.start();
  for (let round = 0; round < 12; round++) {
    attempts.at(-1)!.answer(false);
    await vi.advanceTimersByTimeAsync(10_001);
    expect(attempts).toHaveLength(round + 2);
  }
});

test('tries at once when the network is back', async () => {
  await up();
  attempts[0]!.closed();
  wake(0);
  expect(attempts).toHaveLength(2);
});

test('does not try twice at the same time', async () => {
  connection.start();
  wake(0);
  wake(0);
  expect(attempts).toHaveLength(1);
});

test('asks a link for a sign of life after the tab was hidden for long, not after a glance elsewhere', async () => {
  await up();
  wake(5_000);
  expect(checked).toEqual([]);
  wake(120_000);
  expect(checked).toEqual([attempts[0]!.link]);
});

test('spreads the retries of many pages', () => {
  expect(retryDelay(0, () => 0)).toBeLessThan(500);
  for (let failures = 0; failures < 20; failures++) {
    expect(retryDelay(failures, () => 0)).toBeGreaterThan(0);
    expect(retryDelay(failures, () => 1)).toBeLessThanOrEqual(10_000);
  }
});
