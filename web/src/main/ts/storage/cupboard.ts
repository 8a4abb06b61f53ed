import type { Cupboard } from '../model/known';
import type { Database } from './database';

const MAX_ENTRIES = 40;

/** The cupboard in IndexedDB; keeps what was used last. */
export class BrowserCupboard implements Cupboard {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async get(key: string): Promise<unknown> {
    const entry = await this.#database.run('known', 'readonly', store => store.get(key));
    return (entry as { value: unknown } | undefined)?.value;
  }

  async clear(): Promise<void> {
    await this.#database.run('known', 'readwrite', store => store.clear());
  }

  async put(key: string, value: unknown): Promise<void> {
    await this.#database.run('known', 'readwrite', store => store.put({ key, value, at: Date.now() }));
    const keys = await this.#database.run('known', 'readonly', store => store.index('at').getAllKeys());
    for (const old of keys.slice(0, -MAX_ENTRIES)) {
      await this.#database.run('known', 'readwrite', store => store.delete(old));
    }
  }
}
