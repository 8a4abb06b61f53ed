import { html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { roomName } from '../../i18n/words';
import { Composition } from '../../model/composition';
import { matches } from '../../model/hangul';
import type { Room } from '../../model/message';
import { isEnter } from '../keys';
import { Dialog } from './dialog';

const MAX_SHOWN = 50;

/** Goes to a room by a part of its name. */
@customElement('maru-jump')
export class JumpDialog extends Dialog {
  @state() private query = '';
  @state() private at = 0;
  readonly #composition = new Composition(() => this.#choose(this.#found()[this.at]));

  protected override sources() {
    return [this.chat.rooms];
  }

  protected override heading(): string {
    return this.t.findRoom;
  }

  protected override content(): TemplateResult {
    const found = this.#found();
    return html`<input data-first role="combobox" aria-expanded="true" aria-controls="jump-list" autocomplete="off"
        aria-label=${this.t.roomName} aria-activedescendant=${found.length > 0 ? `jump-${this.at}` : ''}
        @input=${this.#typed} @keydown=${this.#key}
        @compositionstart=${() => this.#composition.start()}
        @compositionupdate=${(event: CompositionEvent) => this.#composition.update(event.data)}
        @compositionend=${(event: CompositionEvent) => this.#composition.end(event.data)}>
      <ul class="found" id="jump-list" role="listbox" aria-label=${this.t.rooms}>${found.map((room, index) => html`
        <li id="jump-${index}" role="option" dir="auto" aria-selected=${index === this.at}
          @click=${() => this.#choose(room)}>${roomName(this.t, room, room.id)}</li>`)}</ul>
      ${found.length === 0 ? html`<p class="hint" role="status">${this.t.noMatch}</p>` : ''}`;
  }

  protected override updated(): void {
    this.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }

  #found(): Room[] {
    const fits = (room: Room) => matches(this.query, roomName(this.t, room, room.id));
    return this.chat.rooms.rooms.filter(fits).slice(0, MAX_SHOWN);
  }

  #typed(event: Event): void {
    this.query = (event.target as HTMLInputElement).value;
    this.at = 0;
  }

  #key(event: KeyboardEvent): void {
    if (isEnter(event)) {
      event.preventDefault();
      this.#composition.enter(event);
    } else if (this.#composition.owns(event)) {
      if (event.key === 'Escape') event.preventDefault();
      this.#composition.otherKey();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const count = this.#found().length;
      if (count > 0) this.at = (this.at + (event.key === 'ArrowDown' ? 1 : count - 1)) % count;
    }
  }

  #choose(room: Room | undefined): void {
    if (!room) return;
    this.close();
    this.chat.go({ screen: 'room', roomId: room.id });
  }
}
