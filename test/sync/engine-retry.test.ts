import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../src/lib/errors.ts';
import { createEngineBench, type EngineBench, nextCycle } from './engine-bench.ts';
import type { Call } from './fake-source.ts';
import { sampleId, samplePlan } from './sample-plan.ts';

const lead = samplePlan('lead', { lastname: 'String' });
const filtered = { ...lead, filter: true };
const account = samplePlan('account', { name: 'String' });

let bench: EngineBench;
beforeEach(() => {
  bench = createEngineBench();
  for (let n = 1; n <= 12; n++) bench.source.put('lead', sampleId(n), { lastname: `Name ${n}` });
  bench.source.put('account', sampleId(1), { name: 'Firm' });
});
afterEach(() => bench.close());

/** As long as it is there, the database refuses rows of these names. */
function refuse(name: string): () => void {
  const run = (sql: string): void => {
    const db = new DatabaseSync(bench.path, { timeout: 5_000 });
    db.exec(sql);
    db.close();
  };
  for (const when of ['INSERT', 'UPDATE']) {
    run(`CREATE TRIGGER refuse_${when} BEFORE ${when} ON lead WHEN new.lastname = '${name}'
         BEGIN SELECT raise(ABORT, 'not that name'); END`);
  }
  return () => run('DROP TRIGGER refuse_INSERT; DROP TRIGGER refuse_UPDATE');
}

const errors = () => bench.rows('SELECT id, code, attempts FROM _sync_error ORDER BY id');
const nameOf = (n: number) =>
  bench.rows(`SELECT lastname FROM lead WHERE leadid = '${sampleId(n)}'`)[0]?.lastname;
const reads = () => bench.source.calls.filter(({ kind }) => kind === 'rows').length;
const failReads = (error: Error) => {
  bench.source.before = ({ kind }: Call) => {
    if (kind === 'rows') throw error;
  };
};

async function withRefused() {
  const run = bench.start([lead, account]);
  await bench.event('initial-completed');
  const mend = refuse('Bad');
  bench.source.put('lead', sampleId(5), { lastname: 'Bad' });
  await nextCycle(bench);
  expect(errors()).toEqual([{ id: sampleId(5), code: 'row-refused', attempts: 1 }]);
  return { run, mend };
}

describe('a row that could not be stored', () => {
  test('is read again with the following cycles, at growing distances, and nothing else is asked for', async () => {
    const { mend } = await withRefused();
    const tried: number[] = [];
    for (let cycle = 1; cycle <= 8; cycle++) {
      const before = reads();
      await nextCycle(bench);
      if (reads() > before) tried.push(cycle);
    }
    expect(tried).toEqual([1, 3, 7]);
    expect(errors()).toMatchObject([{ attempts: 4 }]);
    expect(nameOf(5)).toBe('Name 5');
    mend();
    for (let cycle = 9; cycle <= 14; cycle++) await nextCycle(bench);
    expect(errors()).toHaveLength(1);
    const { cycle, progress } = await nextCycle(bench);
    expect(cycle).toMatchObject({ changed: 1 });
    expect(progress.entities).toMatchObject([{ failed: 0 }, {}]);
    expect(nameOf(5)).toBe('Bad');
    const before = bench.source.calls.length;
    await nextCycle(bench);
    expect(bench.source.calls.slice(before).map(({ kind }) => kind)).toEqual(['changes', 'changes']);
  });

  test('is no error any more when it is gone in Dynamics, or kept out by the filter', async () => {
    bench.start([filtered]);
    await bench.event('initial-completed');
    bench.source.put('lead', sampleId(5), { lastname: { not: 'a text' } });
    bench.source.put('lead', sampleId(6), { lastname: { not: 'a text' } });
    await nextCycle(bench);
    expect(errors()).toHaveLength(2);
    // Unseen by the changes, so that only the second look can tell.
    bench.source.before = ({ kind }) => {
      if (kind !== 'rows') return;
      bench.source.put('lead', sampleId(5), { new_synctomkto: false });
      bench.source.remove('lead', sampleId(6));
    };
    await nextCycle(bench);
    expect(errors()).toEqual([]);
    expect(bench.rows('SELECT leadid FROM lead WHERE _stale_since IS NOT NULL')).toEqual([
      { leadid: sampleId(5) },
    ]);
    bench.source.before = () => {};
    await nextCycle(bench);
    expect(bench.rows('SELECT leadid FROM lead WHERE _deleted_at IS NOT NULL')).toEqual([
      { leadid: sampleId(6) },
    ]);
  });

  test('that cannot even be read does not hold up its table', async () => {
    await withRefused();
    failReads(new AppError('request-refused', 'no', { recovery: 'ask-admin' }));
    bench.source.put('lead', sampleId(7), { lastname: 'Changed' });
    const { progress } = await nextCycle(bench);
    expect(nameOf(7)).toBe('Changed');
    expect(progress.waiting).toBeNull();
    expect(errors()).toMatchObject([{ attempts: 1 }]);
  });
});

