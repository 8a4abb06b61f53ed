import type { Headers, Link, Listener } from '../../main/ts/connection/link';
import { talk } from './talk';

interface Subscription {
  readonly destination: string;
  readonly headers: Headers;
  readonly listener: Listener;
  readonly confirm: () => void;
  readonly refuse: (why: Error) => void;
}

/** A link whose other end is the test. */
export class FakeLink implements Link {
  readonly subscriptions = new Map<string, Subscription>();
  readonly sent: { destination: string; body: unknown }[] = [];
  closed = false;

  subscribe(id: string, destination: string, headers: Headers, listener: Listener): Promise<void> {
    return new Promise((confirm, refuse) => {
      this.subscriptions.set(id, { destination, headers, listener, confirm, refuse });
    });
  }

  unsubscribe(id: string): void {
    this.subscriptions.delete(id);
  }

  send(destination: string, body: unknown): void {
    this.sent.push({ destination, body });
  }

  request(destination: string, body: unknown): Promise<Headers> {
    this.send(destination, body);
    return Promise.resolve({});
  }

  close(): void {
    this.closed = true;
  }

  to(destination: string): Subscription {
    const found = [...this.subscriptions.values()].find(subscription => subscription.destination === destination);
    if (!found) throw new Error(`nobody subscribed to ${destination}`);
    return found;
  }

  receipt(destination: string, headers: Headers): void {
    const { listener, confirm } = this.to(destination);
    listener.subscribed?.(headers);
    confirm();
  }

  /** A stored message as the room's event stream brings it. */
  event(roomId: string, seq: number, sender = 'Jane'): void {
    const message = talk(seq, { roomId, sender });
    this.to(`/topic/rooms/${roomId}`).listener.message(
      { seq, kind: 'TALK', actor: sender, at: message.sentAt, message }, { 'message-id': `ab-${seq}` });
  }
}
