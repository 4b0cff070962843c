import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../lib/errors.ts';
import { drainedRows, giveBackPage } from '../model/packed-rows.ts';
import type { EntityPlan } from '../model/selection.ts';
import type { UpsertRows } from '../model/upsert-row.ts';
import type { Batch } from '../ports/destination.ts';
import { openSqlite } from './sqlite.ts';
import type { SqliteOptions } from './sqlite-file.ts';
import type { BatchMessage, NumberedPlan, RowsMessage, WriterAnswer, WriterCall } from './sqlite-messages.ts';

/** The entry of the thread that writes. Started by `openSqliteInThread`. */
if (!parentPort) throw new Error('sqlite-worker.ts only runs as a worker thread');
const port = parentPort;
const destination = openSqlite(workerData as SqliteOptions);
let plans: ReadonlyMap<number, EntityPlan> = new Map();

port.on('message', (call: WriterCall) => {
  // Each call runs at once, so that the answers come in the order of the calls.
  run(call).then(
    (value) => answer({ kind: 'done', value }),
    (error: unknown) => answer({ kind: 'failed', error, ours: oursOf(error) }),
  );
});

function answer(message: WriterAnswer): void {
  port.postMessage(message);
}

async function run({ method, args }: WriterCall): Promise<unknown> {
  const methods = destination as unknown as Record<string, (...args: readonly unknown[]) => Promise<unknown>>;
  if (method === 'prepare') {
    const [organizationId, numbered, retryMs] = args as [string, NumberedPlan[], number | undefined];
    await destination.prepare(
      organizationId,
      numbered.map(({ plan }) => plan),
      retryMs,
    );
    plans = new Map(numbered.map(({ number, plan }) => [number, plan]));
    return undefined;
  }
  if (method === 'commit') {
    const [number, batch] = args as [number, BatchMessage];
    try {
      return await destination.commit(planOf(number), batchOf(batch));
    } finally {
      // Where it was refused, some have not been gone through.
      for (const rows of [batch.upserts, batch.fill?.rows]) {
        if (rows && 'pages' in rows) rows.pages.forEach(giveBackPage);
      }
    }
  }
  const isPlanned = method === 'findDiffering' || method === 'countPresent' || method === 'countUnmet';
  const [first, ...rest] = args;
  return await methods[method]?.(...(isPlanned ? [planOf(Number(first)), ...rest] : args));
}

function batchOf({ upserts, fill, ...batch }: BatchMessage): Batch {
  const filled = fill ? { fill: { ...fill, rows: rowsOf(fill.rows) } } : {};
  return { ...batch, upserts: rowsOf(upserts), ...filled };
}

function rowsOf(message: RowsMessage): UpsertRows {
  return 'pages' in message ? drainedRows(message.pages) : message.rows;
}

function planOf(number: number): EntityPlan {
  const plan = plans.get(number);
  if (!plan) throw new Error('The plan has not been prepared');
  return plan;
}

function oursOf(error: unknown): Extract<WriterAnswer, { kind: 'failed' }>['ours'] {
  if (!(error instanceof AppError)) return null;
  const { code, recovery, details, retryAfterMs } = error;
  return { code, options: { recovery, details, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) } };
}
