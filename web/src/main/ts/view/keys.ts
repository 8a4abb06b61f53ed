const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

export function jumpKey(): string {
  return isMac() ? '⌘ K' : 'Ctrl K';
}

export function isJump(event: KeyboardEvent): boolean {
  const control = isMac() ? event.metaKey : event.ctrlKey;
  return control && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k';
}

/** Windows names a key that the input method takes `Process`; which one it was stands in `code`. */
export function isEnter(event: KeyboardEvent): boolean {
  return event.key === 'Enter' || (event.keyCode === 229 && /^(Numpad)?Enter$/.test(event.code));
}

/** `?` outside of anything that is written in. */
export function isHelp(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement;
  return event.key === '?' && !event.isComposing && !target.matches('input, textarea, select');
}

const REGIONS = ['rooms', 'messages', 'composer'];
const FIRST_STOPS = ['[aria-current=page]', '.msg[tabindex="0"]', 'textarea', 'a', 'button'];

/** Moves the focus to the next part of the page, in a circle. */
export function nextRegion(page: ParentNode, step: 1 | -1): void {
  const regions = REGIONS.map(name => page.querySelector<HTMLElement>(`[data-region=${name}]`))
    .filter(region => region !== null && region.checkVisibility({ visibilityProperty: true })) as HTMLElement[];
  const at = regions.findIndex(region => region.contains(document.activeElement));
  const start = at < 0 && step < 0 ? 0 : at;
  const region = regions[(start + step + regions.length) % regions.length];
  FIRST_STOPS.map(stop => region?.querySelector<HTMLElement>(stop)).find(Boolean)?.focus();
}
