import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { jumpKey } from '../keys';
import { Dialog } from './dialog';

@customElement('maru-keys')
export class KeysDialog extends Dialog {
  protected override heading(): string {
    return this.t.keys;
  }

  protected override content(): TemplateResult {
    const { t } = this;
    const keys = [['Enter', t.keySend], ['Shift Enter', t.keyBreak], [jumpKey(), t.keyJump], ['F6', t.keyRegions],
      ['↑ ↓ Home End', t.keyMessages], ['?', t.keyHelp]] as const;
    return html`<dl class="keys">${keys.map(([key, what]) => html`<div><dt>${key.split(' ').map(each =>
      html`<kbd>${each}</kbd> `)}</dt><dd>${what}</dd></div>`)}</dl>`;
  }
}
