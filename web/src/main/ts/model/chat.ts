import { Connection, type Open, type Signals } from '../connection/connection';
import type { Api } from '../connection/api';
import type { Link } from '../connection/link';
import { Disconnected } from '../connection/receipts';
import { pathOf, placeOf, type Place } from './address';
import { Announcer } from './announcer';
import type { Belongings } from './belongings';
import type { Drafts } from './drafts';
import type { Identity } from './identity';
import { newId } from './ids';
import type { Known } from './known';
import type { Room, RoomsEvent, TalkMessage } from './message';
import { isHopelesslyLong } from './names';
import { Observable } from './observable';
import { OpenRoom } from './open-room';
import type { Outbox, OutboxEntry } from './outbox';
import type { ReadMarks } from './read-marks';
import { LOBBY, RoomList } from './room-list';
import type { Settings } from './settings';
import { Today } from './today';
import { TypingSignal } from './typing';

const LEAVE_AFTER = 5_000;
const CHECK_TIMEOUT = 4_000;

export interface Parts {
  readonly api: Api;
  readonly open: Open;
  readonly signals: Signals;
  readonly identity: Identity;
  readonly belongings: Belongings;
}

/** The whole of what the page knows and can do; the views read it and call it. */
export class Chat extends Observable {
  readonly api: Api;
  readonly identity: Identity;
  readonly settings: Settings;
  readonly marks: ReadMarks;
  readonly drafts: Drafts;
  readonly outbox: Outbox;
  readonly rooms: RoomList;
  readonly connection: Connection;
  readonly announcer = new Announcer();
  readonly today: Today;
  place: Place = { screen: 'rooms' };
  room: OpenRoom | undefined;
  readonly #known: Known;
  readonly #belongings: Belongings;
  #owner: string | undefined;
  readonly #leaving = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #typing = new TypingSignal(() => this.#sayTyping());
  #lastWritten = 0;

