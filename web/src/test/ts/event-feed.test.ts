import { expect, test } from 'vitest';
import { EventFeed, type Beginning } from '../../main/ts/model/event-feed';
import { parsePosition } from '../../main/ts/model/position';
import { talk } from './talk';

function feed(since?: string) {
  const heard: { replayed?: number[]; beginning?: Beginning; live: number[] } = { live: [] };
  const events = new EventFeed(parsePosition(since), {
    caughtUp: (replayed, beginning) => Object.assign(heard, { replayed: replayed.map(m => m.offset), beginning }),
    live: message => heard.live.push(message.offset),
  });
  const event = (seq: number) =>
    events.event({ seq, kind: 'TALK', actor: 'a', at: '', message: talk(seq) }, `ab-${seq}`);
  return { events, heard, event };
}

test('holds the replay back until it is whole, then passes events on', () => {
  const { events, heard, event } = feed();
  events.confirmed({ position: 'ab-3', head: 'ab-5' });
  event(4);
  expect(heard.replayed).toBeUndefined();
  event(5);
  event(6);
  expect(heard).toEqual({ replayed: [4, 5], beginning: 'fresh', live: [6] });
  expect(events.position).toEqual({ epoch: 'ab', offset: 6 });
});

test('is caught up at once where nothing is missing', () => {
  const { events, heard } = feed('ab-5');
  events.confirmed({ position: 'ab-5', head: 'ab-5', recovered: 'true' });
  expect(heard).toMatchObject({ replayed: [], beginning: 'recovered' });
});

test('tells a loss from another history', () => {
  const lost = feed('ab-5');
  lost.events.confirmed({ position: 'ab-900', head: 'ab-900', recovered: 'false' });
  expect(lost.heard.beginning).toBe('lost');
  const other = feed('zz-5');
  other.events.confirmed({ position: 'ab-5', head: 'ab-5', recovered: 'false' });
  expect(other.heard.beginning).toBe('fresh');
});

test('moves on over kinds of events that it does not know', () => {
  const { events, heard } = feed();
  events.confirmed({ position: 'ab-0', head: 'ab-1' });
  events.event({ seq: 1, kind: 'REACTION', actor: 'a', at: '' }, 'ab-1');
  expect(heard.replayed).toEqual([]);
});
