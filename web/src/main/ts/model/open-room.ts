import type { Link } from '../connection/link';
import { EventFeed, type Beginning } from './event-feed';
import type { Page, PresenceEvent, RoomEvent, TalkMessage } from './message';
import { Observable } from './observable';
import { Refused } from './outbox';
import { Presence } from './presence';
import { formatPosition, type Position } from './position';
import { PAGE_SIZE, Timeline } from './timeline';
import { Typing } from './typing';

export type Pages = (at: { before?: number; after?: number }) => Promise<Page>;

export interface RoomEvents {
  /** Messages came in, live or after an absence. */
  heard(messages: readonly TalkMessage[]): void;
}

/** The room on screen: what is shown of it, and its place in the streams. */
export class OpenRoom extends Observable {
  readonly id: string;
  readonly me: string;
  readonly timeline = new Timeline();
  readonly presence = new Presence();
  readonly typing = new Typing();
  status: 'loading' | 'ready' | 'failed' = 'loading';
  /** Caught up on the present link, so that what waits may be sent. */
  current = false;
  /** Somebody reads further up: what they read stays where it is. */
  reading = false;
  unseen = 0;
  readUpTo: number | undefined;
  trouble: 'before' | 'after' | undefined;
  #position: Position | undefined;
  #loading = false;
  #attachments = 0;
  readonly #pages: Pages;
  readonly #events: RoomEvents;

  constructor(id: string, me: string, readUpTo: number | undefined, pages: Pages, events: RoomEvents) {
    super();
    this.id = id;
    this.me = me;
    this.readUpTo = readUpTo;
    this.#pages = pages;
    this.#events = events;
  }

  /** Shows what this browser still knows, until the server has answered. */
  recall(messages: readonly TalkMessage[]): void {
    if (this.status !== 'loading' || messages.length === 0) return;
    this.timeline.show({ messages, more: { before: messages[0]!.offset > 1, after: false } });
  }

  /** Subscribes on a new link; resolves when nothing is missing any more. */
  async attach(link: Link): Promise<void> {
    const attachment = ++this.#attachments;
    this.current = false;
    this.presence.forget();
    const caughtUp = this.#follow(link, attachment);
    this.#listen(link, attachment);
    link.send('/app/chat/addUser', { roomId: this.id, sender: this.me, type: 'JOIN', message: null });
    try {
      await caughtUp;
    } catch (problem) {
      if (!(problem instanceof Refused)) throw problem;
      this.status = 'failed';
      this.changed();
    }
  }

  detach(link: Link | undefined): void {
    for (const topic of ['rooms', 'presence', 'typing']) {
      link?.unsubscribe(this.#subscription(topic, this.#attachments));
    }
    this.#attachments++;
    this.current = false;
    this.typing.clear();
  }

  atBottom(): void {
    this.reading = false;
    if (this.unseen === 0) return;
    this.unseen = 0;
    this.changed();
  }

  async loadOlder(): Promise<void> {
    if (!this.timeline.moreBefore) return;
    await this.#load('before', { before: this.timeline.first }, page => this.timeline.prepend(page));
  }

  async loadNewer(): Promise<void> {
    if (!this.timeline.moreAfter) return;
    await this.#load('after', { after: this.timeline.last }, page => this.timeline.append(page));
  }

  /** Goes to the newest messages, wherever one was reading. */
  async jumpToLatest(): Promise<void> {
    this.reading = false;
    if (this.timeline.moreAfter) await this.#load('after', {}, page => this.timeline.show(page));
  }

  #follow(link: Link, attachment: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const feed = new EventFeed(this.#position, {
        caughtUp: (replayed, beginning) => {
          this.#caughtUp(replayed, beginning);
          resolve();
        },
        live: message => this.#live(message),
      });
      const since = this.#position && { since: formatPosition(this.#position) };
      link.subscribe(this.#subscription('rooms', attachment), `/topic/rooms/${this.id}`,
        { last: String(PAGE_SIZE), ...since }, {
          subscribed: receipt => this.#during(attachment, feed, () => feed.confirmed(receipt)),
          message: (body, headers) =>
            this.#during(attachment, feed, () => feed.event(body as RoomEvent, headers['message-id'])),
        }).catch(reject);
    });
  }

  #during(attachment: number, feed: EventFeed, action: () => void): void {
    if (attachment !== this.#attachments) return;
    action();
    this.#position = feed.position;
  }

  #listen(link: Link, attachment: number): void {
    const topic = (name: string, heard: (body: never) => void) =>
      link.subscribe(this.#subscription(name, attachment), `/topic/${name}/${this.id}`, {}, {
        message: body => attachment === this.#attachments && heard(body as never),
      }).catch(() => undefined);
    void topic('presence', (event: PresenceEvent) => this.#presence(event));
    void topic('typing', (event: { sender: string }) => event.sender !== this.me && this.typing.hear(event.sender));
  }

  #subscription(topic: string, attachment: number): string {
    return `${topic}-${this.id}-${attachment}`;
  }

  #presence(event: PresenceEvent): void {
    const news = this.presence.apply(event);
    if (event.kind === 'snapshot') return;
    if (event.kind === 'left') this.typing.forget(event.person);
    if (news && event.person !== this.me) this.timeline.note(event.kind, event.person, new Date());
  }

  #caughtUp(replayed: readonly TalkMessage[], beginning: Beginning): void {
    if (this.status === 'loading' && this.readUpTo !== undefined) this.#fixReadLine(replayed);
    if (beginning === 'recovered') {
      this.timeline.receive(replayed, this.reading);
      if (this.reading) this.unseen += replayed.filter(message => message.sender !== this.me).length;
    } else {
      this.timeline.rejoin(replayed, beginning === 'lost' && this.reading);
    }
    this.status = 'ready';
    this.current = true;
    this.#events.heard(beginning === 'recovered' ? replayed : []);
    this.changed();
  }

  #fixReadLine(replayed: readonly TalkMessage[]): void {
    if ((replayed.at(-1)?.offset ?? 0) <= this.readUpTo!) this.readUpTo = undefined;
  }

  #live(message: TalkMessage): void {
    this.typing.forget(message.sender);
    if (this.reading && message.sender !== this.me) this.unseen++;
    this.timeline.receive([message], this.reading);
    this.#events.heard([message]);
    this.changed();
  }

  async #load(edge: 'before' | 'after', at: { before?: number; after?: number }, show: (page: Page) => void) {
    if (this.#loading) return;
    this.#loading = true;
    this.trouble = undefined;
    try {
      show(await this.#pages(at));
    } catch {
      this.trouble = edge;
    } finally {
      this.#loading = false;
      this.changed();
    }
  }
}
