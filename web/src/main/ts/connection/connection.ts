import { Observable } from '../model/observable';
import { retryDelay } from './backoff';
import type { Link } from './link';

const TROUBLE_AFTER = 3_000;
const CHECK_AFTER_HIDDEN = 30_000;
/** A link that lasts so long works; one that ends sooner is no better than none. */
const WORKS_AFTER = 20_000;

export type Open = (closed: (comeBack?: number) => void) => Promise<Link>;

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
  #brokenSince = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #troubleTimer: ReturnType<typeof setTimeout> | undefined;
  #worksTimer: ReturnType<typeof setTimeout> | undefined;
  #wasUp = false;

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
    this.#brokenSince = Date.now();
    this.#awaitTrouble();
    void this.#try();
  }

  /** Ends the link, and opens no other until started again. */
  stop(): void {
    this.#started = false;
    this.#wasUp = false;
    this.trouble = false;
    for (const timer of [this.#retryTimer, this.#troubleTimer, this.#worksTimer]) clearTimeout(timer);
    this.#troubleTimer = undefined;
    const link = this.link;
    this.link = undefined;
    link?.close();
    this.changed();
  }

  /** For the eye: a blip is none of its business. */
  get standing(): 'connecting' | 'connected' | 'lost' {
    if (this.link) return 'connected';
    if (this.trouble) return 'lost';
    return this.#wasUp ? 'connected' : 'connecting';
  }

  async #try(): Promise<void> {
    clearTimeout(this.#retryTimer);
    if (this.link || this.#opening) return;
    this.#opening = true;
    let link: Link | undefined;
    try {
      link = await this.#open(comeBack => this.#lost(link, comeBack));
    } catch {
      this.#retryLater();
    } finally {
      this.#opening = false;
    }
    if (!link) return;
    if (this.#started) await this.#use(link);
    else link.close();
  }

  async #use(link: Link): Promise<void> {
    this.#opened(link);
    try {
      await this.#up(link);
    } catch {
      link.close();
    }
  }

  #opened(link: Link): void {
    this.link = link;
    this.trouble = false;
    this.#wasUp = true;
    clearTimeout(this.#troubleTimer);
    this.#troubleTimer = undefined;
    this.#worksTimer = setTimeout(() => { this.#brokenSince = 0; }, WORKS_AFTER);
    this.changed();
  }

  #lost(link: Link | undefined, comeBack?: number): void {
    if (!link || this.link !== link) return;
    this.link = undefined;
    clearTimeout(this.#worksTimer);
    this.#brokenSince ||= Date.now();
    this.#awaitTrouble();
    this.#retryLater(comeBack);
    this.changed();
  }

  #retryLater(wait = retryDelay(Date.now() - this.#brokenSince)): void {
    clearTimeout(this.#retryTimer);
    if (!this.#started) return;
    this.#retryTimer = setTimeout(() => void this.#try(), wait);
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
