import type { Exclusively } from '../model/outbox';
import type { Signals } from './connection';

/** When the network comes back or somebody looks at the tab again. */
export function browserSignals(): Signals {
  let hiddenAt: number | undefined;
  return {
    onWake(wake) {
      addEventListener('online', () => wake(Infinity));
      document.addEventListener('visibilitychange', () => {
        if (document.hidden) {
          hiddenAt = Date.now();
        } else {
          wake(hiddenAt === undefined ? 0 : Date.now() - hiddenAt);
          hiddenAt = undefined;
        }
      });
    },
  };
}

/** Web Locks where the browser has them; elsewhere the server's memory of client message ids alone prevents doubles. */
export const exclusively: Exclusively = async (name, task) => {
  if (navigator.locks) await navigator.locks.request(name, task);
  else await task();
};

export function brokerUrl(location: Location): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`;
}
