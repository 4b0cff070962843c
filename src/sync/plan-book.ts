import { AppError } from '../lib/errors.ts';
import { filterField } from '../model/entity.ts';
import type { ColumnPlan, EntityPlan } from '../model/selection.ts';
import type { EngineDeps, EngineJob } from './engine-deps.ts';
import { createPlanShelf } from './plan-shelf.ts';
import type { ProgressBoard } from './progress-board.ts';
import { holdTypes } from './type-holds.ts';

/** What a request may be answered with whose table or columns are not there any more. */
const evidence = ['entity-unknown', 'field-unknown', 'request-refused', 'not-dynamics'];

/** How often it is looked, at most, whether what is gone has come back. */
const lookEveryMs = 5 * 60_000;
/** The same, whether a table that is not tracked is tracked now. */
const trackingEveryMs = 60 * 60_000;

/**
 * What is synced at present: what was chosen, as far as Dynamics has it. Raises on the board what is gone, for as
 * long as it is.
 */
export interface PlanBook {
  /** In the order of the job. */
  plans(): readonly EntityPlan[];
  /** Null: it is not there any more. */
  planOf(entity: string): EntityPlan | null;
  /** Plans everything by what exists now. Nothing may be at work: plans in use are replaced. */
  renew(signal: AbortSignal): Promise<void>;
  /** The same for the one entity of a plan in use. @returns whether that plan is the present one no longer. */
  renewOne(plan: EntityPlan, signal: AbortSignal): Promise<boolean>;
  /**
   * Whether a fault is there because the plan is not up to date: then the work goes on with the new one.
   * A column that is refused although it is said to exist is left out as well.
   */
  explains(error: unknown, plan: EntityPlan, signal: AbortSignal): Promise<boolean>;
  /** Something hints that the schema has changed: `lookAgain` will look. */
  suspect(): void;
  /** Renews where something is gone, not tracked or suspected, and nobody has looked for a while. */
  lookAgain(signal: AbortSignal): Promise<void>;
}

export function createPlanBook(deps: EngineDeps, job: EngineJob, board: ProgressBoard): PlanBook {
  const { clock, log } = deps;
  const shelf = createPlanShelf(deps, job, board);
  const refused = new Map<string, Set<string>>();
  const looks = createLooks(clock, shelf);

  const read = async (signal: AbortSignal): Promise<Map<string, EntityPlan>> => {
    const there = await deps.readPlans(signal);
    const plans = holdTypes(there, await deps.destination.fields(), job.selectedAt ?? '');
    looks.note();
    return new Map(plans.map((plan) => [plan.entity, without(plan, refused.get(plan.entity))]));
  };
  const book: PlanBook = {
    plans: shelf.plans,
    planOf: (entity) => shelf.planOf(entity) ?? null,
    async renew(signal) {
      const found = await read(signal);
      await shelf.adopt((next) => {
        next.clear();
        // What has not changed stays the same object: it is by this that one knows.
        for (const [entity, plan] of found) next.set(entity, orSame(shelf.planOf(entity), plan));
      });
      looks.settle();
    },
    async renewOne(plan, signal) {
      const { entity } = plan;
      if (book.planOf(entity) !== plan) return true;
      const found = (await read(signal)).get(entity);
      if (found && orSame(plan, found) === plan) return false;
      log.warn('the schema has changed in Dynamics, it is planned anew', { entity, there: Boolean(found) });
      await shelf.adopt((next) => {
        if (found) next.set(entity, found);
        else next.delete(entity);
      });
      return true;
    },
    async explains(error, plan, signal) {
      if (signal.aborted || !isEvidence(error)) return false;
      if (await book.renewOne(plan, signal)) return true;
      const column = refusedColumn(error, plan);
      if (!column) return false;
      refused.set(plan.entity, new Set([...(refused.get(plan.entity) ?? []), column.name]));
      return await book.renewOne(plan, signal);
    },
    suspect: looks.suspect,
    async lookAgain(signal) {
      if (looks.isDue()) await book.renew(signal);
    },
  };
  return book;
}

/** When the schemas are to be read again. */
function createLooks(clock: EngineDeps['clock'], shelf: ReturnType<typeof createPlanShelf>) {
  let suspected = false;
  let at = Number.NEGATIVE_INFINITY;
  let suspectedAt = Number.NEGATIVE_INFINITY;
  // Whichever way the clock was set meanwhile.
  const hasPassed = (since: number, ms: number): boolean => Math.abs(clock.now() - since) >= ms;
  return {
    note: (): void => {
      at = clock.now();
    },
    suspect: (): void => {
      suspected = true;
    },
    settle: (): void => {
      suspected = false;
    },
    isDue(): boolean {
      // The first time at once: rows fail meanwhile.
      if (suspected && hasPassed(suspectedAt, lookEveryMs)) {
        suspectedAt = clock.now();
        return true;
      }
      if (shelf.isIncomplete()) return hasPassed(at, lookEveryMs);
      const isUntracked = shelf.plans().some(({ changeTracking }) => !changeTracking);
      return isUntracked && hasPassed(at, trackingEveryMs);
    },
  };
}

/** A page that comes as if all were well, and one that leads elsewhere, are of somebody who knows no tables. */
function isEvidence(error: unknown): error is AppError {
  if (!(error instanceof AppError) || !evidence.includes(error.code)) return false;
  return error.code !== 'not-dynamics' || /^HTTP 4/.test(error.details.original ?? '');
}

/** The column that a refusal names. Without the key, or the filter's, nothing could go on. */
function refusedColumn({ code, details }: AppError, plan: EntityPlan): ColumnPlan | undefined {
  if (code !== 'field-unknown') return undefined;
  return plan.columns.find(
    ({ name, select }) =>
      [name, select].includes(details.field ?? '') &&
      name !== plan.primaryId &&
      !(plan.filter && name === filterField),
  );
}

function without(plan: EntityPlan, names: ReadonlySet<string> | undefined): EntityPlan {
  if (!names) return plan;
  return { ...plan, columns: plan.columns.filter(({ name }) => !names.has(name)) };
}

/** @param before taken where it asks for the same. */
function orSame(before: EntityPlan | undefined, plan: EntityPlan): EntityPlan {
  const wanted = (one: EntityPlan): string => JSON.stringify({ ...one, gone: null });
  return before && wanted(before) === wanted(plan) ? before : plan;
}
