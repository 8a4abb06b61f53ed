import { beforeEach, describe, expect, test } from 'vitest';
import { Composition } from '../../main/ts/model/composition';

const plain = { isComposing: false, keyCode: 13 };
const composing = { isComposing: true, keyCode: 229 };
const marked = { isComposing: false, keyCode: 229 };

let sent: number;
let tasks: (() => void)[];
let clock: number;
let composition: Composition;

beforeEach(() => {
  sent = 0;
  clock = 0;
  tasks = [];
  composition = new Composition(() => sent++, task => tasks.push(task), () => clock);
});

function type(data: string): void {
  composition.start();
  composition.update(data);
}

function nextTask(): void {
  for (const task of tasks.splice(0)) task();
}

test('sends at once when nothing is composed', () => {
  composition.enter(plain);
  expect(sent).toBe(1);
});

describe('Hangul', () => {
  test('is sent once, in the task after the composition ended', () => {
    type('녕');
    composition.enter(composing);
    composition.end('녕');
    expect(sent).toBe(0);
    nextTask();
    expect(sent).toBe(1);
  });

  test('is sent once when a plain Enter follows the end, before the task or after it', () => {
    type('녕');
    composition.enter(composing);
    composition.end('녕');
    composition.enter(plain);
    nextTask();
    expect(sent).toBe(1);
  });

  test('is sent when a plain Enter comes first while the composition is open', () => {
    type('녕');
    composition.enter(plain);
    expect(sent).toBe(0);
    composition.end('녕');
    nextTask();
    expect(sent).toBe(1);
  });

  test('is sent when the composition ended just before a key marked 229', () => {
    type('녕');
    composition.end('녕');
    clock = 5;
    composition.enter(marked);
    nextTask();
    expect(sent).toBe(1);
  });

  test('is not sent when the composition ended long ago and a key is marked 229', () => {
    type('녕');
    composition.end('녕');
    clock = 5_000;
    composition.enter(marked);
    nextTask();
    expect(sent).toBe(0);
  });

  test('is not sent when writing goes on after Enter', () => {
    type('녕');
    composition.enter(composing);
    composition.otherKey();
    composition.end('녕');
    nextTask();
    expect(sent).toBe(0);
  });

  test('is not sent when Enter chose a Chinese character for it', () => {
    type('한');
    composition.enter(composing);
    composition.update('漢');
    composition.end('漢');
    nextTask();
    expect(sent).toBe(0);
  });
});

describe.each([['kana', 'かな'], ['Han', '漢字'], ['letters on the way to Han', 'nihao']])('%s', (_, data) => {
  test('is only confirmed by Enter', () => {
    type(data);
    composition.enter(composing);
    composition.end(data);
    composition.enter(marked);
    nextTask();
    expect(sent).toBe(0);
  });

  test('is sent by a second Enter', () => {
    type(data);
    composition.enter(composing);
    composition.end(data);
    composition.enter(plain);
    expect(sent).toBe(1);
  });
});

test('owns every key with one of the three signs', () => {
  expect(composition.owns(plain)).toBe(false);
  expect(composition.owns(composing)).toBe(true);
  expect(composition.owns(marked)).toBe(true);
  composition.start();
  expect(composition.owns(plain)).toBe(true);
});
