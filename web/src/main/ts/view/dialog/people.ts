import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { avatar } from '../avatar';
import { Dialog } from './dialog';

@customElement('maru-people')
export class PeopleDialog extends Dialog {
  protected override sources() {
    return this.chat.room ? [this.chat.room.presence] : [];
  }

  protected override heading(): string {
    return this.t.people;
  }

  protected override content(): TemplateResult {
    const { compare } = new Intl.Collator(this.chat.settings.language, { numeric: true });
    const people = [...this.chat.room?.presence.people ?? []].sort(compare);
    return html`<ul class="persons" tabindex="0" data-first aria-labelledby="dialog-title">
      ${people.map(person => this.#person(person))}</ul>`;
  }

  #person(person: string): TemplateResult {
    return html`<li>${avatar(person)} <span dir="auto">${person}</span>
      ${person === this.chat.me ? html`<small>${this.t.you}</small>` : nothing}</li>`;
  }
}
