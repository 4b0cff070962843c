import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqlite } from '../../src/destinations/sqlite.ts';
import { silentLogger } from '../../src/lib/log.ts';
import type { EntityPlan } from '../../src/model/selection.ts';
import type { SyncEvent, SyncReply, SyncRequest } from '../../src/ports/sync-runner.ts';
import { createEngine } from '../../src/sync/engine.ts';
import type { EngineDeps, EngineJob } from '../../src/sync/engine-deps.ts';
import { createFakeSource, type FakeSource } from './fake-source.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';

/** An engine on a fake source, a real file and a clock driven by hand. */
export interface EngineBench {
  source: FakeSource;
  clock: ManualClock;
  events: SyncEvent[];
  path: string;
  /** Starts a run, as a new process would. */
  start(plans: readonly EntityPlan[], deps?: Partial<EngineDeps>, job?: Partial<EngineJob>): Run;
  /** Resolves with the first event of the kind, past ones included. */
  event<K extends SyncEvent['kind']>(kind: K, fits?: (event: EventOf<K>) => boolean): Promise<EventOf<K>>;
  /** Rows of the destination. */
  rows(sql: string): Record<string, unknown>[];
  close(): Promise<void>;
}

export interface Run {
  abort(): void;
  ended: Promise<void>;
  ask(request: SyncRequest): Promise<SyncReply | null>;
  /** Aborts, and waits for the end. */
  stop(): Promise<void>;
}

type EventOf<K extends SyncEvent['kind']> = Extract<SyncEvent, { kind: K }>;

export const organizationId = '11111111-2222-4333-8444-555555555555';

export function createEngineBench({ pageSize = 10 } = {}): EngineBench {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  const path = join(folder, 'marketing.db');
  const source = createFakeSource({ pageSize });
  const clock = createManualClock();
  const events: SyncEvent[] = [];
  const watchers = new Set<(event: SyncEvent) => void>();
  const runs = new Set<Run>();

  return {
    source,
    clock,
    events,
    path,
    start(plans, deps = {}, job = {}) {
      const run = startRun(plans, job, {
        source,
        destination: openSqlite({ path }),
        readPlans: async () => plans,
        countRows: async () => ({}),
        clock,
        log: silentLogger,
        emit(event) {
          events.push(event);
          for (const watcher of [...watchers]) watcher(event);
        },
        isBusy: () => false,
        // One page a transaction, so that every page boundary is a place to stop at.
        limits: { rows: 1, milliseconds: 0, bytes: 1 },
        ...deps,
      });
      runs.add(run);
      return run;
    },
    event: (kind, fits = () => true) =>
      new Promise((resolve) => {
        const watch = (event: SyncEvent): void => {
          if (event.kind !== kind || !fits(event as EventOf<typeof kind>)) return;
          watchers.delete(watch);
          resolve(event as EventOf<typeof kind>);
        };
        watchers.add(watch);
        for (const event of events) watch(event);
      }),
    rows: (sql) => readRows(path, sql),
    async close() {
      for (const run of runs) await run.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Lets the interval pass, and waits for the end of the cycle that follows. */
export async function nextCycle({ events, clock, event }: EngineBench): Promise<EventOf<'cycle-completed'>> {
  events.length = 0;
  await clock.nextSleep();
  clock.advance(300_000);
  return await event('cycle-completed');
}

function startRun(plans: readonly EntityPlan[], more: Partial<EngineJob>, deps: EngineDeps): Run {
  const controller = new AbortController();
  const job = {
    organizationId,
    entities: plans.map(({ entity }) => entity),
    startedAt: '2026-11-23T00:00:00.000Z',
    intervalSeconds: 300,
    ...more,
  };
  const engine = createEngine(deps);
  const ended = engine.run(job, controller.signal).finally(() => deps.destination.close());
  const abort = () => controller.abort();
  const stop = (): Promise<void> => {
    abort();
    return ended;
  };
  return { abort, ended, ask: engine.ask, stop };
}

export function readRows(path: string, sql: string): Record<string, unknown>[] {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    return db
      .prepare(sql)
      .all()
      .map((row) => ({ ...row }));
  } finally {
    db.close();
  }
}
