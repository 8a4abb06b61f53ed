import { html, type TemplateResult } from 'lit';

const COLOURS = 8;

/** The first letter of a name on a colour that is always the same for it. */
export function avatar(name: string): TemplateResult {
  return html`<span class="ava c${colourOf(name)}" aria-hidden="true">${firstLetter(name)}</span>`;
}

function colourOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const character of name) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) % COLOURS + 1;
}

function firstLetter(name: string): string {
  const [letter] = new Intl.Segmenter().segment(name);
  return letter?.segment.toUpperCase() ?? '';
}
