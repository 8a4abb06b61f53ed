import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { nicknameProblem, tidy, type NameProblem } from '../../model/names';
import { languageSwitch } from '../language-switch';
import { openDialog } from '../open-dialog';
import { Dialog } from './dialog';

@customElement('maru-settings')
export class SettingsDialog extends Dialog {
  @state() private problem: NameProblem | undefined;
  @state() private stillIn = false;

  protected override heading(): string {
    return this.t.settings;
  }

  protected override content(): TemplateResult {
    const { t } = this;
    return html`${this.chat.identity.hasAccounts ? this.#account() : this.#nickname()}
    <p class="label">${t.language}</p>
    ${languageSwitch(this.chat.settings, t)}
    <p><button type="button" class="link" @click=${this.#keys}>${t.showKeys}</button></p>`;
  }

  #nickname(): TemplateResult {
    const { t, problem } = this;
    const words = problem && { blank: t.nicknameBlank, long: t.nicknameLong, control: t.nicknameControl }[problem];
    return html`<form @submit=${this.#rename} novalidate>
      <label for="new-nickname">${t.nickname}</label>
      <div class="field"><input id="new-nickname" data-first dir="auto" autocomplete="nickname" maxlength="80"
        .defaultValue=${this.chat.me ?? ''} aria-describedby=${problem ? 'new-nickname-problem' : nothing}>
        <button class="button">${t.save}</button></div>
      ${words ? html`<p class="problem" id="new-nickname-problem" role="alert">${words}</p>` : nothing}
    </form>`;
  }

  #account(): TemplateResult {
    const { t, chat } = this;
    return html`<p class="label">${t.loggedInAs}</p>
      <div class="field account"><p dir="auto"><b>${chat.me}</b> <small>${chat.identity.user?.name}</small></p>
        <button type="button" class="button plain" @click=${this.#logOut}>${t.logOut}</button></div>
      ${this.stillIn ? html`<p class="problem" role="alert">${t.notLoggedOut}</p>` : nothing}`;
  }

  async #logOut(): Promise<void> {
    this.stillIn = false;
    await this.chat.logOut().catch(() => { this.stillIn = true; });
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
