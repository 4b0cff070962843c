import { toAppError } from '../lib/errors.ts';
import type { Cycle } from '../model/progress.ts';
import { createPatientAttempt, createSingleAttempts, type SingleAttempts } from './attempts.ts';
import type { EngineDeps, EngineJob } from './engine-deps.ts';
import { besideNewcomers, newcomersOf } from './newcomers.ts';
import { type PassTools, runPass } from './pass.ts';
import { mayPass, withPatience } from './patience.ts';
import type { ProgressBoard } from './progress-board.ts';
import { createWaiting } from './waiting.ts';

/**
 * The first pass completes the copy, however long that takes; then a cycle each interval, counted from the end of
 * the one before. In a cycle every entity is tried once: one that fails does not hold up the others. What was added
 * after the initial sync is copied beside the cycles, and takes part in them from then on.
 */
export async function follow(
  deps: EngineDeps,
  job: EngineJob,
  tools: PassTools,
  signal: AbortSignal,
): Promise<void> {
  const { board } = tools;
  const options = { clock: deps.clock, signal, ...createWaiting(deps, board, 'progress') };
  const before = await withPatience(options, () => board.send());
  const newcomers = newcomersOf(job, tools, before);
  const wasCopied =
    newcomers.size > 0 || (before?.entities.every(({ phase }) => phase === 'current') ?? false);
  await besideNewcomers(deps, newcomers, tools, signal, (either) =>
    runCycles(deps, job, { wasCopied, newcomers }, tools, either),
  );
}

interface Followed {
  /** Whether everything was copied before. */
  wasCopied: boolean;
  /** What does not take part yet. */
  newcomers: ReadonlySet<string>;
}

async function runCycles(
  deps: EngineDeps,
  job: EngineJob,
  { wasCopied, newcomers }: Followed,
  tools: PassTools,
  signal: AbortSignal,
): Promise<void> {
  const { clock, log, emit } = deps;
  const { board, brakes } = tools;
  const options = { clock, signal, ...createWaiting(deps, board, 'progress') };
  const report = createReport(deps, job, board, signal);
  const attempts = createSingleAttempts(deps, board);
  // After a restart the first pass is a cycle like any other.
  const attempt = wasCopied ? attempts.attempt : createPatientAttempt(deps, board);
  if (wasCopied) tools.aside.open();
  const first = await runPass(deps, entitiesOf(tools, newcomers), tools, attempt, signal);
  if (signal.aborted) return;
  const end = await withPatience(options, () => board.snapshot());
  if (!end) return;
  const summary = { startedAt: job.startedAt, endedAt: first.endedAt, entities: end.entities };
  log.info('initial sync complete', { again: wasCopied });
  emit({ kind: 'initial-completed', summary });
  await report(wasCopied ? first : null);

  tools.aside.open();
  while (!signal.aborted) {
    const between = await untilNextCycle(deps, job, tools, attempts, signal);
    if (signal.aborted) return;
    board.setCycle(null, null);
    // Only while nothing is at work: plans in use would be replaced.
    if (newcomers.size === 0 && tools.aside.isEmpty()) await lookAtSchema(deps, tools, signal);
    if (signal.aborted) return;
    const due = entitiesOf(tools, newcomers).filter(
      (name) => attempts.isDue(name) && brakes.holds.isDue(name),
    );
    const cycle = await runPass(deps, due, tools, attempts.attempt, signal);
    const changed = cycle.changed + between.changed;
    const deleted = cycle.deleted + between.deleted;
    if (!signal.aborted) await report({ ...cycle, changed, deleted });
  }
}

function entitiesOf({ book, aside }: PassTools, apart: ReadonlySet<string>): string[] {
  return book.plans().flatMap(({ entity }) => (apart.has(entity) || aside.has(entity) ? [] : entity));
}

/** What cannot be read now is looked at before the next cycle: the rows do not wait for it. */
async function lookAtSchema({ log }: EngineDeps, { book }: PassTools, signal: AbortSignal): Promise<void> {
  try {
    await book.lookAgain(signal);
  } catch (error) {
    if (signal.aborted) return;
    if (!mayPass(toAppError(error))) throw error;
    log.warn('the schema could not be looked at', { error });
  }
}

/** Says how a cycle went, and when the next one comes; null: there was none yet. */
function createReport(
  { clock, destination, emit, log }: EngineDeps,
  { intervalSeconds }: EngineJob,
  board: ProgressBoard,
  signal: AbortSignal,
): (cycle: Cycle | null) => Promise<void> {
  const options = { clock, signal, ...createWaiting({ log }, board, 'progress') };
  return async (cycle) => {
    if (cycle) await withPatience(options, () => destination.saveCycle(cycle));
    if (signal.aborted) return;
    board.setCycle(cycle, new Date(clock.now() + intervalSeconds * 1000).toISOString());
    const progress = await withPatience(options, () => board.snapshot());
    if (cycle && progress) emit({ kind: 'cycle-completed', cycle, progress });
    else if (progress) emit({ kind: 'progress', progress });
  };
}

/**
 * Waits for the interval to pass. What failed, and what was confirmed, is tried again meanwhile; @returns what that
 * has brought in.
 */
async function untilNextCycle(
  deps: EngineDeps,
  { entities, intervalSeconds }: EngineJob,
  tools: PassTools,
  attempts: SingleAttempts,
  signal: AbortSignal,
): Promise<Pick<Cycle, 'changed' | 'deleted'>> {
  const { clock } = deps;
  const { brakes } = tools;
  const sum = { changed: 0, deleted: 0 };
  const isDue = (entity: string): boolean =>
    !tools.aside.has(entity) &&
    (brakes.holds.isAsked(entity) || (attempts.isWaiting(entity) && attempts.isDue(entity)));
  for (let left = intervalSeconds * 1000; left > 0 && !signal.aborted; ) {
    const isAsked = entities.some((entity) => brakes.holds.isAsked(entity) && !tools.aside.has(entity));
    const length = isAsked ? 0 : Math.min(left, attempts.nextDue());
    const since = clock.now();
    const called = brakes.holds.nextAllowed();
    if (!isAsked) await clock.sleep(length, AbortSignal.any([signal, called]));
    // Of the job: one that is gone meanwhile must not be due for ever.
    const due = entities.filter(isDue);
    if (left > length && due.length > 0 && !signal.aborted) {
      const { changed, deleted } = await runPass(deps, due, tools, attempts.attempt, signal);
      sum.changed += changed;
      sum.deleted += deleted;
    }
    left -= Math.max(called.aborted ? 0 : length, Math.abs(clock.now() - since));
  }
  return sum;
}
