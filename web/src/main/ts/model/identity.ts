import { Observable } from './observable';
import type { Shelf } from './read-marks';

const KEY = 'maru.session';

export interface User {
  /** By which the server knows the account. */
  readonly name: string;
  readonly displayName: string;
}

/** Whether people choose a nickname here or have accounts, and who this browser is logged in as. */
export interface Session {
  readonly access: 'open' | 'accounts';
  readonly user: User | null;
}

export type LogInProblem =
  | { readonly kind: 'bad-credentials' | 'unreachable' | 'trouble' }
  | { readonly kind: 'too-many-attempts'; readonly seconds: number };

export interface SessionApi {
  session(): Promise<Session>;
  logIn(name: string, password: string): Promise<Session | LogInProblem>;
  logOut(): Promise<void>;
}

/** Who somebody is on this server: what the server said last, remembered so that the page opens without it. */
export class Identity extends Observable {
  session: Session | undefined;
  /** Who was logged in and is no longer, though they did not log out. */
  expired: User | undefined;
  readonly #api: SessionApi;
  readonly #shelf: Shelf;
  #asking: Promise<void> | undefined;
  #onPurpose = false;

  constructor(api: SessionApi, shelf: Shelf) {
    super();
    this.#api = api;
    this.#shelf = shelf;
    this.session = this.#remembered();
  }

  get user(): User | undefined {
    return this.session?.user ?? undefined;
  }

  get hasAccounts(): boolean {
    return this.session?.access === 'accounts';
  }

  /** Whose is what this browser keeps; undefined while nobody is in. Everybody without an account is the same. */
  get owner(): string | undefined {
    return this.hasAccounts ? this.user?.name : this.session && '';
  }

  /** Asks the server anew. Without an answer things stay as they were, and are open if nothing is known. */
  ask(): Promise<void> {
    return this.#asking ??= this.#api.session()
      .then(session => this.#take(session), () => this.session || this.#set({ access: 'open', user: null }))
      .then(() => { this.#asking = undefined; });
  }

  async logIn(name: string, password: string): Promise<LogInProblem | undefined> {
    const answer = await this.#api.logIn(name, password);
    if ('kind' in answer) return answer;
    this.#take(answer);
    return undefined;
  }

  /** Rejects when the server did not hear of it: then one is still logged in. */
  async logOut(): Promise<void> {
    this.#onPurpose = true;
    try {
      await this.#api.logOut();
      this.#take({ access: 'accounts', user: null });
    } finally {
      this.#onPurpose = false;
    }
  }

  /** Another tab was told something new. */
  reload(): void {
    const session = this.#remembered();
    if (session) this.#take(session);
  }

  #take(session: Session): void {
    if (JSON.stringify(session) === JSON.stringify(this.session)) return;
    this.expired = session.user || this.#onPurpose ? undefined : this.user ?? this.expired;
    this.#set(session);
    this.#shelf.setItem(KEY, JSON.stringify(session));
  }

  #set(session: Session): void {
    this.session = session;
    this.changed();
  }

  #remembered(): Session | undefined {
    try {
      return JSON.parse(this.#shelf.getItem(KEY) ?? 'null') as Session | null ?? undefined;
    } catch {
      return undefined;
    }
  }
}
