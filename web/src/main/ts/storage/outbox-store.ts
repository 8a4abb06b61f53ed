import type { OutboxEntry, OutboxStore } from '../model/outbox';
import type { Database } from './database';

/** The outbox in IndexedDB; other tabs are told when it changed. Without a database it lives as long as the page. */
export class BrowserOutboxStore implements OutboxStore {
  readonly #database: Database;
  readonly #memory = new Map<string, OutboxEntry>();
  readonly #channel = new BroadcastChannel('maru-outbox');
  #usable = true;

  constructor(database: Database) {
    this.#database = database;
  }

  onOtherTab(changed: () => void): void {
    this.#channel.onmessage = changed;
  }

  async all(): Promise<OutboxEntry[]> {
    return this.#attempt(() => this.#database.run('outbox', 'readonly', store => store.getAll()),
      () => [...this.#memory.values()]);
  }

  async put(entry: OutboxEntry): Promise<void> {
    await this.#attempt<unknown>(() => this.#database.run('outbox', 'readwrite', store => store.put(entry)),
      () => this.#memory.set(entry.clientMessageId, entry));
    this.#channel.postMessage('changed');
  }

  async remove(clientMessageId: string): Promise<void> {
    await this.#attempt<unknown>(
      () => this.#database.run('outbox', 'readwrite', store => store.delete(clientMessageId)),
      () => this.#memory.delete(clientMessageId));
    this.#channel.postMessage('changed');
  }

  async #attempt<T>(lasting: () => Promise<T>, passing: () => T): Promise<T> {
    if (this.#usable) {
      try {
        return await lasting();
      } catch {
        this.#usable = false;
      }
    }
    return passing();
  }
}
