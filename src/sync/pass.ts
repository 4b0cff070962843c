import type { Serial } from '../lib/serial.ts';
import type { Cycle } from '../model/progress.ts';
import type { EntityPlan } from '../model/selection.ts';
import type { Destination } from '../ports/destination.ts';
import { type Aside, asideFrom } from './aside.ts';
import type { Attempt } from './attempts.ts';
import type { Brakes } from './brake.ts';
import { DeletesHeld } from './deletes-held.ts';
import type { EngineDeps } from './engine-deps.ts';
import type { EntityContext } from './entity-context.ts';
import { bringUpToNow } from './entity-sync.ts';
import { retryDue } from './failed-rows.ts';
import { createPageMapper, type MappedPage } from './map.ts';
import { createPagePacker } from './pack.ts';
import { defaultLimits } from './page-group.ts';
import type { PlanBook } from './plan-book.ts';
import type { ProgressBoard } from './progress-board.ts';
import type { ReaderSlots } from './reader-slots.ts';
import type { RefreshQueue } from './refresh-queue.ts';
import { sideBySide } from './side-by-side.ts';

/** Entities that are read at the same time. */
const entitiesAtOnce = 5;

/** What the passes of one run share. */
export interface PassTools {
  board: ProgressBoard;
  brakes: Brakes;
  book: PlanBook;
  /** One thing after the other on an entity. */
  turnOf: (entity: string) => Serial;
  /** Where the changes of each entity go on, as last stored by this run; only where the copy is done. */
  links: Map<string, string>;
  slots: ReaderSlots;
  refreshes: RefreshQueue;
  aside: Aside;
}

/** Brings every entity up to now, side by side: one that has to wait does not hold up the others. */
export async function runPass(
  deps: EngineDeps,
  entities: readonly string[],
  tools: PassTools,
  attempt: Attempt,
  signal: AbortSignal,
): Promise<Cycle> {
  const { clock } = deps;
  const { board, brakes, book } = tools;
  const startedAt = new Date(clock.now()).toISOString();
  const sum = { changed: 0, deleted: 0 };
  await sideBySide(entities, entitiesAtOnce, signal, async (entity, either) => {
    let isLeft = false;
    await attempt(entity, either, async (achieved) => {
      brakes.holds.begin(entity);
      const onStored: EntityContext['onStored'] = async ({ changed, deleted, advanced }) => {
        sum.changed += changed;
        sum.deleted += deleted;
        if (advanced) achieved();
        await board.tick();
      };
      const work = async () => {
        isLeft = (await bringByPlan(deps, tools, entity, onStored, either)) === 'left';
      };
      const isUpToDate = await unlessHeld(tools, entity, work);
      if (either.aborted) return;
      await tools.refreshes.look(entity);
      if (!isUpToDate || isLeft) return;
      const plan = book.planOf(entity);
      // Of a table that is gone nothing is settled.
      if (plan) {
        brakes.release(entity);
        await retryDue(createContext(deps, tools, plan, onStored), either);
      }
      // Not a tick: while the others stall, nothing else would say that this one is done.
      if (board.setUpToDate(entity)) await board.send();
    });
    if (isLeft && !either.aborted) tools.aside.leave(entity);
  });
  return { startedAt, endedAt: new Date(clock.now()).toISOString(), ...sum };
}

/** @returns false where deletes are held back: that is no fault, and no try mends it. */
async function unlessHeld(
  { board, brakes }: PassTools,
  entity: string,
  work: () => Promise<void>,
): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof DeletesHeld)) throw error;
    await brakes.hold(entity, error);
    await board.send();
    return false;
  }
}

/** Goes on with a new plan where the schema changes in Dynamics meanwhile, and ends where the entity is gone. */
async function bringByPlan(
  deps: EngineDeps,
  tools: PassTools,
  entity: string,
  onStored: EntityContext['onStored'],
  signal: AbortSignal,
): Promise<'left' | undefined> {
  const { book } = tools;
  for (let plan = book.planOf(entity); plan && !signal.aborted; ) {
    try {
      const end = await bringUpToNow(createContext(deps, tools, plan, onStored), signal);
      if (end === 'left') return end;
    } catch (error) {
      // What fetches fields beside this may have found the plan outdated, too.
      if (book.planOf(entity) === plan && !(await book.explains(error, plan, signal))) throw error;
    }
    const now = book.planOf(entity);
    if (now === plan) return;
    plan = now;
  }
}

export function createContext(
  deps: EngineDeps,
  { board, book, brakes, slots, turnOf, links, aside }: PassTools,
  plan: EntityPlan,
  onStored: EntityContext['onStored'],
): EntityContext {
  const { source, clock, log, limits = defaultLimits } = deps;
  const { entity } = plan;
  /** Values that are not of the field's type: perhaps it has another one now. */
  const watched = <R, P extends Pick<MappedPage, 'failures'>>(work: (rows: R) => P) => {
    return (rows: R): P => {
      const page = work(rows);
      if (page.failures.some(({ code }) => code === 'row-malformed')) book.suspect();
      return page;
    };
  };
  const brake = brakes.brakeOf(plan);
  const destination = noting(brakes.guard(plan), links);
  return {
    source,
    destination,
    clock,
    log,
    limits,
    plan,
    mapPage: watched(createPageMapper(plan)),
    packPage: watched(createPagePacker(plan)),
    brake,
    inTurn: turnOf(entity),
    isOutdated: (signal) => book.renewOne(plan, signal),
    async leaves({ phase }) {
      if (phase !== 'rereading' || !aside.mayLeave(entity)) return false;
      const tally = (await destination.tallies()).find((one) => one.entity === entity);
      return (tally?.stored ?? 0) >= (deps.asideFrom ?? asideFrom);
    },
    noteReread(reason) {
      const { conditions } = board;
      const isKnown = conditions.list().some((one) => one.kind === 'rereading' && one.entity === entity);
      if (reason === null) conditions.clear('rereading', entity);
      else if (reason !== 'unknown' || !isKnown) conditions.raise('rereading', entity, { reason });
    },
    slots,
    onStored,
  };
}

function noting(destination: Destination, links: Map<string, string>): Destination {
  return {
    ...destination,
    async commit(plan, batch) {
      await destination.commit(plan, batch);
      const { checkpoint } = batch;
      if (checkpoint?.phase === 'current' && checkpoint.link) links.set(plan.entity, checkpoint.link);
      else if (checkpoint) links.delete(plan.entity);
    },
  };
}
