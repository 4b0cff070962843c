/** A table with more rows takes longer to read than the others should wait for. */
export const asideFrom = 20_000;

/** Large tables that have to be read again: the cycles of the others leave them to be read beside. */
export type Aside = ReturnType<typeof createAside>;

export function createAside() {
  const waiting: string[] = [];
  const all = new Set<string>();
  let isOpen = false;
  let bell = Promise.withResolvers<void>();
  return {
    /** From now on: before, everybody waits for everything. */
    open(): void {
      isOpen = true;
    },
    mayLeave: (entity: string): boolean => isOpen && !all.has(entity),
    /** Until it is done the cycles do without it. */
    leave(entity: string): void {
      all.add(entity);
      waiting.push(entity);
      bell.resolve();
      bell = Promise.withResolvers();
    },
    has: (entity: string): boolean => all.has(entity),
    isEmpty: (): boolean => all.size === 0,
    /** The next one, which is then at work; null when aborted. */
    async take(signal: AbortSignal): Promise<string | null> {
      const aborted = new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      while (!signal.aborted) {
        const next = waiting.shift();
        if (next !== undefined) return next;
        await Promise.race([bell.promise, aborted]);
      }
      return null;
    },
    done(entity: string): void {
      all.delete(entity);
    },
  };
}
