import { html, type TemplateResult } from 'lit';
import { isEmojiOnly } from '../model/emoji';
import { findLinks } from '../model/links';

/** A message's text: line breaks kept by the style sheet, addresses as links, the rest as it was written. */
export function messageText(text: string, reachable: boolean): TemplateResult {
  return html`<p class=${isEmojiOnly(text) ? 'text big' : 'text'} dir="auto">${findLinks(text).map(part => part.href
    ? html`<a href=${part.href} target="_blank" tabindex=${reachable ? 0 : -1} rel="noopener nofollow">${part.text}</a>`
    : part.text)}</p>`;
}
