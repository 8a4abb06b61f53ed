import { beforeEach, expect, test } from 'vitest';
import type { Room } from '../../main/ts/model/message';
import { ReadMarks, type Shelf } from '../../main/ts/model/read-marks';
import { RoomList } from '../../main/ts/model/room-list';
import { MemoryShelf } from './memory-shelf';

let shelf: Shelf;
let marks: ReadMarks;
let rooms: RoomList;

beforeEach(() => {
  shelf = new MemoryShelf();
  marks = new ReadMarks(shelf);
  rooms = new RoomList(marks);
});

const room = (id: string, head = 0, lastMessageAt: string | null = null): Room =>
  ({ id, name: id, head, people: 0, lastMessageAt, createdAt: '2026-01-01T00:00:00Z' });
const ids = () => rooms.rooms.map(each => each.id);

test('counts as unread what came since the room was first seen', () => {
  rooms.replace([room('a', 5)]);
  expect(rooms.unread('a')).toBe(0);
  rooms.put(room('a', 8));
  expect(rooms.unread('a')).toBe(3);
});

test('forgets the count up to where the room was read, in later pages too', () => {
  rooms.replace([room('a', 5)]);
  rooms.put(room('a', 8));
  marks.advance('a', 7);
  expect(rooms.unread('a')).toBe(1);
  expect(new ReadMarks(shelf).get('a')).toBe(7);
});

test('counts everything in a room that was made while one was here', () => {
  rooms.replace([room('lobby')]);
  rooms.put(room('new', 2));
  expect(rooms.unread('new')).toBe(2);
});

test('takes no room for new before the list has come', () => {
  rooms.put(room('old', 7));
  rooms.replace([room('lobby'), room('old', 7)]);
  expect(rooms.unread('old')).toBe(0);
});

test('never counts backwards', () => {
  rooms.replace([room('a', 5)]);
  marks.advance('a', 9);
  marks.advance('a', 3);
  expect(marks.get('a')).toBe(9);
  expect(rooms.unread('a')).toBe(0);
});

test('shows the lobby first, then the most recently active', () => {
  rooms.replace([room('a', 1, '2026-01-02T00:00:00Z'), room('lobby'), room('b', 1, '2026-01-03T00:00:00Z')]);
  expect(ids()).toEqual(['lobby', 'b', 'a']);
});

test('stays in its order while messages come, and puts a new room behind the lobby', () => {
  rooms.replace([room('lobby'), room('b', 1, '2026-01-03T00:00:00Z'), room('a', 1, '2026-01-02T00:00:00Z')]);
  rooms.put(room('a', 2, '2026-01-04T00:00:00Z'));
  rooms.put(room('new'));
  expect(ids()).toEqual(['lobby', 'new', 'b', 'a']);
});
