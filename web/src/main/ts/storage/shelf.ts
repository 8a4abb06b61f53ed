import type { Shelf } from '../model/read-marks';

/** `localStorage`; what it does not take, because it is full or forbidden, lives as long as the page. */
export function openShelf(): Shelf {
  const memory = new Map<string, string>();
  return {
    getItem: key => memory.get(key) ?? attempt(() => localStorage.getItem(key)) ?? null,
    setItem(key, value) {
      memory.delete(key);
      if (attempt(() => (localStorage.setItem(key, value), true)) === undefined) memory.set(key, value);
    },
    removeItem(key) {
      memory.delete(key);
      attempt(() => localStorage.removeItem(key));
    },
  };
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
