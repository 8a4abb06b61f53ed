import { Observable } from '../model/observable';
import { retryDelay } from './backoff';
import type { Link } from './link';

const TROUBLE_AFTER = 3_000;
const CHECK_AFTER_HIDDEN = 30_000;

export type Open = (closed: () => void) => Promise<Link>;

export interface Signals {
  /** Calls back when it is worth trying at once: the network is back, or the page is looked at again. */
  onWake(wake: (hiddenFor: number) => void): void;
}

/** Keeps a link open: tries again with jitter, at once when there is a reason to hope, for as long as it is started. */
export class Connection extends Observable {
  link: Link | undefined;
  /** Without a link long enough that people should know. */
  trouble = false;
  readonly #open: Open;
  readonly #up: (link: Link) => Promise<void>;
  readonly #stillThere: (link: Link) => void;
  #started = false;
  #opening = false;
  #failures = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #troubleTimer: ReturnType<typeof setTimeout> | undefined;

  /** `up` puts a new link to use; `stillThere` asks an old one for a sign of life. */
  constructor(open: Open, up: (link: Link) => Promise<void>, stillThere: (link: Link) => void, signals: Signals) {
    super();
    this.#open = open;
    this.#up = up;
    this.#stillThere = stillThere;
    signals.onWake(hiddenFor => this.#wake(hiddenFor));
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#awaitTrouble();
    void this.#try();
  }

  async #try(): Promise<void> {
    clearTimeout(this.#retryTimer);
    if (this.link || this.#opening) return;
    this.#opening = true;
    let link: Link | undefined;
    try {
      link = await this.#open(() => this.#lost(link));
    } catch {
      this.#retryLater();
    } finally {
      this.#opening = false;
    }
    if (link) await this.#use(link);
  }

  async #use(link: Link): Promise<void> {
    this.#opened(link);
    try {
      await this.#up(link);
      this.#failures = 0;
    } catch {
      link.close();
    }
  }

  #opened(link: Link): void {
    this.link = link;
    this.trouble = false;
    clearTimeout(this.#troubleTimer);
    this.#troubleTimer = undefined;
    this.changed();
  }

  #lost(link: Link | undefined): void {
    if (!link || this.link !== link) return;
    this.link = undefined;
    this.#awaitTrouble();
    this.#retryLater();
    this.changed();
  }

  #retryLater(): void {
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => void this.#try(), retryDelay(this.#failures++));
  }

  #awaitTrouble(): void {
    this.#troubleTimer ??= setTimeout(() => {
      this.trouble = true;
      this.changed();
    }, TROUBLE_AFTER);
  }

  #wake(hiddenFor: number): void {
    if (!this.#started) return;
    if (!this.link) void this.#try();
    else if (hiddenFor > CHECK_AFTER_HIDDEN) this.#stillThere(this.link);
  }
}
