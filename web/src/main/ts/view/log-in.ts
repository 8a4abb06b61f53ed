import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { LogInProblem } from '../model/identity';
import { languageSwitch } from './language-switch';
import { View } from './view';

type Problem = LogInProblem | { readonly kind: 'no-name' | 'no-password' };

/** Name and password, where people have accounts; also for whoever was logged out while they were writing. */
@customElement('maru-log-in')
export class LogIn extends View {
  @state() private problem: Problem | undefined;
  @state() private busy = false;

  protected override sources() {
    return [this.chat.identity];
  }

  protected override render(): TemplateResult {
    const { t, busy } = this;
    const { expired } = this.chat.identity;
    return html`<main class="welcome">
      <form @submit=${this.#submitted} novalidate aria-busy=${busy}>
        <p class="brand"><span class="mark" aria-hidden="true"></span><b>${t.app}</b></p>
        <h1>${expired ? t.logInAgainTitle : t.logInTitle}</h1>
        <p role="status">${expired ? t.logInAgainText : t.logInText}</p>
        ${this.#field('name', t.accountName, 'text', 'username')}
        ${this.#field('password', t.password, 'password', 'current-password')}
        <p class="problem" id="log-in-problem" role="alert">${this.#words()}</p>
        <button class="button" aria-disabled=${busy ? 'true' : nothing}>${busy ? t.loggingIn : t.logIn}</button>
      </form>
      ${languageSwitch(this.chat.settings, t)}
    </main>`;
  }

  protected override firstUpdated(): void {
    const { expired } = this.chat.identity;
    if (expired) this.#input('name').value = expired.name;
    this.#input(expired ? 'password' : 'name').focus();
  }

  #field(name: 'name' | 'password', label: string, type: string, autocomplete: string): TemplateResult {
    const bad = this.problem !== undefined && this.#atFault(this.problem).includes(name);
    return html`<label for=${`log-in-${name}`}>${label}</label>
      <input id=${`log-in-${name}`} name=${name} type=${type} autocomplete=${autocomplete} autocapitalize="none"
        spellcheck="false" maxlength="200" required aria-invalid=${bad ? 'true' : nothing}
        aria-describedby=${bad ? 'log-in-problem' : nothing}>`;
  }

  #input(name: 'name' | 'password'): HTMLInputElement {
    return this.querySelector(`#log-in-${name}`)!;
  }

  #atFault(problem: Problem): ('name' | 'password')[] {
    switch (problem.kind) {
      case 'no-name': return ['name'];
      case 'no-password': return ['password'];
      case 'bad-credentials': return ['name', 'password'];
      default: return [];
    }
  }

  #words(): string | typeof nothing {
    const { t, problem } = this;
    switch (problem?.kind) {
      case undefined: return nothing;
      case 'no-name': return t.accountNameBlank;
      case 'no-password': return t.passwordBlank;
      case 'bad-credentials': return t.badCredentials;
      case 'too-many-attempts': return t.tooManyAttempts(problem.seconds);
      case 'unreachable': return t.unreachable;
      case 'trouble': return t.logInTrouble;
    }
  }

  async #submitted(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const name = this.#input('name').value.normalize('NFC').trim();
    const password = this.#input('password').value;
    this.problem = undefined;
    if (name === '' || password === '') return this.#show({ kind: name === '' ? 'no-name' : 'no-password' });
    this.busy = true;
    const problem = await this.chat.identity.logIn(name, password);
    this.busy = false;
    if (problem) await this.#show(problem);
  }

  async #show(problem: Problem): Promise<void> {
    this.problem = problem;
    await this.updateComplete;
    const input = this.#input(problem.kind === 'no-name' ? 'name' : 'password');
    input.focus();
    input.select();
  }
}
