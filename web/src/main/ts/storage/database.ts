const NAME = 'maru';
const VERSION = 1;

export type StoreName = 'outbox' | 'known';

/** The page's IndexedDB, opened when first needed. */
export class Database {
  #opened: Promise<IDBDatabase> | undefined;

  /** Runs one request in a transaction of its own and waits until it is committed. */
  async run<T>(store: StoreName, mode: IDBTransactionMode,
    request: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const database = await (this.#opened ??= open());
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode, { durability: 'strict' });
      const pending = request(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(pending.result);
      transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
    });
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('outbox', { keyPath: 'clientMessageId' });
      request.result.createObjectStore('known', { keyPath: 'key' }).createIndex('at', 'at');
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error ?? new Error('no database'));
  });
}
