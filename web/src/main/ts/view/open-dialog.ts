export type DialogName = 'jump' | 'new-room' | 'people' | 'keys' | 'settings';

/** Asks the page to open one of its dialogs. */
export function openDialog(from: HTMLElement, name: DialogName): void {
  from.dispatchEvent(new CustomEvent<DialogName>('open-dialog', { bubbles: true, detail: name }));
}
