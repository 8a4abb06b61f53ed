import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { reason } from '../../i18n/words';
import { roomNameProblem, tidy } from '../../model/names';
import { Refused } from '../../model/outbox';
import { Dialog } from './dialog';

@customElement('maru-new-room')
export class NewRoomDialog extends Dialog {
  @state() private problem = '';
  @state() private busy = false;

  protected override heading(): string {
    return this.t.newRoom;
  }

  protected override content(): TemplateResult {
    const { t, problem } = this;
    return html`<form @submit=${this.#create} novalidate>
      <label for="room-name">${t.roomName}</label>
      <input id="room-name" data-first dir="auto" autocomplete="off" maxlength="160" required
        aria-invalid=${problem ? 'true' : nothing} aria-describedby=${problem ? 'room-name-problem' : nothing}>
      ${problem ? html`<p class="problem" id="room-name-problem" role="alert">${problem}</p>` : nothing}
      <div class="buttons"><button type="button" class="button plain" @click=${() => this.close()}>${t.cancel}</button>
        <button class="button" ?disabled=${this.busy}>${t.create}</button></div>
    </form>`;
  }

  async #create(event: Event): Promise<void> {
    event.preventDefault();
    const name = this.querySelector('input')!.value;
    const { t } = this;
    const wrong = roomNameProblem(name);
    this.problem = wrong ? { blank: t.roomNameBlank, long: t.roomNameLong, control: t.roomNameControl }[wrong] : '';
    if (wrong) this.querySelector('input')!.focus();
    if (wrong || this.busy) return;
    this.busy = true;
    try {
      await this.chat.createRoom(tidy(name));
      this.close();
    } catch (why) {
      this.problem = t.roomNotCreated(why instanceof Refused ? reason(t, why.failure) : t.notConnected);
    } finally {
      this.busy = false;
    }
  }
}
