import { beforeEach, expect, test, vi } from 'vitest';
import { Outbox, Refused, type Exclusively, type OutboxEntry, type OutboxStore } from '../../main/ts/model/outbox';
import { talk } from './talk';

class MemoryStore implements OutboxStore {
  readonly entries = new Map<string, OutboxEntry>();
  async all() { return [...this.entries.values()]; }
  async put(entry: OutboxEntry) { this.entries.set(entry.clientMessageId, entry); }
  async remove(id: string) { this.entries.delete(id); }
}

/** One queue for each name, as Web Locks have for all tabs together. */
function locks(): Exclusively {
  const tails = new Map<string, Promise<void>>();
  return (name, task) => {
    const done = (tails.get(name) ?? Promise.resolve()).then(task);
    tails.set(name, done.catch(() => undefined));
    return done;
  };
}

/** Remembers client message ids, as the server does. */
class Server {
  readonly received: string[] = [];
  readonly stored = new Set<string>();
  answers: 'store' | 'break' | 'store-and-break' | 'refuse' = 'store';

  deliver = async (entry: OutboxEntry): Promise<void> => {
    this.received.push(entry.clientMessageId);
    await Promise.resolve();
    if (this.answers === 'refuse') throw new Refused({ code: 4103, detail: 'too long' });
    if (this.answers !== 'break') this.stored.add(entry.clientMessageId);
    if (this.answers !== 'store') throw new Error('connection lost');
  };
}

let store: MemoryStore;
let exclusively: Exclusively;
let server: Server;

beforeEach(() => {
  vi.useFakeTimers();
  store = new MemoryStore();
  exclusively = locks();
  server = new Server();
});

const entry = (id: string, writtenAt: number, roomId = 'lobby'): OutboxEntry =>
  ({ clientMessageId: id, roomId, sender: 'Minsu', text: id, writtenAt });

test('sends what waits oldest first, and each once', async () => {
  const outbox = new Outbox(store, exclusively);
  for (const [id, at] of [['c', 3], ['a', 1], ['b', 2]] as const) await outbox.add(entry(id, at));
  await outbox.flush('lobby', server.deliver);
  await outbox.flush('lobby', server.deliver);
  expect(server.received).toEqual(['a', 'b', 'c']);
});

test('sends only what belongs to the room', async () => {
  const outbox = new Outbox(store, exclusively);
  await outbox.add(entry('a', 1, 'other'));
  await outbox.flush('lobby', server.deliver);
  expect(server.received).toEqual([]);
});

test('sends again under the same id what an earlier page left behind', async () => {
  const before = new Outbox(store, exclusively);
  await before.add(entry('a', 1));
  server.answers = 'store-and-break';
  await before.flush('lobby', server.deliver);
  server.answers = 'store';
  const after = new Outbox(store, exclusively);
  await after.load();
  expect(after.rooms()).toEqual(['lobby']);
  await after.flush('lobby', server.deliver);
  expect([server.received, [...server.stored], store.entries.size]).toEqual([['a', 'a'], ['a'], 0]);
});

test('two tabs do not send twice', async () => {
  const [one, two] = [new Outbox(store, exclusively), new Outbox(store, exclusively)];
  await one.add(entry('a', 1));
  await two.load();
  await Promise.all([one.flush('lobby', server.deliver), two.flush('lobby', server.deliver)]);
  expect(server.received).toEqual(['a']);
});

test('keeps a refused message with its reason and does not send it by itself', async () => {
  const outbox = new Outbox(store, exclusively);
  await outbox.add(entry('a', 1));
  server.answers = 'refuse';
  await outbox.flush('lobby', server.deliver);
  await outbox.flush('lobby', server.deliver);
  expect(server.received).toEqual(['a']);
  expect(outbox.waiting('lobby')).toMatchObject([{ failure: { code: 4103 } }]);
});

test('sends a refused message when asked to', async () => {
  const outbox = new Outbox(store, exclusively);
  await outbox.add({ ...entry('a', 1), failure: { code: 4019, detail: '' } });
  await outbox.retry('a');
  await outbox.flush('lobby', server.deliver);
  expect([...server.stored]).toEqual(['a']);
});

test('shows a stored message until its echo comes, and no longer', async () => {
  const outbox = new Outbox(store, exclusively);
  await outbox.add(entry('a', 1));
  await outbox.flush('lobby', server.deliver);
  expect(outbox.waiting('lobby')).toHaveLength(1);
  outbox.confirm([talk(1, { sender: 'Minsu', clientMessageId: 'a' })]);
  expect(outbox.waiting('lobby')).toEqual([]);
});

test('takes an echo that is lost for granted after a while', async () => {
  const outbox = new Outbox(store, exclusively);
  await outbox.add(entry('a', 1));
  await outbox.flush('lobby', server.deliver);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(outbox.waiting('lobby')).toEqual([]);
});

test('leaves to its owner what was written under another account', async () => {
  const outbox = new Outbox(store, exclusively);
  await outbox.add({ ...entry('a', 1), owner: 'jane' });
  outbox.owner = 'minsu';
  await outbox.flush('lobby', server.deliver);
  expect([outbox.waiting('lobby'), outbox.rooms(), server.received]).toEqual([[], [], []]);
  outbox.owner = 'jane';
  await outbox.flush('lobby', server.deliver);
  expect(server.received).toEqual(['a']);
});

test('is not fooled by somebody else who uses the same id', async () => {
  const outbox = new Outbox(store, exclusively);
  await outbox.add(entry('a', 1));
  outbox.confirm([talk(1, { sender: 'Jane', clientMessageId: 'a' })]);
  expect(outbox.waiting('lobby')).toHaveLength(1);
});

test('keeps what is being written into the store when another tab says that the store changed', async () => {
  const outbox = new Outbox(store, exclusively);
  let stored = () => {};
  store.put = async one => {
    await new Promise<void>(resolve => { stored = resolve; });
    store.entries.set(one.clientMessageId, one);
  };
  const adding = outbox.add(entry('a', 1));
  await outbox.load();
  expect(outbox.waiting('lobby')).toHaveLength(1);
  stored();
  await adding;
});
