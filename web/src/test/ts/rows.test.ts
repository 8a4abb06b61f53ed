import { expect, test } from 'vitest';
import type { OutboxEntry } from '../../main/ts/model/outbox';
import { buildRows, type Row, type RowSource } from '../../main/ts/model/rows';
import { talk } from './talk';

const at = (minute: number, second = 0, day = 22) => new Date(2026, 10, day, 12, minute, second).toISOString();

const waitingEntry: OutboxEntry = {
  clientMessageId: 'a', roomId: 'lobby', sender: 'Minsu', text: 'x', writtenAt: Date.parse(at(0)),
};

function rows(source: Partial<RowSource>): Row[] {
  const nothing = { messages: [], notes: [], waiting: [], moreBefore: false, readUpTo: undefined };
  return buildRows({ ...nothing, me: 'Minsu', ...source });
}

const shape = (all: Row[]) => all.map(row => (row.kind === 'message' ? (row.first ? 'first' : 'next') : row.kind));

test('groups messages of one sender within a minute', () => {
  const messages = [talk(1, { sentAt: at(1) }), talk(2, { sentAt: at(1, 50) }), talk(3, { sentAt: at(4) }),
    talk(4, { sentAt: at(4, 1), sender: 'Minsu' })];
  expect(shape(rows({ messages }))).toEqual(['day', 'first', 'next', 'first', 'first']);
});

test('draws a line for each day and begins a new group after it', () => {
  const messages = [talk(1, { sentAt: at(59, 59, 21) }), talk(2, { sentAt: at(0, 0, 22) })];
  expect(shape(rows({ messages }))).toEqual(['day', 'first', 'day', 'first']);
});

test('draws the new line once, before the first unread message of somebody else', () => {
  const messages = [talk(1), talk(2, { sender: 'Minsu' }), talk(3), talk(4)];
  expect(shape(rows({ messages, readUpTo: 1 }))).toEqual(['day', 'first', 'first', 'new', 'first', 'next']);
});

test('does not draw the new line where older unread messages are not loaded yet', () => {
  expect(shape(rows({ messages: [talk(60)], readUpTo: 10, moreBefore: true }))).toEqual(['day', 'first']);
});

test('draws no new line where nothing was unread', () => {
  expect(shape(rows({ messages: [talk(1)], readUpTo: 1 }))).toEqual(['day', 'first']);
});

test('folds comings and goings between two messages into one line, by what became of each person', () => {
  const note = (id: number, kind: 'joined' | 'left', person: string) =>
    ({ id, after: 1, kind, person, at: new Date() });
  const notes = [note(1, 'joined', 'A'), note(2, 'joined', 'B'), note(3, 'left', 'A'), note(4, 'left', 'C')];
  const [, , line] = rows({ messages: [talk(1), talk(2)], notes });
  expect(line).toMatchObject({ kind: 'notes', joined: ['B'], left: ['A', 'C'] });
});

test('puts what waits to be sent last, with its state', () => {
  const entry: OutboxEntry = { ...waitingEntry, clientMessageId: 'b', failure: { code: 1, detail: '' } };
  const all = rows({ messages: [talk(1, { sentAt: at(30) })], waiting: [waitingEntry, entry] });
  expect(all.slice(-2)).toMatchObject([{ state: 'sending', mine: true }, { state: 'failed' }]);
});

test('keeps the key of a message from writing to confirmation', () => {
  const stored = talk(1, { sender: 'Minsu', clientMessageId: 'a', sentAt: at(0) });
  expect(rows({ messages: [stored] }).at(-1)!.key).toBe(rows({ waiting: [waitingEntry] }).at(-1)!.key);
});
