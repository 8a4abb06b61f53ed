import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { roomName } from '../i18n/words';
import { placeOf } from '../model/address';
import { LOBBY } from '../model/room-list';
import './dialog/jump';
import './dialog/keys';
import './dialog/new-room';
import './dialog/people';
import './dialog/settings';
import { isHelp, isJump, nextRegion } from './keys';
import './live-region';
import './log-in';
import type { DialogName } from './open-dialog';
import './room';
import './sidebar';
import { View } from './view';
import './welcome';

/** The page: which screen is shown, the dialogs above it, and the keys that work everywhere. */
@customElement('maru-app')
export class App extends View {
  @state() private dialog: DialogName | undefined;
  readonly #keys = (event: KeyboardEvent) => this.#key(event);
  readonly #moved = () => this.chat.arrive(placeOf(location.pathname));

  protected override sources() {
    return [this.chat, this.chat.identity, this.chat.rooms, this.chat.connection];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', this.#keys);
    addEventListener('popstate', this.#moved);
    this.addEventListener('click', event => this.#clicked(event));
    this.addEventListener('open-dialog', event => { this.dialog = (event as CustomEvent<DialogName>).detail; });
    this.addEventListener('dialog-closed', event => this.#dialogClosed(event));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.#keys);
    removeEventListener('popstate', this.#moved);
  }

  protected override render(): TemplateResult {
    if (!this.chat.me) return this.#outside();
    const { t, chat } = this;
    return html`
      ${chat.room ? html`<a class="skip" href="#composer">${t.skip}</a>` : nothing}
      <p class="banner" role="status">${chat.connection.trouble ? t.reconnecting : nothing}</p>
      <div class="app" data-screen=${chat.place.screen === 'rooms' ? 'rooms' : 'room'}>
        <maru-sidebar .chat=${chat}></maru-sidebar>
        ${chat.room ? html`<maru-room .chat=${chat} .room=${chat.room}></maru-room>` : this.#noRoom()}
      </div>
      <maru-live-region .chat=${chat}></maru-live-region>
      ${this.#dialog()}`;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (!this.chat.me) this.dialog = undefined;
  }

  protected override updated(): void {
    const { t, chat } = this;
    document.documentElement.lang = chat.settings.language;
    const unread = chat.rooms.unreadInAll;
    const room = chat.me && chat.room ? `${roomName(t, chat.rooms.get(chat.room.id), chat.room.id)} · ` : '';
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${room}${t.app}`;
  }

  #outside(): TemplateResult {
    const { t, chat } = this;
    if (!chat.identity.session) return html`<main class="welcome"><p class="late">${t.loading}</p></main>`;
    return chat.identity.hasAccounts
      ? html`<maru-log-in .chat=${chat}></maru-log-in>`
      : html`<maru-welcome .chat=${chat}></maru-welcome>`;
  }

  #noRoom(): TemplateResult {
    const { t } = this;
    const lost = this.chat.place.screen === 'nowhere';
    return html`<main class="room"><div class="hint">${lost
      ? html`<h1>${t.nowhereTitle}</h1><p>${t.nowhereText}</p>
        <p><a class="button" href="/rooms/${LOBBY}">${t.toLobby}</a></p>`
      : html`<p>${t.chooseRoom}</p>`}</div></main>`;
  }

  #dialog(): TemplateResult | typeof nothing {
    const { chat } = this;
    switch (this.dialog) {
      case 'jump': return html`<maru-jump .chat=${chat}></maru-jump>`;
      case 'new-room': return html`<maru-new-room .chat=${chat}></maru-new-room>`;
      case 'people': return html`<maru-people .chat=${chat}></maru-people>`;
      case 'keys': return html`<maru-keys .chat=${chat}></maru-keys>`;
      case 'settings': return html`<maru-settings .chat=${chat}></maru-settings>`;
      case undefined: return nothing;
    }
  }

  /** A dialog that opened another one closes when it is taken away, and must not take the other with it. */
  #dialogClosed(event: Event): void {
    if ((event.target as Element).localName === `maru-${this.dialog}`) this.dialog = undefined;
  }

  /** Links within the page change the place without loading it again. */
  #clicked(event: MouseEvent): void {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[href^="/"]');
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.chat.go(placeOf(link.pathname));
  }

  #key(event: KeyboardEvent): void {
    if (!this.chat.me || event.isComposing) return;
    if (isJump(event)) {
      event.preventDefault();
      this.dialog = 'jump';
    } else if (isHelp(event) && !this.dialog) {
      event.preventDefault();
      this.dialog = 'keys';
    } else if (event.key === 'F6' && !this.dialog) {
      event.preventDefault();
      nextRegion(this, event.shiftKey ? -1 : 1);
    }
  }
}
