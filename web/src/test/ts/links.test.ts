import { expect, test } from 'vitest';
import { findLinks } from '../../main/ts/model/links';

const links = (text: string) => findLinks(text).filter(part => part.href).map(part => part.text);

test.each([
  ['see https://maru.example/docs.', 'https://maru.example/docs'],
  ['(https://ko.wikipedia.org/wiki/마루_(건축))', 'https://ko.wikipedia.org/wiki/마루_(건축)'],
  ['https://maru.example에서 봐요', 'https://maru.example'],
  ['https://maru.example/마루에서', 'https://maru.example/마루에서'],
  ['WWW.example.com!', 'WWW.example.com'],
  ['<https://a.example/?q=1&r=2>', 'https://a.example/?q=1&r=2'],
])('finds the address in %s', (text, link) => {
  expect(links(text)).toEqual([link]);
});

test.each([
  'javascript:alert(1)', 'data:text/html,x', 'https://', 'https://user@evil.example', 'a.b/c', 'ftp://x.example',
])('makes no link of %s', text => {
  expect(links(text)).toEqual([]);
});

test('keeps every character of the text', () => {
  const text = 'a https://x.example, b\nwww.y.example) https:// c';
  expect(findLinks(text).map(part => part.text).join('')).toBe(text);
});

test('leads addresses without a scheme to https', () => {
  expect(findLinks('www.example.com')[0]!.href).toBe('https://www.example.com/');
});
