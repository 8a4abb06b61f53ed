import { html, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { NotesRow, Row } from '../model/rows';
import { messageRow, type RowContext } from './message-row';

/** Any row of the list; a message is drawn again only when something of it changed. */
export function listRow(row: Row, context: RowContext): unknown {
  switch (row.kind) {
    case 'message':
      return guard([row.text, row.at.getTime(), row.first, row.mine, row.state, row.failure, row.offset,
        row.key === context.stop, context.t], () => messageRow(row, context));
    case 'day':
      return html`<p class="day" role="separator" aria-label=${context.dates.day(row.at)}>
        <time datetime=${localDay(row.at)}>${context.dates.day(row.at)}</time></p>`;
    case 'new':
      return html`<p class="new" role="separator" aria-label=${context.t.newSince}>
        <span>${context.t.newSince}</span></p>`;
    case 'notes':
      return notes(row, context);
  }
}

function notes(row: NotesRow, { t }: RowContext): TemplateResult {
  const parts = [];
  if (row.joined.length > 0) parts.push(t.joined(row.joined));
  if (row.left.length > 0) parts.push(t.left(row.left));
  return html`<p class="quiet">${parts.join(' · ')}</p>`;
}

function localDay(at: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
