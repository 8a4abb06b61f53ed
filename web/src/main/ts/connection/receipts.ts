import type { Headers } from './link';

const TIMEOUT = 15_000;

interface Waiting {
  /** Characters of the body that waits for an answer. */
  readonly size: number;
  readonly arrived: (headers: Headers) => void;
  readonly failed: (problem: Error) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

interface Expected {
  readonly first?: ((headers: Headers) => void) | undefined;
  readonly timeout?: number | undefined;
  readonly size?: number;
}

/** The connection ended before the answer came: what was asked may or may not have happened. */
export class Disconnected extends Error {}

/** The frames of one connection that still wait for their RECEIPT. */
export class Receipts {
  readonly #waiting = new Map<string, Waiting>();
  readonly #silent: () => void;
  #next = 0;

  /** `silent` is called when an answer stays out so long that the connection cannot be trusted. */
  constructor(silent: () => void) {
    this.#silent = silent;
  }

  /** `first` is called at once when the receipt is read, before any later frame; the promise comes a moment after. */
  expect({ first, timeout = TIMEOUT, size = 0 }: Expected = {}): [string, Promise<Headers>] {
    const id = `r${this.#next++}`;
    const answer = new Promise<Headers>((resolve, reject) => this.#waiting.set(id, {
      size,
      arrived: headers => {
        first?.(headers);
        resolve(headers);
      },
      failed: reject,
      timer: setTimeout(this.#silent, timeout),
    }));
    return [id, answer];
  }

  settle(id: string | undefined, headers: Headers): void {
    this.#take(id)?.arrived(headers);
  }

  refuse(id: string | undefined, problem: Error): void {
    this.#take(id)?.failed(problem);
  }

  /** A frame was too large, and the server could not say which: if any is, the largest is. */
  refuseLargest(problem: Error): void {
    let largest: string | undefined;
    let size = 0;
    for (const [id, waiting] of this.#waiting) if (waiting.size > size) [largest, size] = [id, waiting.size];
    this.refuse(largest, problem);
  }

  abandon(): void {
    for (const id of [...this.#waiting.keys()]) this.refuse(id, new Disconnected());
  }

  disconnected(): Promise<never> {
    return Promise.reject(new Disconnected());
  }

  #take(id: string | undefined): Waiting | undefined {
    const waiting = this.#waiting.get(id ?? '');
    if (!waiting) return undefined;
    this.#waiting.delete(id!);
    clearTimeout(waiting.timer);
    return waiting;
  }
}
