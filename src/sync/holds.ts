import type { Clock } from '../lib/clock.ts';

/** What is held back is looked at again this often: the rows may have been restored. */
const lookAgainMs = 60 * 60_000;

interface Hold {
  /** They are what a reread did not meet. */
  isSweep: boolean;
  /** When it was looked at, by this run. */
  at: number;
  isAllowed: boolean;
  /** Allowed, and not tried since. */
  isAsked: boolean;
  isLookedAt: boolean;
}

/** When what is held back is tried again, by entity. How much it is, and what was allowed, is in the destination. */
export function createHolds(clock: Clock) {
  const holds = new Map<string, Hold>();
  let bell = new AbortController();
  return {
    /** Held back by this run. @param isAllowed the word came while it was being looked at. */
    set(entity: string, isSweep: boolean, isAllowed: boolean): void {
      holds.set(entity, { isSweep, at: clock.now(), isAllowed, isAsked: isAllowed, isLookedAt: false });
    },
    /** Held back by a run of before: due at once, and a reread goes on where it was. */
    restore(entity: string, isAllowed: boolean): void {
      const at = Number.NEGATIVE_INFINITY;
      holds.set(entity, { isSweep: false, at, isAllowed, isAsked: isAllowed, isLookedAt: false });
    },
    delete: (entity: string): void => void holds.delete(entity),
    allow(entity: string): void {
      const hold = holds.get(entity);
      if (!hold) return;
      hold.isAllowed = true;
      hold.isAsked = true;
      bell.abort();
      bell = new AbortController();
    },
    /** Aborted by the next word of an admin, so that nobody waits who could go on. */
    nextAllowed: (): AbortSignal => bell.signal,
    /** False while the entity is to be left alone. */
    isDue(entity: string): boolean {
      const hold = holds.get(entity);
      return !hold || hold.isAllowed || Math.abs(clock.now() - hold.at) >= lookAgainMs;
    },
    /** Whether an admin has given the word, and it was not tried since. */
    isAsked: (entity: string): boolean => holds.get(entity)?.isAsked ?? false,
    /** The entity is tried now. */
    begin(entity: string): void {
      const hold = holds.get(entity);
      if (hold) hold.isAsked = false;
    },
    /** Whether a reread whose end was held back is to begin anew, to see what is there now. True once. */
    takesUpAgain(entity: string): boolean {
      const hold = holds.get(entity);
      if (!hold?.isSweep || hold.isAllowed || hold.isLookedAt) return false;
      hold.isLookedAt = true;
      return true;
    },
  };
}