  constructor(parts: Parts) {
    super();
    this.api = parts.api;
    this.identity = parts.identity;
    this.#belongings = parts.belongings;
    this.settings = parts.belongings.settings;
    this.marks = parts.belongings.marks;
    this.drafts = parts.belongings.drafts;
    this.outbox = parts.belongings.outbox;
    this.#known = parts.belongings.known;
    this.rooms = new RoomList(this.marks);
    this.today = new Today(wake => parts.signals.onWake(wake));
    this.connection = new Connection(closed => this.#openLink(parts.open, closed), link => this.#up(link), link => this.#check(link), parts.signals);
  }

  get me(): string | undefined {
    return this.identity.hasAccounts ? this.identity.user?.displayName : this.settings.nickname;
  }

  start(path: string): void {
    this.place = placeOf(path);
    this.identity.watch(() => this.#identified());
    this.api.notAuthenticated = () => void this.identity.ask();
    void this.outbox.load().then(() => this.#flush());
    this.#identified();
    void this.identity.ask();
  }

  /** Rejects when the server did not hear of it. What others have said is not kept; what was not sent is. */
  async logOut(): Promise<void> {
    await this.identity.logOut();
    this.#belongings.forget();
  }

  /** Takes a name, or another one; whoever was here under the old name leaves. */
  enter(nickname: string): void {
    const left = this.room;
    this.#close();
    if (left) this.#leaveNow(left.id, left.me);
    this.settings.nickname = nickname;
    if (this.place.screen === 'rooms') this.go({ screen: 'room', roomId: LOBBY });
    this.#begin();
  }

  go(place: Place, how: 'push' | 'replace' = 'push'): void {
    if (pathOf(place) !== location.pathname) history[`${how}State`](null, '', pathOf(place));
    this.arrive(place);
  }

  /** The address bar already names this place. */
  arrive(place: Place): void {
    this.place = place;
    if (this.me) this.#show();
    this.changed();
  }

  async createRoom(name: string): Promise<void> {
    const room = await this.api.createRoom(name);
    this.rooms.put(room);
    this.go({ screen: 'room', roomId: room.id });
  }

  /** Returns why nothing was sent, if so. */
  say(text: string): 'blank' | 'full' | 'long' | undefined {
    const tidied = text.normalize('NFC').replace(/^(?:\s*\n)+/, '').trimEnd();
    if (!this.room || !this.me || tidied === '') return 'blank';
    if (this.outbox.full) return 'full';
    if (isHopelesslyLong(tidied)) return 'long';
    this.#lastWritten = Math.max(Date.now(), this.#lastWritten + 1);
    this.#typing.reset();
    void this.#keepAndSend(this.room, {
      clientMessageId: newId(), roomId: this.room.id, sender: this.me, text: tidied, writtenAt: this.#lastWritten,
      ...(this.outbox.owner && { owner: this.outbox.owner }),
    });
    return undefined;
  }

  async retry(clientMessageId: string): Promise<void> {
    await this.outbox.retry(clientMessageId);
    this.#flush();
  }

  wrote(): void {
    this.#typing.wrote();
  }

  /** Everything on screen has been looked at. */
  seen(): void {
    if (this.room?.current && !this.room.timeline.moreAfter) this.marks.advance(this.room.id, this.room.timeline.last);
  }

  /** Somebody came in, went out, or was replaced by another. */
  #identified(): void {
    const { owner } = this.identity;
    if (owner !== this.#owner) this.#end();
    if (this.room && this.room.me !== this.me) this.#close();
    if (owner !== undefined && owner !== this.#owner) this.#belongings.handTo(owner);
    this.#owner = owner;
    if (this.me) this.#begin();
    else this.changed();
  }

  #end(): void {
    this.room?.detach(undefined);
    this.room = undefined;
    for (const timer of this.#leaving.values()) clearTimeout(timer);
    this.#leaving.clear();
    this.rooms.forget();
    this.connection.stop();
  }

  /** Whoever is cut off may no longer be who they were. */
  #openLink(open: Open, closed: (comeBack?: number) => void): Promise<Link> {
    return open(comeBack => {
      void this.identity.ask();
      closed(comeBack);
    });
  }

  #begin(): void {
    if (!this.rooms.known) void this.#known.rooms().then(rooms => {
      if (!this.rooms.known && rooms.length > 0) this.rooms.replace(rooms);
    });
    this.connection.start();
    this.#show();
    this.changed();
  }

  async #keepAndSend(room: OpenRoom, entry: OutboxEntry): Promise<void> {
    const kept = this.outbox.add(entry).catch(() => undefined);
    await room.jumpToLatest();
    await kept;
    this.#flush();
  }

  #show(): void {
    const roomId = this.place.screen === 'room' ? this.place.roomId : undefined;
    if (roomId === this.room?.id) return;
    this.#close();
    if (roomId) this.#open(roomId, this.me!);
  }

  #open(id: string, me: string): void {
    clearTimeout(this.#leaving.get(id));
    this.#leaving.delete(id);
    const room = new OpenRoom(id, me, this.marks.get(id), at => this.api.messages(id, at), {
      heard: messages => this.#heard(messages),
    });
    this.room = room;
    this.settings.lastRoom = id;
    this.#known.keep(room);
    void this.#known.messages(id).then(messages => room.recall(messages));
    this.#lookUp(id);
    if (this.connection.link) void this.#attach(room, this.connection.link).catch(() => this.connection.link?.close());
  }

  #close(): void {
    const room = this.room;
    if (!room) return;
    this.room = undefined;
    room.detach(this.connection.link);
    this.#leaving.set(room.id, setTimeout(() => this.#leaveNow(room.id, room.me), LEAVE_AFTER));
  }

  #leaveNow(roomId: string, sender: string): void {
    clearTimeout(this.#leaving.get(roomId));
    this.#leaving.delete(roomId);
    this.connection.link?.send('/app/chat/leave', { roomId, sender, type: 'LEAVE', message: null });
  }

  async #up(link: Link): Promise<void> {
    void link.subscribe('rooms', '/topic/rooms', {}, {
      message: body => this.rooms.put((body as RoomsEvent).room),
    }).catch(() => undefined);
    void this.#readRooms();
    if (this.room) await this.#attach(this.room, link);
    this.#flush();
  }

  async #attach(room: OpenRoom, link: Link): Promise<void> {
    await room.attach(link);
    this.#flush();
  }

  #check(link: Link): void {
    if (!this.room || !this.me) return;
    const hello = { roomId: this.room.id, sender: this.me, type: 'JOIN', message: null };
    link.request('/app/chat/addUser', hello, CHECK_TIMEOUT).catch(() => undefined);
  }

  async #readRooms(): Promise<void> {
    const owner = this.#owner;
    const rooms = await this.api.rooms().catch(() => undefined);
    if (!rooms || owner !== this.#owner) return;
    this.rooms.replace(rooms);
    this.#known.keepRooms(rooms);
    if (this.room) this.#lookUp(this.room.id);
  }

  #lookUp(id: string): void {
    if (this.rooms.known && !this.rooms.get(id)) {
      this.api.room(id).then((room: Room) => this.rooms.put(room)).catch(() => undefined);
    }
  }

  #flush(): void {
    for (const roomId of this.outbox.rooms()) {
      if (!this.connection.link || (roomId === this.room?.id && !this.room.current)) continue;
      void this.outbox.flush(roomId, entry => this.#deliver(entry)).catch(() => undefined);
    }
  }

  async #deliver({ roomId, sender, text, clientMessageId }: OutboxEntry): Promise<void> {
    if (!this.connection.link) throw new Disconnected();
    const talk = { roomId, sender, type: 'TALK', message: text, clientMessageId };
    await this.connection.link.request('/app/chat/sendMessage', talk);
  }

  #heard(messages: readonly TalkMessage[]): void {
    this.outbox.confirm(messages);
    this.announcer.hear(messages.filter(message => message.sender !== this.me));
  }

  #sayTyping(): void {
    if (this.room && this.me) {
      this.connection.link?.send('/app/chat/typing', { roomId: this.room.id, sender: this.me });
    }
  }
}
