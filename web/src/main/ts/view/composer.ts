import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { roomName } from '../i18n/words';
import { Composition } from '../model/composition';
import type { OpenRoom } from '../model/open-room';
import { isEnter } from './keys';
import { View } from './view';

const MAX_DRAFT = 20_000;
const SAME_KEY = 150;

/** The box to write in. Its value belongs to the person and the input method; the page only reads and empties it. */
@customElement('maru-composer')
export class Composer extends View {
  @property({ attribute: false }) room!: OpenRoom;
  @state() private problem: 'full' | 'long' | undefined;
  readonly #composition = new Composition(() => this.#send());
  #sentAt = -Infinity;

  protected override sources() {
    return [this.chat.rooms];
  }

  get #box(): HTMLTextAreaElement {
    return this.querySelector('textarea')!;
  }

  protected override render(): TemplateResult {
    const { t, chat, room } = this;
    const placeholder = t.writeIn(roomName(t, chat.rooms.get(room.id), room.id));
    const problem = this.problem && { full: t.outboxFull, long: t.tooLong }[this.problem];
    return html`${problem ? html`<p class="problem" role="alert">${problem}</p>` : nothing}
    <form class="compose" data-region="composer" @submit=${this.#submitted}>
      <textarea id="composer" rows="1" dir="auto" aria-label=${t.message} placeholder=${placeholder} enterkeyhint="send"
        autocomplete="off" @keydown=${this.#key} @beforeinput=${this.#beforeInput} @input=${this.#input}
        @compositionstart=${() => this.#composition.start()}
        @compositionupdate=${(event: CompositionEvent) => this.#composition.update(event.data)}
        @compositionend=${(event: CompositionEvent) => this.#composition.end(event.data)}></textarea>
      <button class="send" aria-label=${t.send} @mousedown=${(event: Event) => event.preventDefault()}><span
        aria-hidden="true">↑</span></button>
    </form>`;
  }

  protected override firstUpdated(): void {
    this.#box.value = this.chat.drafts.get(this.room.id);
    this.#fit();
    if (matchMedia('(pointer: fine)').matches) this.#box.focus();
  }

  #key(event: KeyboardEvent): void {
    if (!isEnter(event)) {
      this.#composition.otherKey();
    } else if (!event.shiftKey) {
      event.preventDefault();
      this.#composition.enter(event);
    }
  }

  /** Some input methods hand on the Enter that ended the composition, after the message has gone. */
  #beforeInput(event: InputEvent): void {
    const breaksLine = event.inputType === 'insertLineBreak' || event.inputType === 'insertParagraph';
    if (breaksLine && performance.now() - this.#sentAt < SAME_KEY) event.preventDefault();
  }

  #input(): void {
    const text = this.#box.value;
    this.problem = undefined;
    this.chat.drafts.set(this.room.id, text.slice(0, MAX_DRAFT));
    if (text.trim()) this.chat.wrote();
    this.#fit();
  }

  #submitted(event: Event): void {
    event.preventDefault();
    if (!this.#composition.open) return this.#send();
    this.#box.blur();
    setTimeout(() => {
      this.#send();
      this.#box.focus();
    });
  }

  #send(): void {
    const problem = this.chat.say(this.#box.value);
    this.problem = problem === 'blank' ? undefined : problem;
    if (problem) return;
    this.#sentAt = performance.now();
    this.#box.value = '';
    this.chat.drafts.set(this.room.id, '');
    this.#fit();
    this.dispatchEvent(new CustomEvent('said', { bubbles: true }));
  }

  /** Browsers that cannot size a field by its content are helped. */
  #fit(): void {
    if (CSS.supports('field-sizing', 'content')) return;
    this.#box.style.height = 'auto';
    this.#box.style.height = `${this.#box.scrollHeight}px`;
  }
}
