import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { roomName } from '../i18n/words';
import type { Observable } from '../model/observable';
import type { OpenRoom } from '../model/open-room';
import { avatar } from './avatar';
import './composer';
import './message-list';
import type { MessageList } from './message-list';
import { openDialog } from './open-dialog';
import { View } from './view';

const FACES = 4;

/** One room: who is in it, what was said, who is writing, and the box to write in. */
@customElement('maru-room')
export class RoomView extends View {
  @property({ attribute: false }) room!: OpenRoom;

  protected override sources(): Observable[] {
    return [this.room, this.room.presence, this.room.typing, this.chat.rooms];
  }

  protected override render(): TemplateResult {
    return html`<main class="room" @said=${() => this.querySelector<MessageList>('maru-list')?.toEnd()}>
      ${this.#head()}
      ${this.room.status === 'failed' ? this.#failed() : keyed(this.room, this.#conversation())}
    </main>`;
  }

  #head(): TemplateResult {
    const { t, chat, room } = this;
    return html`<header class="head">
      <a class="back" href="/" aria-label=${t.backToRooms}><span aria-hidden="true">‹</span></a>
      <h1 dir="auto">${roomName(t, chat.rooms.get(room.id), room.id)}</h1>
      ${this.#people()}
    </header>`;
  }

  #people(): TemplateResult | typeof nothing {
    const { people } = this.room.presence;
    if (people.length === 0) return nothing;
    return html`<button type="button" class="people" @click=${() => openDialog(this, 'people')} aria-haspopup="dialog">
      <span class="faces" aria-hidden="true">${people.slice(0, FACES).map(avatar)}</span>
      <span>${this.t.together(people.length)}</span></button>`;
  }

  #conversation(): TemplateResult {
    const { chat, room, t } = this;
    const writing = room.typing.people;
    return html`<div class="conversation"><maru-list .chat=${chat} .room=${room}></maru-list></div>
      <p class="typing">${writing.length === 0 ? nothing : html`
        <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span><span>${t.typing(writing)}</span>`}</p>
      <maru-composer .chat=${chat} .room=${room}></maru-composer>`;
  }

  #failed(): TemplateResult {
    return html`<div class="hint"><h2>${this.t.roomFailedTitle}</h2><p>${this.t.roomFailedText}</p>
      <p><a class="button" href="/rooms/lobby">${this.t.toLobby}</a></p></div>`;
  }
}
