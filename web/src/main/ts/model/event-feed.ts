import type { RoomEvent, TalkMessage } from './message';
import { hasReached, parsePosition, type Position } from './position';

/** How a subscription began: without a past, without a gap, or with one. */
export type Beginning = 'fresh' | 'recovered' | 'lost';

export interface FeedSink {
  /** Everything that the server replayed, at once. */
  caughtUp(replayed: readonly TalkMessage[], beginning: Beginning): void;
  live(message: TalkMessage): void;
}

/**
 * One subscription to a room's events. Holds the replay back until it is whole, so that the list is drawn once and the
 * outbox is sent only after it.
 */
export class EventFeed {
  position: Position | undefined;
  readonly #sink: FeedSink;
  readonly #since: Position | undefined;
  #beginning: Beginning = 'fresh';
  #head: Position | undefined;
  #replayed: TalkMessage[] | undefined = [];

  constructor(since: Position | undefined, sink: FeedSink) {
    this.position = since;
    this.#since = since;
    this.#sink = sink;
  }

  /** The subscription's RECEIPT: where it stands and how far the replay goes. */
  confirmed(receipt: Readonly<Record<string, string>>): void {
    const position = parsePosition(receipt['position']);
    this.#head = parsePosition(receipt['head']) ?? position;
    if (this.#since) this.#beginning = receipt['recovered'] === 'true' ? 'recovered' : this.#lostOrFresh(position);
    this.position = position ?? this.position;
    this.#finishReplay();
  }

  event(event: RoomEvent, messageId: string | undefined): void {
    this.position = parsePosition(messageId) ?? this.position;
    const message = event.kind === 'TALK' ? event.message : undefined;
    if (!this.#replayed) {
      if (message) this.#sink.live(message);
      return;
    }
    if (message) this.#replayed.push(message);
    this.#finishReplay();
  }

  /** Another epoch is another history: nothing that is on screen belongs to it. */
  #lostOrFresh(position: Position | undefined): Beginning {
    return position?.epoch === this.#since?.epoch ? 'lost' : 'fresh';
  }

  #finishReplay(): void {
    const replayed = this.#replayed;
    if (!replayed || !hasReached(this.position, this.#head)) return;
    this.#replayed = undefined;
    this.#sink.caughtUp(replayed, this.#beginning);
  }
}
