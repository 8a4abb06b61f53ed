const SHORTEST = 300;
const LONGEST = 10_000;

/** How long to wait before the next try: doubling, with jitter, so that thousands do not come back in one moment. */
export function retryDelay(failures: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST, SHORTEST * 2 ** Math.min(failures + 1, 10));
  return SHORTEST / 2 + random() * (ceiling - SHORTEST / 2);
}
