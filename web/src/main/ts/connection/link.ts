import { Client, type IFrame, type IMessage } from '@stomp/stompjs';
import { Refused } from '../model/outbox';
import { comeBackHint } from './backoff';
import { Receipts } from './receipts';

const CONNECT_TIMEOUT = 8_000;
const HEART_BEAT = 10_000;
/** A frame, a header or the headers are over the limit: the server read no further, and names no frame. */
const TOO_LARGE = [4002, 4003, 4004];
const MESSAGE_TOO_BIG = 1009;
const NOT_AUTHENTICATED = 'not-authenticated';
const REFUSALS = '/user/queue/errors';

export type Headers = Readonly<Record<string, string>>;

export interface Listener {
  /** Comes before the subscription's first message. */
  readonly subscribed?: (receipt: Headers) => void;
  readonly message: (body: unknown, headers: Headers) => void;
}

/** One STOMP connection, from its opening to its end; never opened again. */
export interface Link {
  /** Resolves when the server confirmed the subscription, rejects when it refused or the connection ended. */
  subscribe(id: string, destination: string, headers: Headers, listener: Listener): Promise<void>;
  unsubscribe(id: string): void;
  send(destination: string, body: unknown): void;
  /** Sends and waits for the receipt. */
  request(destination: string, body: unknown, timeout?: number): Promise<Headers>;
  close(): void;
}

/** `closed` is told when the server asked to come back, in milliseconds, if it did. */
export function openLink(url: string, closed: (comeBack?: number) => void): Promise<Link> {
  return new Promise((opened, failed) => new StompLink(url, opened, comeBack => {
    failed(new Error('no connection'));
    closed(comeBack);
  }));
}

class StompLink implements Link {
  readonly #client: Client;
  readonly #receipts = new Receipts(() => this.close());
  #closed: (comeBack?: number) => void;

  constructor(url: string, opened: (link: Link) => void, closed: (comeBack?: number) => void) {
    this.#closed = closed;
    this.#client = new Client({
      brokerURL: url,
      reconnectDelay: 0,
      connectionTimeout: CONNECT_TIMEOUT,
      heartbeatIncoming: HEART_BEAT,
      heartbeatOutgoing: HEART_BEAT,
      discardWebsocketOnCommFailure: true,
      onConnect: () => {
        this.#client.subscribe(REFUSALS, message => this.#refused(message));
        opened(this);
      },
      onHeartbeatReceived: () => this.#beatWhileHidden(),
      onUnhandledReceipt: frame => this.#receipts.settle(frame.headers['receipt-id'], frame.headers),
      onStompError: frame => this.#refused(frame),
      onWebSocketClose: event => this.#ended(event as CloseEvent),
    });
    this.#client.activate();
  }

  subscribe(id: string, destination: string, headers: Headers, listener: Listener): Promise<void> {
    if (!this.#client.connected) return this.#receipts.disconnected();
    const [receipt, confirmed] = this.#receipts.expect({ first: listener.subscribed });
    this.#client.subscribe(destination, message => {
      const body = parse(message.body);
      if (body !== undefined) listener.message(body, message.headers);
    }, { ...headers, id, receipt });
    return confirmed.then(() => undefined);
  }

  unsubscribe(id: string): void {
    if (this.#client.connected) this.#client.unsubscribe(id);
  }

  send(destination: string, body: unknown): void {
    if (this.#client.connected) this.#client.publish({ destination, ...json(body) });
  }

  request(destination: string, body: unknown, timeout?: number): Promise<Headers> {
    if (!this.#client.connected) return this.#receipts.disconnected();
    const { headers, body: text } = json(body);
    const [receipt, confirmed] = this.#receipts.expect({ timeout, size: text.length });
    this.#client.publish({ destination, headers: { ...headers, receipt }, body: text });
    return confirmed;
  }

  close(): void {
    void this.#client.deactivate({ force: true });
    this.#end();
  }

  /** Timers of a hidden tab are held back, what arrives is not: so the server's beat is answered at once. */
  #beatWhileHidden(): void {
    if (document.hidden && this.#client.connected) this.#client.webSocket?.send('\n');
  }

  #refused(frame: IFrame | IMessage): void {
    if (frame.headers['message'] === NOT_AUTHENTICATED) return this.close();
    const problem = parse(frame.body) as { detail?: string } | undefined;
    const detail = problem?.detail ?? frame.headers['message'] ?? '';
    const failure = { code: Number(frame.headers['code'] ?? 0), detail };
    const receipt = frame.headers['receipt-id'];
    if (receipt === undefined && TOO_LARGE.includes(failure.code)) this.#receipts.refuseLargest(new Refused(failure));
    else this.#receipts.refuse(receipt, new Refused(failure));
  }

  #ended(event: CloseEvent): void {
    if (event.code === MESSAGE_TOO_BIG) {
      this.#receipts.refuseLargest(new Refused({ code: TOO_LARGE[0]!, detail: event.reason }));
    }
    this.#end(comeBackHint(event.reason));
  }

  #end(comeBack?: number): void {
    this.#receipts.abandon();
    const closed = this.#closed;
    this.#closed = () => {};
    closed(comeBack);
  }
}

function json(body: unknown): { headers: Headers; body: string } {
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
