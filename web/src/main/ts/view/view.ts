import { LitElement, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import type { Dates } from '../i18n/dates';
import { dates, words, type Words } from '../i18n/words';
import type { Chat } from '../model/chat';
import type { Observable } from '../model/observable';

/**
 * A component in the ordinary document, so that find, selection and one style sheet work; drawn again when what it
 * watches changes.
 */
export abstract class View extends LitElement {
  @property({ attribute: false }) chat!: Chat;
  #watched = new Map<Observable, () => void>();

  get t(): Words {
    return words[this.chat.settings.language];
  }

  get dates(): Dates {
    return dates[this.chat.settings.language];
  }

  /** What this view shows, besides the words. */
  protected sources(): readonly Observable[] {
    return [];
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#rewatch([]);
  }

  protected override willUpdate(_changed: PropertyValues): void {
    if (this.isConnected) this.#rewatch([this.chat.settings, ...this.sources()]);
  }

  #rewatch(sources: readonly Observable[]): void {
    for (const [source, unwatch] of this.#watched) {
      if (sources.includes(source)) continue;
      unwatch();
      this.#watched.delete(source);
    }
    for (const source of sources) {
      if (!this.#watched.has(source)) this.#watched.set(source, source.watch(() => this.requestUpdate()));
    }
  }
}
