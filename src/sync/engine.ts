import { createSerial, type Serial } from '../lib/serial.ts';
import { within } from '../lib/within.ts';
import { faultOf } from '../model/fault.ts';
import type { EntityPlan } from '../model/selection.ts';
import type { SyncReply, SyncRequest } from '../ports/sync-runner.ts';
import { createAnswers } from './answers.ts';
import { createAside } from './aside.ts';
import { createBrakes } from './brake.ts';
import type { EngineDeps, EngineJob } from './engine-deps.ts';
import { follow } from './follow.ts';
import type { PassTools } from './pass.ts';
import { withPatience } from './patience.ts';
import { createPlanBook, type PlanBook } from './plan-book.ts';
import { createProgressBoard, type ProgressBoard } from './progress-board.ts';
import { createReaderSlots } from './reader-slots.ts';
import { createRefreshQueue } from './refresh-queue.ts';
import { createWaiting } from './waiting.ts';

export interface Engine {
  /**
   * Copies what has not been copied, then follows the changes until `signal` is aborted or a fault needs a
   * person, which is sent as `stopped`. Resolves when nothing is at work any more; never rejects.
   */
  run(job: EngineJob, signal: AbortSignal): Promise<void>;
  /** Null: it does not run, or does not come so far. Right after its start it is waited for. */
  ask(request: SyncRequest): Promise<SyncReply | null>;
}

/** Whoever asks right after a start waits for so long at most, in milliseconds. */
const beginsWithin = 10_000;

export function createEngine(deps: EngineDeps): Engine {
  let answers: ReturnType<typeof createAnswers> | null = null;
  let beginning: PromiseWithResolvers<void> | null = null;
  return {
    async ask(request) {
      if (!answers && beginning) await within(beginning.promise, deps.clock, beginsWithin).catch(() => {});
      return answers ? await answers.ask(request) : null;
    },
    async run(job, signal) {
      beginning = Promise.withResolvers();
      const ending = new AbortController();
      let counted: Promise<void> | null = null;
      try {
        const board = createBoard(deps, job);
        const book = createPlanBook(deps, job, board);
        const tools = createTools(deps, board, book);
        await prepare(deps, job, tools, signal);
        if (signal.aborted) return;
        const either = AbortSignal.any([signal, ending.signal]);
        counted = countTotals(deps, book.plans(), board, either);
        answers = createAnswers(deps, tools, either);
        beginning.resolve();
        await follow(deps, job, tools, signal);
      } catch (error) {
        const fault = faultOf(error, deps.clock.now());
        deps.log.error('sync stopped', { code: fault.code, error });
        deps.emit({ kind: 'stopped', fault });
      } finally {
        ending.abort();
        await answers?.settled();
        answers = null;
        beginning.resolve();
        await counted;
      }
    },
  };
}

function createTools(deps: EngineDeps, board: ProgressBoard, book: PlanBook): PassTools {
  const turns = new Map<string, Serial>();
  return {
    board,
    book,
    links: new Map(),
    brakes: createBrakes(deps, board.conditions),
    slots: createReaderSlots(deps.source, deps.isBusy),
    refreshes: createRefreshQueue(deps.destination),
    aside: createAside(),
    turnOf(entity) {
      const turn = turns.get(entity) ?? createSerial();
      turns.set(entity, turn);
      return turn;
    },
  };
}

function createBoard(deps: EngineDeps, job: EngineJob): ProgressBoard {
  const { destination, clock, log, emit } = deps;
  const board = createProgressBoard({
    clock,
    startedAt: job.startedAt,
    entities: job.entities,
    tallies: () => destination.tallies(),
    lastCycle: () => destination.lastCycle(),
    refreshes: async () =>
      (await destination.refreshes()).map(({ next: _next, isReread: _isReread, ...refresh }) => refresh),
    emit: (progress) => emit({ kind: 'progress', progress }),
  });
  deps.onHold?.((reason) => {
    board.setWaiting('dynamics', reason && faultOf(reason, clock.now()));
    board.send().catch((error: unknown) => log.warn('progress could not be read', { error }));
  });
  return board;
}

/** An unreachable Dynamics, or a destination that is locked, is waited for. */
async function prepare(
  deps: EngineDeps,
  { entities }: EngineJob,
  { book, board, brakes }: PassTools,
  signal: AbortSignal,
): Promise<void> {
  const { clock, log } = deps;
  const options = { clock, signal, ...createWaiting(deps, board, 'start') };
  await withPatience(options, () => book.renew(signal));
  await withPatience(options, () => brakes.restore(entities));
  if (!signal.aborted) log.info('sync started', { entities: book.plans().map(({ entity }) => entity) });
}

/** Totals are for the progress only: without them there is no percentage, and no other harm. Never rejects. */
async function countTotals(
  { countRows, log }: EngineDeps,
  plans: readonly EntityPlan[],
  board: ProgressBoard,
  signal: AbortSignal,
): Promise<void> {
  try {
    board.setTotals(await countRows(plans, signal));
    await board.send();
  } catch (error) {
    if (!signal.aborted) log.warn('rows could not be counted', { error });
  }
}
