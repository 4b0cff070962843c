import type { Destination } from '../ports/destination.ts';
import { isToBeFilled } from './refresh.ts';

/** Entities of which fields are to be fetched for the rows that are there. */
export type RefreshQueue = ReturnType<typeof createRefreshQueue>;

export function createRefreshQueue(destination: Pick<Destination, 'refreshes'>) {
  const waiting = new Set<string>();
  const atWork = new Set<string>();
  let bell = Promise.withResolvers<void>();
  return {
    /** Called when an entity has been brought up to now: fields that have come are among its changes from then on. */
    async look(name: string): Promise<void> {
      const refreshes = await destination.refreshes();
      if (!refreshes.some((one) => one.entity === name && isToBeFilled(one))) return;
      waiting.add(name);
      bell.resolve();
      bell = Promise.withResolvers();
    },
    /** The next one that nobody works on, which is then at work; null when aborted. */
    async take(signal: AbortSignal): Promise<string | null> {
      const aborted = new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      while (!signal.aborted) {
        const next = [...waiting].find((name) => !atWork.has(name));
        if (next !== undefined) {
          waiting.delete(next);
          atWork.add(next);
          return next;
        }
        await Promise.race([bell.promise, aborted]);
      }
      return null;
    },
    done(name: string): void {
      atWork.delete(name);
    },
  };
}
