import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { comeBackHint, retryDelay } from '../../main/ts/connection/backoff';
import { Connection } from '../../main/ts/connection/connection';
import type { Link } from '../../main/ts/connection/link';

let attempts: { closed: (comeBack?: number) => void; answer: (up: boolean) => void; link: Link }[];
let used: Link[];
let checked: Link[];
let wake: (hiddenFor: number) => void;
let connection: Connection;

beforeEach(() => {
  vi.useFakeTimers();
  attempts = [];
  used = [];
  checked = [];
  const open = (closed: (comeBack?: number) => void) => new Promise<Link>((resolve, reject) => {
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

test('comes back when a server that goes down asks it to, and then tries as ever', async () => {
  await up();
  attempts[0]!.closed(2_500);
  await vi.advanceTimersByTimeAsync(2_400);
  expect(attempts).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(attempts).toHaveLength(2);
  attempts[1]!.answer(false);
  await vi.advanceTimersByTimeAsync(1_600);
  expect(attempts).toHaveLength(3);
});

test('reads when to come back in the reason of a close, and nothing unreasonable', () => {
  expect(comeBackHint('server-shutdown; reconnect-delay=1234')).toBe(1234);
  expect(comeBackHint('server-shutdown; reconnect-delay=999999999')).toBe(60_000);
  expect(comeBackHint('server-shutdown')).toBeUndefined();
  expect(comeBackHint('')).toBeUndefined();
});

test('tries again for as long as it takes', async () => {
  connection.start();
  for (let round = 0; round < 12; round++) {
    attempts.at(-1)!.answer(false);
    await vi.advanceTimersByTimeAsync(10_001);
    expect(attempts.length).toBe(round + 2);
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

test('spreads the retries of many pages, quick for half a minute, and patient later', () => {
  for (const brokenFor of [0, 5_000, 30_000]) {
    expect(retryDelay(brokenFor, () => 0)).toBeGreaterThan(0);
    expect(retryDelay(brokenFor, () => 1)).toBe(1_500);
  }
  expect(retryDelay(60_000, () => 1)).toBe(3_000);
  expect(retryDelay(3_600_000, () => 1)).toBe(10_000);
});

test('notices soon that the server is back after a short restart', async () => {
  await up();
  attempts[0]!.closed();
  await during(5_000, () => attempts.at(-1)!.answer(false));
  attempts.at(-1)!.answer(false);
  await settle();
  const before = attempts.length;
  await vi.advanceTimersByTimeAsync(1_501);
  expect(attempts.length).toBeGreaterThan(before);
});

test('tries less and less often when each connection ends soon after it was made', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(1);
  connection.start();
  const killed = () => {
    attempts.at(-1)!.answer(true);
    setTimeout(attempts.at(-1)!.closed, 100);
  };
  await during(300_000, killed);
  const before = attempts.length;
  await during(60_000, killed);
  expect(attempts.length - before).toBeLessThanOrEqual(6);
  vi.restoreAllMocks();
});

test('is quick again after a connection that held', async () => {
  connection.start();
  await during(300_000, () => attempts.at(-1)!.answer(false));
  wake(0);
  attempts.at(-1)!.answer(true);
  await vi.advanceTimersByTimeAsync(30_000);
  attempts.at(-1)!.closed();
  const before = attempts.length;
  await vi.advanceTimersByTimeAsync(1_501);
  expect(attempts).toHaveLength(before + 1);
});

test('is not connected before it was, and a blip is nothing to show', async () => {
  connection.start();
  expect(connection.standing).toBe('connecting');
  attempts[0]!.answer(true);
  await settle();
  attempts[0]!.closed();
  expect(connection.standing).toBe('connected');
  await during(4_000, () => attempts.at(-1)!.answer(false));
  expect(connection.standing).toBe('lost');
});

test('asks a link for a sign of life when the network changed', async () => {
  await up();
  wake(Infinity);
  expect(checked).toEqual([attempts[0]!.link]);
});

test('opens nothing any more when it is stopped, until it is started again', async () => {
  await up();
  connection.stop();
  expect(connection.link).toBeUndefined();
  await vi.advanceTimersByTimeAsync(60_000);
  wake(0);
  expect([attempts.length, connection.trouble]).toEqual([1, false]);
  connection.start();
  expect(attempts).toHaveLength(2);
});

async function during(time: number, each: () => void): Promise<void> {
  for (let passed = 0; passed < time; passed += 100) {
    each();
    await vi.advanceTimersByTimeAsync(100);
  }
}
