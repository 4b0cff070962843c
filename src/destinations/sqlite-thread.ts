import { Worker } from 'node:worker_threads';
import { AppError } from '../lib/errors.ts';
import { buffersOf, isPacked } from '../model/packed-rows.ts';
import type { EntityPlan } from '../model/selection.ts';
import type { UpsertRows } from '../model/upsert-row.ts';
import type { Batch, Destination } from '../ports/destination.ts';
import type { SqliteOptions } from './sqlite-file.ts';
import type { BatchMessage, NumberedPlan, RowsMessage, WriterAnswer, WriterCall } from './sqlite-messages.ts';

/**
 * The marketing database, written in a thread of its own: whoever reads and converts rows does not wait while those
 * before are stored. When that thread falls over, so does the one it belongs to: what was in hand is lost to both.
 */
export function openSqliteInThread(options: SqliteOptions): Destination {
  const { call, end } = startThread(options);
  const numbers = createPlanNumbers();
  return {
    prepare: (organizationId, plans, retryMs) =>
      call('prepare', [organizationId, plans.map(numbers.give), retryMs]),
    check: (organizationId) => call('check', [organizationId]),
    fields: () => call('fields'),
    refreshes: () => call('refreshes'),
    checkpoint: (entity) => call('checkpoint', [entity]),
    commit: (plan, batch) => {
      const { message, parts } = toMessage(batch);
      return call('commit', [numbers.of(plan), message], parts);
    },
    comparedAt: (entity) => call('comparedAt', [entity]),
    findDiffering: (plan, versions) => call('findDiffering', [numbers.of(plan), versions]),
    countPresent: (plan, ids) => call('countPresent', [numbers.of(plan), ids]),
    countUnmet: (plan, ids) => call('countUnmet', [numbers.of(plan), ids]),
    tallies: () => call('tallies'),
    failures: () => call('failures'),
    failedRows: (of, offset, limit) => call('failedRows', [of, offset, limit]),
    activity: (since) => call('activity', [since]),
    saveCycle: (cycle) => call('saveCycle', [cycle]),
    lastCycle: () => call('lastCycle'),
    held: () => call('held'),
    saveHeld: (held) => call('saveHeld', [held]),
    allowHeld: (entity) => call('allowHeld', [entity]),
    dropHeld: (entity) => call('dropHeld', [entity]),
    close: end,
  };
}

type Call = <M extends keyof Destination>(
  method: M,
  args?: readonly unknown[],
  /** Handed over, and gone from here. */
  parts?: readonly ArrayBuffer[],
) => Promise<Awaited<ReturnType<Destination[M]>>>;

function startThread(options: SqliteOptions): { call: Call; end: () => Promise<void> } {
  const worker = new Worker(new URL('./sqlite-worker.ts', import.meta.url), {
    workerData: options,
    name: 'destination',
  });
  const waiting: PromiseWithResolvers<unknown>[] = [];
  let ended: Promise<unknown> | null = null;
  worker.on('message', (answer: WriterAnswer) => {
    const call = waiting.shift();
    if (answer.kind === 'done') call?.resolve(answer.value);
    else call?.reject(errorOf(answer));
  });
  worker.on('error', (error) => {
    throw error;
  });
  worker.on('exit', (code) => {
    if (!ended) throw new Error(`The thread that writes ended by itself with code ${code}`);
  });

  const call = (
    method: keyof Destination,
    args: readonly unknown[] = [],
    parts: readonly ArrayBuffer[] = [],
  ) => {
    const answer = Promise.withResolvers<unknown>();
    worker.postMessage({ method, args } satisfies WriterCall, parts);
    waiting.push(answer);
    return answer.promise;
  };
  return {
    call: call as Call,
    async end() {
      ended ??= call('close').finally(() => worker.terminate());
      await ended;
    },
  };
}

/** What is committed under another plan than the last one that was prepared is refused, there as here. */
function createPlanNumbers() {
  const numbers = new WeakMap<EntityPlan, number>();
  let last = 0;
  return {
    of: (plan: EntityPlan): number => numbers.get(plan) ?? 0,
    give(plan: EntityPlan): NumberedPlan {
      const number = numbers.get(plan) ?? ++last;
      numbers.set(plan, number);
      return { number, plan };
    },
  };
}

function toMessage({ upserts, fill, ...batch }: Batch): { message: BatchMessage; parts: ArrayBuffer[] } {
  const parts: ArrayBuffer[] = [];
  const rowsOf = (rows: UpsertRows): RowsMessage => {
    if (!isPacked(rows)) return { rows: [...rows] };
    const { pages } = rows;
    parts.push(...pages.flatMap(buffersOf));
    return { pages };
  };
  const message: BatchMessage = {
    ...batch,
    upserts: rowsOf(upserts),
    fill: fill ? { ...fill, rows: rowsOf(fill.rows) } : null,
  };
  return { message, parts };
}

function errorOf({ error, ours }: Extract<WriterAnswer, { kind: 'failed' }>): unknown {
  if (!ours) return error;
  return new AppError(ours.code, error instanceof Error ? error.message : String(error), ours.options);
}
