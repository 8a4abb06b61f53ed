import type { Failure, TalkMessage } from './message';
import { Observable } from './observable';

export const MAX_WAITING = 200;
/** How long a stored message waits here for its echo, so that it does not blink. */
const ECHO_WITHIN = 3_000;

/** A message that the server has not confirmed yet. */
export interface OutboxEntry {
  readonly clientMessageId: string;
  readonly roomId: string;
  readonly sender: string;
  readonly text: string;
  readonly writtenAt: number;
  /** The account that it was written under; nobody else sends it. */
  readonly owner?: string;
  readonly failure?: Failure;
}

/** Where entries survive a reload. */
export interface OutboxStore {
  all(): Promise<OutboxEntry[]>;
  put(entry: OutboxEntry): Promise<void>;
  remove(clientMessageId: string): Promise<void>;
}

/** Runs one task at a time for a name, across all tabs of this browser. */
export type Exclusively = (name: string, task: () => Promise<void>) => Promise<void>;

/** Resolves when the server has stored the message; rejects with `Refused`, or anything else to try again later. */
export type Deliver = (entry: OutboxEntry) => Promise<void>;

/** The server said no, and would say no again. */
export class Refused extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.detail);
    this.failure = failure;
  }
}

/** Messages on their way: shown at once, kept until confirmed, sent oldest first, one tab at a time. */
export class Outbox extends Observable {
  /** The account that sends from here, or nothing. */
  owner = '';
  readonly #store: OutboxStore;
  readonly #exclusively: Exclusively;
  #entries = new Map<string, OutboxEntry>();
  readonly #queued = new Set<string>();
  /** Not to be dropped by `load`: on their way into the store, or out of it and waiting for their echo. */
  readonly #held = new Set<string>();

  constructor(store: OutboxStore, exclusively: Exclusively) {
    super();
    this.#store = store;
    this.#exclusively = exclusively;
  }

  /** Reads what an earlier page, or another tab, left behind. */
  async load(): Promise<void> {
    const stored = new Map((await this.#store.all()).map(entry => [entry.clientMessageId, entry]));
    for (const id of this.#held) {
      const entry = this.#entries.get(id);
      if (entry) stored.set(id, entry);
    }
    this.#entries = stored;
    this.changed();
  }

  waiting(roomId: string): OutboxEntry[] {
    return this.#own.filter(entry => entry.roomId === roomId).sort(byAge);
  }

  rooms(): string[] {
    return [...new Set(this.#own.filter(entry => !entry.failure).map(entry => entry.roomId))];
  }

  get full(): boolean {
    return this.#own.length >= MAX_WAITING;
  }

  async add(entry: OutboxEntry): Promise<void> {
    this.#entries.set(entry.clientMessageId, entry);
    this.#held.add(entry.clientMessageId);
    this.changed();
    await this.#store.put(entry);
    this.#held.delete(entry.clientMessageId);
  }

  async remove(clientMessageId: string): Promise<void> {
    this.#held.delete(clientMessageId);
    if (this.#entries.delete(clientMessageId)) this.changed();
    await this.#store.remove(clientMessageId);
  }

  /** These stand in the room now: what is ours of them need not be kept. */
  confirm(messages: readonly TalkMessage[]): void {
    for (const { clientMessageId, sender, roomId } of messages) {
      const entry = this.#entries.get(clientMessageId ?? '');
      if (entry?.sender === sender && entry.roomId === roomId) void this.remove(entry.clientMessageId);
    }
  }

  async retry(clientMessageId: string): Promise<void> {
    const entry = this.#entries.get(clientMessageId);
    if (!entry) return;
    const { failure: _, ...again } = entry;
    await this.add(again);
  }

  /** Sends what waits for a room, in the order it was written. A flush that has not begun serves later calls too. */
  async flush(roomId: string, deliver: Deliver): Promise<void> {
    if (this.#queued.has(roomId)) return;
    this.#queued.add(roomId);
    await this.#exclusively(`maru-outbox-${roomId}`, async () => {
      this.#queued.delete(roomId);
      const due = (await this.#store.all())
        .filter(entry => this.#isOwn(entry) && entry.roomId === roomId && !entry.failure);
      await Promise.all(due.sort(byAge).map(entry => this.#deliver(entry, deliver)));
    });
  }

  get #own(): OutboxEntry[] {
    return [...this.#entries.values()].filter(entry => this.#isOwn(entry));
  }

  #isOwn(entry: OutboxEntry): boolean {
    return (entry.owner ?? '') === this.owner;
  }

  async #stored(clientMessageId: string): Promise<void> {
    this.#held.add(clientMessageId);
    await this.#store.remove(clientMessageId);
    setTimeout(() => void this.remove(clientMessageId), ECHO_WITHIN);
  }

  async #deliver(entry: OutboxEntry, deliver: Deliver): Promise<void> {
    try {
      await deliver(entry);
      await this.#stored(entry.clientMessageId);
    } catch (problem) {
      if (problem instanceof Refused) await this.add({ ...entry, failure: problem.failure });
    }
  }
}

function byAge(a: OutboxEntry, b: OutboxEntry): number {
  return a.writtenAt - b.writtenAt || (a.clientMessageId < b.clientMessageId ? -1 : 1);
}
