import { expect, test } from 'vitest';
import { Timeline, WINDOW_SIZE } from '../../main/ts/model/timeline';
import { offsets, page, talk, talks } from './talk';

function full(): Timeline {
  const timeline = new Timeline();
  timeline.show(page(401, 700));
  return timeline;
}

test('trims the oldest when new messages come and nobody reads further up', () => {
  const timeline = full();
  timeline.receive([talk(701)], false);
  expect([timeline.messages.length, timeline.first, timeline.last]).toEqual([WINDOW_SIZE, 402, 701]);
  expect(timeline.moreBefore).toBe(true);
});

test('says that what came before is archived only where nothing more can be loaded', () => {
  const timeline = new Timeline();
  timeline.rejoin(talks(43, 92), false);
  expect([timeline.moreBefore, timeline.archived]).toEqual([true, false]);
  timeline.prepend({ messages: [], more: { before: false, after: true } });
  expect([timeline.first, timeline.archived]).toEqual([43, true]);
  timeline.show({ messages: talks(1, 50), more: { before: false, after: true } });
  expect(timeline.archived).toBe(false);
});

test('goes on with what is kept if what comes next was archived', () => {
  const timeline = new Timeline();
  timeline.show(page(1, 50));
  timeline.append({ messages: talks(60, 80), more: { before: false, after: false } });
  expect([timeline.first, timeline.last, timeline.archived]).toEqual([60, 80, true]);
});

test('leaves out the newest when somebody reads further up', () => {
  const timeline = full();
  timeline.receive([talk(701)], true);
  expect([timeline.first, timeline.last, timeline.moreAfter]).toEqual([401, 700, true]);
});

test('trims the far end when older pages load', () => {
  const timeline = full();
  timeline.prepend(page(351, 400));
  expect([timeline.messages.length, timeline.first, timeline.last]).toEqual([WINDOW_SIZE, 351, 650]);
  expect(timeline.moreAfter).toBe(true);
});

test('shows no live message behind a gap', () => {
  const timeline = full();
  timeline.prepend(page(351, 400));
  timeline.receive([talk(701)], false);
  expect(timeline.last).toBe(650);
});

test('knows that a page read before a live message is not the end', () => {
  const timeline = full();
  timeline.prepend(page(351, 400));
  timeline.receive([talk(701)], true);
  timeline.append(page(651, 700, true, false));
  expect([timeline.last, timeline.moreAfter]).toEqual([700, true]);
  timeline.append(page(701, 701, true, false));
  expect([timeline.last, timeline.moreAfter]).toEqual([701, false]);
});

test('leaves room in the window for what waits to be sent', () => {
  const timeline = full();
  timeline.reserve(20);
  timeline.receive([talk(701)], false);
  expect(timeline.messages.length).toBe(WINDOW_SIZE - 20);
});

test('takes the newest page after a loss when nobody reads', () => {
  const timeline = full();
  timeline.rejoin(talks(951, 1000), false);
  expect([timeline.first, timeline.last, timeline.moreBefore, timeline.moreAfter]).toEqual([951, 1000, true, false]);
});

test('keeps what is being read after a loss, with more to load behind it', () => {
  const timeline = full();
  timeline.rejoin(talks(951, 1000), true);
  expect([timeline.first, timeline.last, timeline.moreAfter]).toEqual([401, 700, true]);
});

test('closes the gap after a loss when the pages overlap', () => {
  const timeline = new Timeline();
  timeline.show(page(1, 60));
  timeline.rejoin(talks(51, 100), true);
  expect(offsets(timeline.messages)).toEqual(offsets(talks(1, 100)));
});

test('drops the notes of messages that were trimmed', () => {
  const timeline = new Timeline();
  timeline.show(page(1, 1));
  timeline.note('joined', 'Jane', new Date());
  timeline.receive(talks(2, 400), false);
  expect(timeline.notes).toEqual([]);
});

test('stays a gapless stretch of at most the window, whatever happens', () => {
  let state = 7;
  const random = (below: number) => (state = (state * 48271) % 2147483647) % below;
  const timeline = new Timeline();
  let head = 1_000;
  timeline.show(page(951, head));
  for (let step = 0; step < 500; step++) {
    const action = random(4);
    if (action === 0) timeline.receive([talk(++head)], random(2) === 0);
    else if (action === 1 && timeline.moreBefore) {
      timeline.prepend(page(Math.max(1, timeline.first - 50), timeline.first - 1));
    } else if (action === 2 && timeline.moreAfter) {
      const to = Math.min(head, timeline.last + 50);
      timeline.append(page(timeline.last + 1, to, true, to < head));
    } else if (random(50) === 0) timeline.show(page(head - 49, head));
    expect(timeline.messages.length).toBeLessThanOrEqual(WINDOW_SIZE);
    expect(offsets(timeline.messages)).toEqual(offsets(talks(timeline.first, timeline.last)));
    expect(timeline.moreAfter).toBe(timeline.last < head);
  }
});
