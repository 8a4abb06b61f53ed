/** A stored chat message, as the wire brings it. */
export interface TalkMessage {
  readonly roomId: string;
  readonly type: 'TALK';
  readonly sender: string;
  readonly message: string;
  readonly id: string;
  readonly offset: number;
  readonly sentAt: string;
  readonly clientMessageId?: string;
}

export interface Room {
  readonly id: string;
  readonly name: string;
  readonly head: number;
  readonly people: number;
  readonly lastMessageAt: string | null;
  readonly createdAt: string;
}

export interface Page {
  readonly messages: readonly TalkMessage[];
  readonly more: { readonly before: boolean; readonly after: boolean };
}

/** What stands in a room's event stream; a kind that this page does not know is skipped. */
export interface RoomEvent {
  readonly seq: number;
  readonly kind: string;
  readonly actor: string;
  readonly at: string;
  readonly message?: TalkMessage;
}

export type PresenceEvent =
  | { readonly kind: 'snapshot'; readonly version: number; readonly people: readonly string[] }
  | { readonly kind: 'joined' | 'left'; readonly version: number; readonly person: string };

export interface RoomsEvent {
  readonly kind: 'created' | 'changed';
  readonly room: Room;
}

/** Why something was refused, as far as the server says. */
export interface Failure {
  readonly code: number;
  readonly detail: string;
}
