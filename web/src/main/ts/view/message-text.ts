import { html, type TemplateResult } from 'lit';
import { isEmojiOnly } from '../model/emoji';
import { findLinks } from '../model/links';

/** A message's text: line breaks kept by the style sheet, addresses as links, everything else as it was written. */
export function messageText(text: string): TemplateResult {
  return html`<p class=${isEmojiOnly(text) ? 'text big' : 'text'} dir="auto">${findLinks(text).map(part => part.href
    ? html`<a href=${part.href} target="_blank" rel="noopener nofollow">${part.text}</a>`
    : part.text)}</p>`;
}
