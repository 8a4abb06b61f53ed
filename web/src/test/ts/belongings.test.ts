import { beforeEach, expect, test } from 'vitest';
import { Belongings } from '../../main/ts/model/belongings';
import { Drafts } from '../../main/ts/model/drafts';
import { Known, type Cupboard } from '../../main/ts/model/known';
import { Outbox } from '../../main/ts/model/outbox';
import { ReadMarks } from '../../main/ts/model/read-marks';
import { Settings } from '../../main/ts/model/settings';
import { MemoryShelf } from './memory-shelf';

let cleared: number;
let belongings: Belongings;

beforeEach(() => {
  cleared = 0;
  const cupboard: Cupboard = {
    get: async () => undefined, put: async () => undefined, clear: async () => { cleared++; },
  };
  const shelf = new MemoryShelf();
  const store = { all: async () => [], put: async () => undefined, remove: async () => undefined };
  belongings = new Belongings(shelf, new Settings(shelf, ['en']), new ReadMarks(shelf), new Drafts(shelf),
    new Outbox(store, (_, task) => task()), new Known(cupboard));
});

test('keeps everything while the same person comes back', () => {
  belongings.handTo('jane');
  belongings.marks.advance('tea', 7);
  belongings.settings.lastRoom = 'tea';
  cleared = 0;
  belongings.handTo('jane');
  expect([belongings.marks.get('tea'), belongings.settings.lastRoom, cleared]).toEqual([7, 'tea', 0]);
});

test('forgets what others said, where one was and what one read, when somebody else comes', () => {
  belongings.handTo('jane');
  belongings.marks.advance('tea', 7);
  belongings.settings.lastRoom = 'tea';
  cleared = 0;
  belongings.handTo('minsu');
  expect([belongings.marks.get('tea'), belongings.settings.lastRoom, cleared]).toEqual([undefined, undefined, 1]);
});

test('keeps a draft for the one who wrote it', () => {
  belongings.handTo('jane');
  belongings.drafts.set('tea', 'half a thought');
  belongings.handTo('minsu');
  expect(belongings.drafts.get('tea')).toBe('');
  belongings.handTo('jane');
  expect(belongings.drafts.get('tea')).toBe('half a thought');
});
