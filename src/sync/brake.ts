import { readWindow } from '../model/modified-window.ts';
import type { EntityPlan } from '../model/selection.ts';
import type { Batch, Destination } from '../ports/destination.ts';
import type { Conditions } from './conditions.ts';
import { DeletesHeld } from './deletes-held.ts';
import type { EngineDeps } from './engine-deps.ts';
import { createHeldBook } from './held-book.ts';

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
  const { destination } = deps;
  // Others that came in the meantime are no surprise, unless they are very many again.
  const book = createHeldBook(deps, conditions, mostRows);

  const weigh = async (plan: EntityPlan, deletes: number, isSweep: boolean): Promise<DeletesHeld | null> => {
    if (deletes <= mostRows) return null;
    const tally = (await destination.tallies()).find(({ entity }) => entity === plan.entity);
    const rows = tally?.stored ?? 0;
    if (deletes <= rows * mostShare) return null;
    if (await book.isAllowed(plan.entity, deletes)) return null;
    return new DeletesHeld(deletes, rows, isSweep);
  };

  return {
    ...book,
    brakeOf: (plan: EntityPlan): Brake => ({
      async judge(ids) {
        if (ids.size <= mostRows) return null;
        // Rows that are deleted already, or never came in, do not count.
        return weigh(plan, await destination.countPresent(plan, ids), false);
      },
      takesUpAgain: () => book.holds.takesUpAgain(plan.entity),
    }),
    /**
     * The same destination, but that the end of a reread or comparison is refused that would delete too much; and what
     * is held back is forgotten with the batch after which nothing is.
     */
    guard: (plan: EntityPlan): Destination => ({
      ...destination,
      async commit(of, batch) {
        const isReread = batch.reread === 'end';
        if (isReread || batch.compare === 'end') {
          const held = await weigh(plan, await destination.countUnmet(plan, metBy(batch)), isReread);
          if (held) throw held;
        }
        await destination.commit(of, settles(batch) ? { ...batch, settlesHeld: true } : batch);
      },
    }),
  };
}

/** Changes have no deletes in them where a table is followed by `modifiedon`: those are found by comparison. */
function settles({ reread, compare, followed, checkpoint }: Batch): boolean {
  if (reread === 'end' || compare === 'end') return true;
  return Boolean(followed && checkpoint?.link && !readWindow(checkpoint.link));
}

function metBy({ upserts, stale, failures }: Batch): ReadonlySet<string> {
  return new Set([
    ...Array.from(upserts, ({ values }) => String(values[0])),
    ...stale,
    ...failures.map(({ id }) => id),
  ]);
}
