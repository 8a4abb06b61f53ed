import type { TalkMessage } from './message';

/** Both in one, ordered by offset, each offset once; where both have it, the later list's stays. */
export function mergeByOffset(older: readonly TalkMessage[], newer: readonly TalkMessage[]): readonly TalkMessage[] {
  if (newer.length === 0) return older;
  const last = older.at(-1);
  if (last && newer.length === 1 && newer[0]!.offset > last.offset) return [...older, newer[0]!];
  const byOffset = new Map<number, TalkMessage>();
  for (const message of older) byOffset.set(message.offset, message);
  for (const message of newer) byOffset.set(message.offset, message);
  return [...byOffset.values()].sort((a, b) => a.offset - b.offset);
}
