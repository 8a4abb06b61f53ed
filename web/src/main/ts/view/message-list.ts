import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Observable } from '../model/observable';
import type { OpenRoom } from '../model/open-room';
import { buildRows, type Row } from '../model/rows';
import { listRow } from './list-row';
import type { RowContext } from './message-row';
import { ScrollKeeper } from './scroll-keeper';
import { View } from './view';

const HIDDEN_FRAME = 200;
const LOAD_AHEAD = '600px 0px';

/** The messages of a room: a window that loads at its edges, one tab stop, and the pill that leads to the newest. */
@customElement('maru-list')
export class MessageList extends View {
  @property({ attribute: false }) room!: OpenRoom;
  @state() private stop: string | undefined;
  #scroll: ScrollKeeper | undefined;
  #rows: Row[] = [];
  #edges: IntersectionObserver | undefined;
  readonly #resized = new ResizeObserver(() => this.#scroll?.atEnd && this.#scroll.stick());
  readonly #looked = () => this.#lookedAt();

  protected override sources(): Observable[] {
    return [this.room, this.room.timeline, this.chat.outbox, this.chat.today];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#looked);
    addEventListener('focus', this.#looked);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#looked);
    removeEventListener('focus', this.#looked);
    this.#edges?.disconnect();
    this.#resized.disconnect();
  }

  /** Many messages in one frame are drawn once; a hidden tab has no frames. */
  protected override async scheduleUpdate(): Promise<void> {
    if (this.hasUpdated) {
      await new Promise<void>(resolve => {
        requestAnimationFrame(() => resolve());
        setTimeout(resolve, HIDDEN_FRAME);
      });
    }
    super.scheduleUpdate();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { timeline, me, readUpTo } = this.room;
    const waiting = timeline.moreAfter ? [] : this.chat.outbox.waiting(this.room.id);
    timeline.reserve(waiting.length);
    const { messages, notes, moreBefore } = timeline;
    this.#rows = buildRows({ messages, notes, waiting: unechoed(waiting, messages), moreBefore, me, readUpTo });
    this.#scroll?.before();
  }

  protected override render(): TemplateResult {
    const { timeline, status } = this.room;
    const last = this.#rows.findLast(row => row.kind === 'message')?.key;
    const stop = this.#rows.some(row => row.key === this.stop) ? this.stop : last;
    const context: RowContext = {
      t: this.t, dates: this.dates, stop,
      retry: id => void this.chat.retry(id),
      discard: id => void this.chat.outbox.remove(id),
    };
    return html`<div class="log" role="log" aria-live="off" aria-label=${this.t.messages} data-region="messages"
        aria-busy=${status === 'loading'} @scroll=${this.#scrolled} @keydown=${this.#key} @focusin=${this.#focused}>
      <div class="edge" data-edge="before"></div>
      ${this.#trouble('before')}
      ${timeline.archived ? html`<p class="quiet">${this.t.archived}</p>` : nothing}
      ${repeat(this.#rows, row => row.key, row => listRow(row, context))}
      ${this.#trouble('after')}
      ${this.#rows.length === 0 ? this.#empty() : nothing}
      <div class="edge" data-edge="after"></div>
    </div>
    ${this.#pill(timeline.moreAfter)}`;
  }

  protected override firstUpdated(): void {
    const log = this.querySelector<HTMLElement>('.log')!;
    this.#scroll = new ScrollKeeper(log);
    this.#resized.observe(log);
    this.#edges = new IntersectionObserver(entries => this.#edgesSeen(entries), { root: log, rootMargin: LOAD_AHEAD });
  }

  protected override updated(): void {
    this.#scroll?.after();
    this.#watchEdges();
    this.#lookedAt();
  }

  /** Begun anew after each drawing, so that an edge still in sight loads the next page. */
  #watchEdges(): void {
    this.#edges?.disconnect();
    for (const edge of this.querySelectorAll('.edge')) this.#edges?.observe(edge);
  }

  /** Shows the newest messages. */
  async toEnd(): Promise<void> {
    await this.room.jumpToLatest();
    this.#scroll?.stick();
    this.room.atBottom();
    this.requestUpdate();
  }

  #empty(): TemplateResult {
    if (this.room.status === 'loading') return html`<p class="hint late">${this.t.loading}</p>`;
    if (this.chat.rooms.get(this.room.id)?.head) return html`<p class="hint">${this.t.archived}</p>`;
    return html`<div class="hint"><h2>${this.t.emptyTitle}</h2><p>${this.t.emptyText}</p></div>`;
  }

  #trouble(edge: 'before' | 'after'): TemplateResult | typeof nothing {
    if (this.room.trouble !== edge) return nothing;
    return html`<p class="quiet">${this.t.historyFailed}
      <button type="button" class="link" @click=${() => this.#load(edge)}>${this.t.tryAgain}</button></p>`;
  }

  #pill(moreAfter: boolean): TemplateResult | typeof nothing {
    const { unseen } = this.room;
    if (unseen === 0 && !moreAfter) return nothing;
    const words = unseen > 0 ? this.t.newMessages(unseen) : this.t.toNewest;
    return html`<button type="button" class="pill" @click=${() => this.toEnd()}>
      ${words} <span aria-hidden="true">↓</span></button>`;
  }

  #edgesSeen(entries: IntersectionObserverEntry[]): void {
    if (this.room.status !== 'ready' || this.room.trouble) return;
    for (const entry of entries) {
      if (entry.isIntersecting) this.#load((entry.target as HTMLElement).dataset['edge'] as 'before' | 'after');
    }
  }

  #load(edge: 'before' | 'after'): void {
    void (edge === 'before' ? this.room.loadOlder() : this.room.loadNewer());
  }

  #scrolled(): void {
    this.#scroll?.scrolled();
    this.#lookedAt();
  }

  #lookedAt(): void {
    const atEnd = (this.#scroll?.atEnd ?? true) && !this.room.timeline.moreAfter;
    this.room.reading = !atEnd;
    if (!atEnd || document.hidden || !document.hasFocus()) return;
    this.room.atBottom();
    this.chat.seen();
  }

  #focused(event: FocusEvent): void {
    const article = (event.target as HTMLElement).closest<HTMLElement>('.msg');
    if (article) this.stop = article.dataset['key'];
  }

  #key(event: KeyboardEvent): void {
    const article = event.target as HTMLElement;
    if (!article.matches('.msg') || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = [...this.querySelectorAll<HTMLElement>('.msg')];
    const at = all.indexOf(article);
    const next = { ArrowUp: all[at - 1], ArrowDown: all[at + 1], Home: all[0], End: all.at(-1) }[event.key];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}

/** A stored message may still stand in the outbox for a moment. */
function unechoed<T extends { clientMessageId: string; sender: string }>(waiting: readonly T[],
  messages: readonly { clientMessageId?: string; sender: string }[]): T[] {
  if (waiting.length === 0) return [];
  const echoed = new Set(messages.map(message => `${message.sender}/${message.clientMessageId}`));
  return waiting.filter(entry => !echoed.has(`${entry.sender}/${entry.clientMessageId}`));
}
