import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { roomName } from '../i18n/words';
import type { Room } from '../model/message';
import { avatar } from './avatar';
import { jumpKey } from './keys';
import { openDialog } from './open-dialog';
import { View } from './view';

/** All rooms, what is new in them, and oneself. */
@customElement('maru-sidebar')
export class Sidebar extends View {
  protected override sources() {
    return [this.chat, this.chat.rooms, this.chat.connection];
  }

  protected override render(): TemplateResult {
    const { t, chat } = this;
    return html`<nav class="side" aria-label=${t.rooms} data-region="rooms">
      <div class="brand"><span class="mark" aria-hidden="true"></span><b>${t.app}</b></div>
      <button type="button" class="jump" @click=${() => openDialog(this, 'jump')} aria-haspopup="dialog">
        <span>${t.findRoom}</span><kbd aria-hidden="true">${jumpKey()}</kbd></button>
      <div class="rooms-head"><h2>${t.rooms}</h2><button type="button" class="plus" aria-label=${t.newRoom}
        title=${t.newRoom} aria-haspopup="dialog" @click=${() => openDialog(this, 'new-room')}>+</button></div>
      <ul class="rooms">${repeat(chat.rooms.rooms, room => room.id, room => this.#room(room))}</ul>
      ${chat.rooms.known && chat.rooms.rooms.length === 0 ? html`<p class="hint">${t.noRooms}</p>` : nothing}
      ${this.#me()}
    </nav>`;
  }

  #room(room: Room): TemplateResult {
    const { t, chat } = this;
    const open = chat.room?.id === room.id;
    const unread = open ? 0 : chat.rooms.unread(room.id);
    return html`<li class=${open ? 'on' : unread > 0 ? 'unread' : ''}>
      <a href="/rooms/${room.id}" data-room=${room.id} aria-current=${open ? 'page' : nothing}>
        <span class="name" dir="auto">${roomName(t, room, room.id)}</span>
        ${room.people > 0 ? number('here', room.people, t.here(room.people)) : nothing}
        ${unread > 0 ? number('count', unread, t.unread(unread)) : nothing}
      </a></li>`;
  }

  #me(): TemplateResult {
    const { t, chat } = this;
    const me = chat.me ?? '';
    const { standing } = chat.connection;
    const state = { connecting: t.connecting, connected: t.connected, lost: t.notConnected }[standing];
    return html`<button type="button" class="me" @click=${() => openDialog(this, 'settings')} aria-haspopup="dialog"
      title=${t.settings}>${avatar(me)}<span class="who"><span class="name" dir="auto">${me}</span><small
      class=${standing === 'lost' ? 'off' : 'on'}>${state}</small></span><span
      class="sr">${t.settings}</span></button>`;
  }
}

/** A number for the eye, a sentence for the ear. */
function number(kind: string, count: number, sentence: string): TemplateResult {
  return html`<span class=${kind} title=${sentence}><span aria-hidden="true">${count > 999 ? '999+' : count}</span><span
    class="sr">${sentence}</span></span>`;
}
