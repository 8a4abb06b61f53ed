import { beforeEach, expect, test } from 'vitest';
import type { Page, TalkMessage } from '../../main/ts/model/message';
import { OpenRoom } from '../../main/ts/model/open-room';
import { Refused } from '../../main/ts/model/outbox';
import { FakeLink } from './fake-link';
import { offsets, page, talks } from './talk';

const EVENTS = '/topic/rooms/tea';
const PRESENCE = '/topic/presence/tea';

let room: OpenRoom;
let link: FakeLink;
let heard: number[];
let answers: ((page: Page) => void)[];

function open(readUpTo?: number): OpenRoom {
  heard = [];
  answers = [];
  return new OpenRoom('tea', 'Minsu', readUpTo, () => new Promise(resolve => answers.push(resolve)), {
    heard: (messages: readonly TalkMessage[]) => heard.push(...offsets(messages)),
  });
}

beforeEach(() => {
  room = open();
  link = new FakeLink();
});

/** Enters a room that has the messages 1 to 3. */
async function enter(): Promise<void> {
  const attached = room.attach(link);
  link.receipt(EVENTS, { position: 'ab-0', head: 'ab-3' });
  for (const seq of [1, 2, 3]) link.event('tea', seq);
  await attached;
}

const shown = () => offsets(room.timeline.messages);

test('asks for the last page, shows it whole and says who is here', async () => {
  await enter();
  expect(link.to(EVENTS).headers).toEqual({ last: '50' });
  expect(shown()).toEqual([1, 2, 3]);
  expect(link.sent).toContainEqual({
    destination: '/app/chat/addUser', body: { roomId: 'tea', sender: 'Minsu', type: 'JOIN', message: null },
  });
});

test('is not current, so that nothing is sent, before the replay is whole', () => {
  void room.attach(link);
  link.receipt(EVENTS, { position: 'ab-0', head: 'ab-3' });
  link.event('tea', 1);
  expect([room.current, shown()]).toEqual([false, []]);
});

test('goes on where it stopped on a new link', async () => {
  await enter();
  link.event('tea', 4);
  const next = new FakeLink();
  const attached = room.attach(next);
  expect(room.current).toBe(false);
  expect(next.to(EVENTS).headers).toEqual({ last: '50', since: 'ab-4' });
  next.receipt(EVENTS, { position: 'ab-4', head: 'ab-6', recovered: 'true' });
  next.event('tea', 5);
  next.event('tea', 6);
  await attached;
  expect([room.current, shown(), heard]).toEqual([true, [1, 2, 3, 4, 5, 6], [4, 5, 6]]);
});

test('shows the newest page alone when the gap could not be closed', async () => {
  await enter();
  const next = new FakeLink();
  const attached = room.attach(next);
  next.receipt(EVENTS, { position: 'ab-949', head: 'ab-999', recovered: 'false' });
  for (let seq = 950; seq <= 999; seq++) next.event('tea', seq);
  await attached;
  expect([room.timeline.first, room.timeline.last, room.timeline.moreBefore]).toEqual([950, 999, true]);
});

test('ignores what an old link still brings', async () => {
  await enter();
  const late = link.to(EVENTS).listener;
  room.detach(link);
  late.message({ seq: 4, kind: 'TALK', actor: 'x', at: '', message: talks(4, 4)[0] }, { 'message-id': 'ab-4' });
  expect(shown()).toEqual([1, 2, 3]);
  expect(link.subscriptions.size).toBe(0);
});

test('says that the room cannot be opened when the server refuses it', async () => {
  const attached = room.attach(link);
  link.to(EVENTS).refuse(new Refused({ code: 4018, detail: 'forbidden' }));
  await attached;
  expect(room.status).toBe('failed');
});

test('counts what came while somebody reads further up, without their own', async () => {
  await enter();
  room.reading = true;
  link.event('tea', 4);
  link.event('tea', 5, 'Minsu');
  expect(room.unseen).toBe(1);
  room.atBottom();
  expect(room.unseen).toBe(0);
});

test('draws the new line only where something was unread on entering', async () => {
  room = open(3);
  await enter();
  expect(room.readUpTo).toBeUndefined();
  room = open(2);
  link = new FakeLink();
  await enter();
  link.event('tea', 4);
  expect(room.readUpTo).toBe(2);
});

test('makes a line of those who come and go, not of oneself', async () => {
  await enter();
  const { listener } = link.to(PRESENCE);
  listener.message({ kind: 'snapshot', version: 1, people: ['Jane'] }, {});
  listener.message({ kind: 'joined', version: 2, person: 'Minsu' }, {});
  listener.message({ kind: 'left', version: 3, person: 'Jane' }, {});
  expect(room.presence.people).toEqual(['Minsu']);
  expect(room.timeline.notes).toMatchObject([{ kind: 'left', person: 'Jane', after: 3 }]);
});

test('loads one older page at a time', async () => {
  room.recall(talks(101, 150));
  const first = room.loadOlder();
  await room.loadOlder();
  answers[0]!(page(51, 100));
  await first;
  expect([answers.length, room.timeline.first]).toEqual([1, 51]);
});

test('shows what this browser knew until the server answers', async () => {
  room.recall(talks(1, 2));
  expect([room.status, shown()]).toEqual(['loading', [1, 2]]);
  await enter();
  expect(shown()).toEqual([1, 2, 3]);
  room.recall(talks(1, 2));
  expect(shown()).toEqual([1, 2, 3]);
});
