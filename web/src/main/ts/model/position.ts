/** A place in a stream: `<epoch>-<offset>`, sometimes with `~<unique>` behind it, which does not count. */
export interface Position {
  readonly epoch: string;
  readonly offset: number;
}

export function parsePosition(text: string | undefined): Position | undefined {
  const match = /^([a-z0-9]{1,16})-(\d+)(?:~.*)?$/.exec(text ?? '');
  return match ? { epoch: match[1]!, offset: Number(match[2]) } : undefined;
}

export function formatPosition(position: Position): string {
  return `${position.epoch}-${position.offset}`;
}

/** Whether a reader who stands at `position` has everything up to `head`. */
export function hasReached(position: Position | undefined, head: Position | undefined): boolean {
  if (!head || head.offset === 0) return true;
  return position !== undefined && position.epoch === head.epoch && position.offset >= head.offset;
}
