const STICKS_WITHIN = 100;

interface Anchor {
  readonly key: string;
  readonly top: number;
}

/** Holds a scrolling list where it is while it changes: at its end, or at the message that is being read. */
export class ScrollKeeper {
  readonly #list: HTMLElement;
  #sticky = true;
  #anchor: Anchor | undefined;

  constructor(list: HTMLElement) {
    this.#list = list;
  }

  get atEnd(): boolean {
    return this.#sticky;
  }

  /** Somebody scrolled. */
  scrolled(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.#list;
    this.#sticky = scrollHeight - scrollTop - clientHeight <= STICKS_WITHIN;
  }

  stick(): void {
    this.#sticky = true;
    this.#list.scrollTop = this.#list.scrollHeight;
  }

  before(): void {
    if (this.#sticky) {
      this.#anchor = undefined;
      return;
    }
    const element = this.#firstInSight();
    this.#anchor = element && { key: element.dataset['key']!, top: this.#topOf(element) };
  }

  after(): void {
    if (this.#sticky) {
      this.stick();
      return;
    }
    const key = this.#anchor?.key;
    const element = key === undefined ? undefined : this.#messages().find(message => message.dataset['key'] === key);
    if (element) this.#list.scrollTop += this.#topOf(element) - this.#anchor!.top;
  }

  #messages(): HTMLElement[] {
    return [...this.#list.querySelectorAll<HTMLElement>(':scope > .msg')];
  }

  #firstInSight(): HTMLElement | undefined {
    return this.#messages().find(message => this.#topOf(message) + message.offsetHeight > 0);
  }

  #topOf(element: HTMLElement): number {
    return element.getBoundingClientRect().top - this.#list.getBoundingClientRect().top;
  }
}
