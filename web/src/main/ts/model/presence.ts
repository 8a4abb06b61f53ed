import type { PresenceEvent } from './message';
import { Observable } from './observable';

/** Who is in a room now: a whole set first, then changes in the order of their versions. */
export class Presence extends Observable {
  people: readonly string[] = [];
  #version = -1;

  /** Returns whether somebody really came or went, which is worth a line. */
  apply(event: PresenceEvent): boolean {
    const news = event.kind === 'snapshot' ? this.#replace(event.people) : this.#change(event);
    this.#version = event.kind === 'snapshot' ? event.version : Math.max(this.#version, event.version);
    this.changed();
    return news;
  }

  /** A new connection brings a new snapshot, whose version may be lower after a restart of the server. */
  forget(): void {
    this.#version = -1;
  }

  #replace(people: readonly string[]): boolean {
    this.people = [...people];
    return false;
  }

  #change(event: Exclude<PresenceEvent, { kind: 'snapshot' }>): boolean {
    const there = this.people.includes(event.person);
    if (event.version <= this.#version || there === (event.kind === 'joined')) return false;
    this.people = there ? this.people.filter(person => person !== event.person) : [...this.people, event.person];
    return true;
  }
}
