const SHORTEST = 150;
const QUICK = 1_500;
const LONGEST = 10_000;
const PART = 20;

/** The longest that a server can ask anybody to stay away. */
const LONGEST_HINT = 60_000;

/** What a server that closes a connection says of when to come back, in milliseconds. */
export function comeBackHint(reason: string): number | undefined {
  const hint = /\breconnect-delay=(\d{1,9})\b/.exec(reason);
  return hint ? Math.min(LONGEST_HINT, Number(hint[1])) : undefined;
}

/**
 * How long to wait before the next try: anything, so that thousands do not come back in one moment, up to a twentieth
 * of the time that it did not work. So the way back is found soon after a restart, and a long outage is not hammered on.
 */
export function retryDelay(brokenFor: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST, Math.max(QUICK, brokenFor / PART));
  return SHORTEST + random() * (ceiling - SHORTEST);
}