describe('asked to try again', () => {
  test('it does so at once, in the middle of the wait, and says what came of it', async () => {
    const { run, mend } = await withRefused();
    bench.source.put('lead', sampleId(6), { lastname: { not: 'a text' } });
    await nextCycle(bench);
    expect(await run.ask({ kind: 'retry' })).toMatchObject({
      ...{ kind: 'retried', retried: 2, stored: 0, failed: 2 },
      causes: [
        { code: 'row-refused', rows: 1 },
        { code: 'row-malformed', rows: 1 },
      ],
    });
    mend();
    expect(await run.ask({ kind: 'retry', entity: 'account' })).toMatchObject({ retried: 0 });
    expect(await run.ask({ kind: 'retry', code: 'row-malformed' })).toMatchObject({ retried: 1, failed: 1 });
    const one = { kind: 'retry', entity: 'lead', id: sampleId(5) } as const;
    expect(await run.ask(one)).toEqual({ kind: 'retried', retried: 1, stored: 1, failed: 0, causes: [] });
    expect(nameOf(5)).toBe('Bad');
    expect(await run.ask(one)).toMatchObject({ retried: 0 });
    const { progress } = await bench.event('progress', (event) => event.progress.entities[0]?.failed === 1);
    expect(progress.entities[0]?.stored).toBe(12);
  });

  test('while the copy runs it leaves its place alone', async () => {
    const mended: Promise<unknown>[] = [];
    bench.source.put('lead', sampleId(3), { lastname: { not: 'a text' } });
    bench.source.before = async ({ kind, from }) => {
      if (kind !== 'page' || from !== 'lead?skip=10' || mended.length > 0) return;
      bench.source.put('lead', sampleId(3), { lastname: 'Mended' });
      mended.push(run.ask({ kind: 'retry', entity: 'lead' }));
      await mended[0];
    };
    const run = bench.start([lead]);
    const { summary } = await bench.event('initial-completed');
    expect(await mended[0]).toMatchObject({ kind: 'retried', retried: 1, stored: 1, failed: 0 });
    expect(summary.entities).toMatchObject([{ stored: 12, read: 12, failed: 0 }]);
    expect(nameOf(3)).toBe('Mended');
    expect(bench.source.pagesOf('lead').map(({ from }) => from)).toEqual([null, 'lead?skip=10']);
  });

  test('it says that Dynamics does not answer, and stops with the sync', async () => {
    const { run } = await withRefused();
    failReads(new AppError('server-failed', 'down', { recovery: 'retry' }));
    await expect(run.ask({ kind: 'retry' })).rejects.toMatchObject({ code: 'server-failed' });
    let stopped: Promise<void> | null = null;
    bench.source.before = () => {
      stopped = run.stop();
    };
    expect(await run.ask({ kind: 'retry' })).toBeNull();
    await stopped;
    expect(await run.ask({ kind: 'retry' })).toBeNull();
  });
});
