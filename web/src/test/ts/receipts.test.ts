import { expect, test, vi } from 'vitest';
import { Disconnected, Receipts } from '../../main/ts/connection/receipts';
import { Refused } from '../../main/ts/model/outbox';

const tooLarge = new Refused({ code: 4002, detail: 'too large' });

test('holds the largest frame in flight to be the one that was too large', async () => {
  const receipts = new Receipts(() => undefined);
  const [, small] = receipts.expect({ size: 10 });
  const [, large] = receipts.expect({ size: 1_000 });
  const [, subscription] = receipts.expect();
  receipts.refuseLargest(tooLarge);
  await expect(large).rejects.toBe(tooLarge);
  receipts.abandon();
  await expect(small).rejects.toBeInstanceOf(Disconnected);
  await expect(subscription).rejects.toBeInstanceOf(Disconnected);
});

test('does not hold a subscription to be too large', async () => {
  const receipts = new Receipts(() => undefined);
  const [, subscription] = receipts.expect();
  receipts.refuseLargest(tooLarge);
  receipts.abandon();
  await expect(subscription).rejects.toBeInstanceOf(Disconnected);
});

test('says when an answer stays out', async () => {
  vi.useFakeTimers();
  const silent = vi.fn();
  const receipts = new Receipts(silent);
  const [id, answer] = receipts.expect({ timeout: 1_000 });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(silent).toHaveBeenCalledOnce();
  receipts.settle(id, { receipt: 'late' });
  expect(await answer).toEqual({ receipt: 'late' });
  vi.useRealTimers();
});
