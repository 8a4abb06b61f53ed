import { html, type TemplateResult } from 'lit';
import { View } from '../view';

/** A modal dialog: the browser keeps the focus inside, Escape and a click beside it close it, the focus goes back. */
export abstract class Dialog extends View {
  protected abstract heading(): string;
  protected abstract content(): TemplateResult;

  protected override render(): TemplateResult {
    return html`<dialog class="dialog" aria-labelledby="dialog-title" @close=${this.#closed} @click=${this.#clicked}>
      <header><h2 id="dialog-title">${this.heading()}</h2><button type="button" class="close" aria-label=${this.t.close}
        @click=${() => this.close()}><span aria-hidden="true">×</span></button></header>
      ${this.content()}
    </dialog>`;
  }

  protected override firstUpdated(): void {
    this.#dialog.showModal();
    this.querySelector<HTMLElement>('[data-first]')?.focus();
  }

  protected close(): void {
    this.#dialog.close();
  }

  get #dialog(): HTMLDialogElement {
    return this.querySelector('dialog')!;
  }

  #closed(): void {
    this.dispatchEvent(new CustomEvent('dialog-closed', { bubbles: true }));
  }

  #clicked(event: MouseEvent): void {
    if (event.target === this.#dialog) this.close();
  }
}
