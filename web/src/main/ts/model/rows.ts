import type { Failure, TalkMessage } from './message';
import type { OutboxEntry } from './outbox';
import type { Note } from './timeline';

const GROUP_GAP = 60_000;

export interface MessageRow {
  readonly kind: 'message';
  readonly key: string;
  readonly sender: string;
  readonly text: string;
  readonly at: Date;
  /** Begins a group: shows who and when. */
  readonly first: boolean;
  readonly mine: boolean;
  readonly state: 'sent' | 'sending' | 'failed';
  readonly failure?: Failure;
  readonly clientMessageId?: string;
  readonly offset?: number;
}

/** Who came and who went between two messages. */
export interface NotesRow {
  readonly kind: 'notes';
  readonly key: string;
  readonly joined: readonly string[];
  readonly left: readonly string[];
}

export type Row =
  | MessageRow
  | NotesRow
  | { readonly kind: 'day'; readonly key: string; readonly at: Date }
  | { readonly kind: 'new'; readonly key: string };

export interface RowSource {
  readonly messages: readonly TalkMessage[];
  readonly notes: readonly Note[];
  readonly waiting: readonly OutboxEntry[];
  readonly moreBefore: boolean;
  readonly me: string;
  /** The last offset that was read before entering the room. */
  readonly readUpTo: number | undefined;
}

/** What the list shows, top to bottom. */
export function buildRows(source: RowSource): Row[] {
  const rows = new RowBuilder(source);
  let nextNote = rows.notesUpTo((source.messages[0]?.offset ?? Infinity) - 1, 0);
  for (const message of source.messages) {
    rows.sent(message);
    nextNote = rows.notesUpTo(message.offset, nextNote);
  }
  rows.notesUpTo(Infinity, nextNote);
  for (const entry of source.waiting) rows.waiting(entry);
  return rows.rows;
}

class RowBuilder {
  readonly rows: Row[] = [];
  readonly #source: RowSource;
  #day = '';
  #lineDrawn = false;
  #previousOffset: number | undefined;

  constructor(source: RowSource) {
    this.#source = source;
  }

  sent(message: TalkMessage): void {
    const at = new Date(message.sentAt);
    this.#dayLine(at);
    this.#newLine(message);
    this.#message({
      key: message.clientMessageId ? `${message.sender}/${message.clientMessageId}` : `#${message.offset}`,
      sender: message.sender,
      text: message.message,
      at,
      state: 'sent',
      offset: message.offset,
    });
    this.#previousOffset = message.offset;
  }

  waiting(entry: OutboxEntry): void {
    const at = new Date(entry.writtenAt);
    this.#dayLine(at);
    this.#message({
      key: `${entry.sender}/${entry.clientMessageId}`,
      sender: entry.sender,
      text: entry.text,
      at,
      state: entry.failure ? 'failed' : 'sending',
      clientMessageId: entry.clientMessageId,
      ...(entry.failure && { failure: entry.failure }),
    });
  }

  notesUpTo(offset: number, from: number): number {
    let to = from;
    while (to < this.#source.notes.length && this.#source.notes[to]!.after <= offset) to++;
    if (to > from) this.#fold(this.#source.notes.slice(from, to));
    return to;
  }

  #message(row: Omit<MessageRow, 'kind' | 'first' | 'mine'>): void {
    const previous = this.rows.at(-1);
    const first = previous?.kind !== 'message' || previous.sender !== row.sender
      || row.at.getTime() - previous.at.getTime() > GROUP_GAP;
    this.rows.push({ ...row, kind: 'message', first, mine: row.sender === this.#source.me });
  }

  #dayLine(at: Date): void {
    const day = at.toDateString();
    if (day === this.#day) return;
    this.#day = day;
    this.rows.push({ kind: 'day', key: `day ${day}`, at });
  }

  #newLine(message: TalkMessage): void {
    const { readUpTo, moreBefore, me } = this.#source;
    if (this.#lineDrawn || readUpTo === undefined || message.offset <= readUpTo || message.sender === me) return;
    const boundarySeen = this.#previousOffset !== undefined || !moreBefore || message.offset === readUpTo + 1;
    this.#lineDrawn = true;
    if (boundarySeen) this.rows.push({ kind: 'new', key: 'new' });
  }

  #fold(notes: readonly Note[]): void {
    const last = new Map<string, Note['kind']>();
    for (const note of notes) last.set(note.person, note.kind);
    const people = (kind: Note['kind']) => [...last].filter(([, k]) => k === kind).map(([person]) => person);
    this.rows.push({ kind: 'notes', key: `notes ${notes[0]!.id}`, joined: people('joined'), left: people('left') });
  }
}
