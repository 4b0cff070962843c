import type { Clock } from '../lib/clock.ts';
import type { DeletesHeld } from './deletes-held.ts';

/** What is held back is looked at again this often: the rows may have been restored. */
const lookAgainMs = 60 * 60_000;

interface Hold {
  held: DeletesHeld;
  at: number;
  /** So many deletes were said to be meant. */
  allowed: number | null;
  /** Allowed, and not tried since. */
  isAsked: boolean;
  isLookedAt: boolean;
}

/** What is held back, by entity. Kept in memory only: after a restart the same deletes come, and are held, again. */
export function createHolds(clock: Clock) {
  const holds = new Map<string, Hold>();
  let bell = new AbortController();
  return {
    set(entity: string, held: DeletesHeld): void {
      holds.set(entity, { held, at: clock.now(), allowed: null, isAsked: false, isLookedAt: false });
    },
    delete: (entity: string): void => void holds.delete(entity),
    /** @returns false where nothing is held back. */
    allow(entity: string): boolean {
      const hold = holds.get(entity);
      if (!hold) return false;
      hold.allowed = hold.held.deletes;
      hold.isAsked = true;
      bell.abort();
      bell = new AbortController();
      return true;
    },
    /** How many deletes were said to be meant; null: none. */
    allowed: (entity: string): number | null => holds.get(entity)?.allowed ?? null,
    /** Aborted by the next word of an admin, so that nobody waits who could go on. */
    nextAllowed: (): AbortSignal => bell.signal,
    /** False while the entity is to be left alone. */
    isDue(entity: string): boolean {
      const hold = holds.get(entity);
      return !hold || hold.allowed !== null || Math.abs(clock.now() - hold.at) >= lookAgainMs;
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
      if (!hold?.held.isSweep || hold.allowed !== null || hold.isLookedAt) return false;
      hold.isLookedAt = true;
      return true;
    },
  };
}
