import { html, nothing, type TemplateResult } from 'lit';
import type { Dates } from '../i18n/dates';
import { reason, type Words } from '../i18n/words';
import type { MessageRow } from '../model/rows';
import { avatar } from './avatar';
import { messageText } from './message-text';

export interface RowContext {
  readonly t: Words;
  readonly dates: Dates;
  /** The one message in the list that Tab reaches. */
  readonly stop: string | undefined;
  readonly retry: (clientMessageId: string) => void;
  readonly discard: (clientMessageId: string) => void;
}

export function messageRow(row: MessageRow, context: RowContext): TemplateResult {
  const { dates, stop } = context;
  const classes = ['msg', row.first && 'first', row.mine && 'mine', row.state].filter(Boolean).join(' ');
  return html`<article class=${classes} data-key=${row.key} data-state=${row.state} data-offset=${row.offset ?? nothing}
    tabindex=${row.key === stop ? 0 : -1} aria-label="${row.sender}, ${dates.time(row.at)}: ${row.text}">
    ${row.first ? opening(row, context) : following(row, context)}
  </article>`;
}

function opening(row: MessageRow, context: RowContext): TemplateResult {
  return html`${avatar(row.sender)}<div class="body">
    <p class="meta"><b dir="auto">${row.sender}</b>${time(row, context.dates.time(row.at), context)}
      ${sending(row, context)}</p>
    ${text(row, context)}${failed(row, context)}
  </div>`;
}

function following(row: MessageRow, context: RowContext): TemplateResult {
  return html`<span class="t">${time(row, context.dates.short(row.at), context)}</span>
    <div class="body">${text(row, context)}${sending(row, context)}${failed(row, context)}</div>`;
}

function text(row: MessageRow, { stop }: RowContext): TemplateResult {
  return messageText(row.text, row.key === stop);
}

function time(row: MessageRow, shown: string, { dates }: RowContext): TemplateResult | typeof nothing {
  if (row.state !== 'sent') return nothing;
  return html`<time datetime=${row.at.toISOString()} title=${dates.full(row.at)}>${shown}</time>`;
}

function sending(row: MessageRow, { t }: RowContext): TemplateResult | typeof nothing {
  return row.state === 'sending' ? html`<span class="state wait">${t.sending}</span>` : nothing;
}

function failed(row: MessageRow, { t, stop, retry, discard }: RowContext): TemplateResult | typeof nothing {
  if (!row.failure || !row.clientMessageId) return nothing;
  const id = row.clientMessageId;
  const reach = row.key === stop ? 0 : -1;
  return html`<p class="state refused" role="alert"><span>${t.notSent}. ${reason(t, row.failure)}</span>
    <button type="button" tabindex=${reach} @click=${() => retry(id)}>${t.retry}</button>
    <button type="button" tabindex=${reach} @click=${() => discard(id)}>${t.delete}</button></p>`;
}
