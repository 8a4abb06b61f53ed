import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { View } from './view';

/** Speaks new messages, and nothing else, to those who listen to the page. */
@customElement('maru-live-region')
export class LiveRegion extends View {
  protected override sources() {
    return [this.chat.announcer];
  }

  protected override render(): TemplateResult {
    const { news, count } = this.chat.announcer;
    const many = count > news.length ? [this.t.newMessages(count)] : [];
    const lines = [...news.map(({ sender, message }) => `${sender}: ${message}`), ...many];
    return html`<div class="sr" aria-live="polite" data-live>${lines.map(line => html`<p>${line}</p>`)}</div>`;
  }
}
