import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { nicknameProblem, type NameProblem } from '../model/names';
import { languageSwitch } from './language-switch';
import { View } from './view';

/** The first visit: one field, one button. */
@customElement('maru-welcome')
export class Welcome extends View {
  @state() private problem: NameProblem | undefined;

  protected override render(): TemplateResult {
    const { t, problem } = this;
    const words = problem && { blank: t.nicknameBlank, long: t.nicknameLong, control: t.nicknameControl }[problem];
    return html`<main class="welcome">
      <form @submit=${this.#enter} novalidate>
        <p class="brand"><span class="mark" aria-hidden="true"></span><b>${t.app}</b></p>
        <h1>${t.welcomeTitle}</h1>
        <p>${t.welcomeText}</p>
        <label for="nickname">${t.nickname}</label>
        <input id="nickname" name="nickname" dir="auto" autocomplete="nickname" maxlength="80" required
          aria-invalid=${problem ? 'true' : nothing} aria-describedby=${problem ? 'nickname-problem' : nothing}>
        ${words ? html`<p class="problem" id="nickname-problem" role="alert">${words}</p>` : nothing}
        <button class="button">${t.enter}</button>
      </form>
      ${languageSwitch(this.chat.settings, t)}
    </main>`;
  }

  protected override firstUpdated(): void {
    this.querySelector('input')?.focus();
  }

  #enter(event: Event): void {
    event.preventDefault();
    const name = this.querySelector('input')!.value;
    this.problem = nicknameProblem(name);
    if (this.problem) this.querySelector('input')!.focus();
    else this.chat.enter(name);
  }
}
