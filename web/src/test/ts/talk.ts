import type { Page, TalkMessage } from '../../main/ts/model/message';

/** A stored message with this offset. */
export function talk(offset: number, fields: Partial<TalkMessage> = {}): TalkMessage {
  return {
    roomId: 'lobby', type: 'TALK', sender: 'Jane', message: `text ${offset}`, id: `id ${offset}`, offset,
    sentAt: new Date(Date.UTC(2026, 10, 22, 12) + offset * 1_000).toISOString(), ...fields,
  };
}

/** Messages with the offsets `from` to `to`, both included. */
export function talks(from: number, to: number): TalkMessage[] {
  return Array.from({ length: to - from + 1 }, (_, index) => talk(from + index));
}

export function page(from: number, to: number, before = from > 1, after = false): Page {
  return { messages: talks(from, to), more: { before, after } };
}

export function offsets(messages: readonly TalkMessage[]): number[] {
  return messages.map(message => message.offset);
}
