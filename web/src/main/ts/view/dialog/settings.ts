import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { nicknameProblem, tidy, type NameProblem } from '../../model/names';
import { languageSwitch } from '../language-switch';
import { openDialog } from '../open-dialog';
import { Dialog } from './dialog';

@customElement('maru-settings')
export class SettingsDialog extends Dialog {
  @state() private problem: NameProblem | undefined;

  protected override heading(): string {
    return this.t.settings;
  }

  protected override content(): TemplateResult {
    const { t, problem } = this;
    const words = problem && { blank: t.nicknameBlank, long: t.nicknameLong, control: t.nicknameControl }[problem];
    return html`<form @submit=${this.#rename} novalidate>
      <label for="new-nickname">${t.nickname}</label>
      <div class="field"><input id="new-nickname" data-first dir="auto" autocomplete="nickname" maxlength="80"
        .defaultValue=${this.chat.me ?? ''} aria-describedby=${problem ? 'new-nickname-problem' : nothing}>
        <button class="button">${t.save}</button></div>
      ${words ? html`<p class="problem" id="new-nickname-problem" role="alert">${words}</p>` : nothing}
    </form>
    <p class="label">${t.language}</p>
    ${languageSwitch(this.chat.settings, t)}
    <p><button type="button" class="link" @click=${this.#keys}>${t.showKeys}</button></p>`;
  }

  #rename(event: Event): void {
    event.preventDefault();
    const name = tidy(this.querySelector('input')!.value);
    this.problem = nicknameProblem(name);
    if (this.problem) return;
    if (name !== this.chat.me) this.chat.enter(name);
    this.close();
  }

  #keys(): void {
    openDialog(this, 'keys');
  }
}
