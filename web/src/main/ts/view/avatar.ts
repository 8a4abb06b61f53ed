import { html, type TemplateResult } from 'lit';

const COLOURS = 8;

/** The first letter of a name on a colour that is always the same for it. */
export function avatar(name: string): TemplateResult {
  return html`<span class="ava c${colourOf(name)}" aria-hidden="true">${firstLetter(name)}</span>`;
}

function colourOf(name: string): number {
  let hash = 7;
  for (const character of name) hash = (hash * 31 + character.codePointAt(0)!) >>> 0;
  return (hash % COLOURS) + 1;
}

function firstLetter(name: string): string {
  const [letter] = new Intl.Segmenter().segment(name);
  return letter?.segment.toUpperCase() ?? '';
}
