import { createSerial } from '../lib/serial.ts';
import type { HeldDeletes } from '../ports/destination.ts';
import type { Conditions } from './conditions.ts';
import type { DeletesHeld } from './deletes-held.ts';
import type { EngineDeps } from './engine-deps.ts';
import { createHolds } from './holds.ts';

type Deps = Pick<EngineDeps, 'log' | 'clock' | 'destination'>;

/**
 * What is held back, and the word, as the destination has it. There it goes with the transaction that settles it, so
 * that no word is left for others later. @param more so many may come on top of what was said to be meant.
 */
export function createHeldBook({ log, clock, destination }: Deps, conditions: Conditions, more: number) {
  const holds = createHolds(clock);
  // A word must not be overwritten by what was counted before it.
  const inTurn = createSerial();
  const heldOf = async (name: string): Promise<HeldDeletes | undefined> =>
    (await destination.held()).find(({ entity }) => entity === name);
  /** How many deletes were said to be meant, if these are no surprise after that; else null. */
  const coveredBy = (held: HeldDeletes | undefined, deletes: number): number | null =>
    held && held.allowed !== null && deletes <= held.allowed + more ? held.allowed : null;
  const show = ({ entity, deletes, rows, since }: HeldDeletes): void => {
    const details = { deletes: String(deletes), rows: String(rows) };
    conditions.raise('deletes-held', entity, details, since);
  };

  return {
    holds,
    isAllowed: async (entity: string, deletes: number): Promise<boolean> =>
      coveredBy(await heldOf(entity), deletes) !== null,
    hold: (entity: string, { deletes, rows, isSweep }: DeletesHeld): Promise<void> =>
      inTurn(async () => {
        log.warn('deletes are held back', { entity, deletes, rows });
        const before = await heldOf(entity);
        const since = before?.since ?? new Date(clock.now()).toISOString();
        const allowed = coveredBy(before, deletes);
        const held = { entity, deletes, rows, since, allowed };
        await destination.saveHeld(held);
        holds.set(entity, isSweep, allowed !== null);
        show(held);
      }),
    /** Takes over what was held back before a restart. @param entities what is to be synced: of others nothing is. */
    async restore(entities: readonly string[]): Promise<void> {
      for (const held of await destination.held()) {
        const { entity, deletes, allowed } = held;
        if (!entities.includes(entity)) {
          await destination.dropHeld(entity);
          continue;
        }
        log.info('deletes are still held back', { entity, deletes, allowed });
        holds.restore(entity, allowed !== null);
        show(held);
      }
    },
    /** The entity is up to date: nothing is held back of it. */
    release(entity: string): void {
      holds.delete(entity);
      conditions.clear('deletes-held', entity);
    },
    /** An admin says that it was meant: kept before anybody is told so. @returns false where nothing is held back. */
    allow: (entity: string): Promise<boolean> =>
      inTurn(async () => {
        if (!(await destination.allowHeld(entity))) return false;
        log.info('held deletes are confirmed', { entity });
        holds.allow(entity);
        return true;
      }),
  };
}
