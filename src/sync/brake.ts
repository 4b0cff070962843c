import type { EntityPlan } from '../model/selection.ts';
import type { Batch, Destination } from '../ports/destination.ts';
import type { Conditions } from './conditions.ts';
import { DeletesHeld } from './deletes-held.ts';
import type { EngineDeps } from './engine-deps.ts';
import { createHolds } from './holds.ts';

/** As many are everyday life, and so is this share of a table. */
const mostRows = 1_000;
const mostShare = 0.1;

/** Looks at the deletes of one entity before they are stored. */
export interface Brake {
  /** Null: they may be applied. @param ids of rows deleted in Dynamics. */
  judge(ids: ReadonlySet<string>): Promise<DeletesHeld | null>;
  /** Whether a reread whose end was held back is to begin anew, to see what is there now. True once. */
  takesUpAgain(): boolean;
}

export type Brakes = ReturnType<typeof createBrakes>;

/** Holds back deletes that are so many that somebody has to say first that they were meant. */
export function createBrakes(deps: EngineDeps, conditions: Conditions) {
  const { log, clock, destination } = deps;
  const holds = createHolds(clock);

  const weigh = async (plan: EntityPlan, deletes: number, isSweep: boolean): Promise<DeletesHeld | null> => {
    if (deletes <= mostRows) return null;
    const tally = (await destination.tallies()).find(({ entity }) => entity === plan.entity);
    const rows = tally?.stored ?? 0;
    if (deletes <= rows * mostShare) return null;
    const allowed = holds.allowed(plan.entity);
    // Others that came in the meantime are no surprise, unless they are very many again.
    if (allowed !== null && deletes <= allowed + mostRows) return null;
    return new DeletesHeld(deletes, rows, isSweep);
  };

  return {
    holds,
    brakeOf: (plan: EntityPlan): Brake => ({
      async judge(ids) {
        if (ids.size <= mostRows) return null;
        // Rows that are deleted already, or never came in, do not count.
        return weigh(plan, await destination.countPresent(plan, ids), false);
      },
      takesUpAgain: () => holds.takesUpAgain(plan.entity),
    }),
    /** The same destination, but that the end of a reread or comparison is refused that would delete too much. */
    guard: (plan: EntityPlan): Destination => ({
      ...destination,
      async commit(of, batch) {
        const isReread = batch.reread === 'end';
        if (isReread || batch.compare === 'end') {
          const held = await weigh(plan, await destination.countUnmet(plan, metBy(batch)), isReread);
          if (held) throw held;
        }
        await destination.commit(of, batch);
      },
    }),
    hold(entity: string, held: DeletesHeld): void {
      log.warn('deletes are held back', { entity, deletes: held.deletes, rows: held.rows });
      holds.set(entity, held);
      const details = { deletes: String(held.deletes), rows: String(held.rows) };
      conditions.raise('deletes-held', entity, details);
    },
    /** The entity is up to date: nothing is held back of it. */
    release(entity: string): void {
      holds.delete(entity);
      conditions.clear('deletes-held', entity);
    },
    /** An admin says that it was meant. @returns false where nothing is held back. */
    allow(entity: string): boolean {
      log.info('held deletes are confirmed', { entity });
      return holds.allow(entity);
    },
  };
}

function metBy({ upserts, stale, failures }: Batch): ReadonlySet<string> {
  return new Set([
    ...Array.from(upserts, ({ values }) => String(values[0])),
    ...stale,
    ...failures.map(({ id }) => id),
  ]);
}
