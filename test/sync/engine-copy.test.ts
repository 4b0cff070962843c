import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqlite } from '../../src/destinations/sqlite.ts';
import type { Destination } from '../../src/ports/destination.ts';
import { createEngineBench, type EngineBench } from './engine-bench.ts';
import { sampleId, samplePlan } from './sample-plan.ts';

const lead = samplePlan('lead', { lastname: 'String', revenue: 'Money' });
const account = samplePlan('account', { name: 'String' });

let bench: EngineBench;
beforeEach(() => {
  bench = createEngineBench();
});
afterEach(() => bench.close());

function fill(entity: string, rows: number): void {
  for (let n = 1; n <= rows; n++) {
    bench.source.put(entity, sampleId(n), { lastname: `Name ${n}`, name: `Firm ${n}`, revenue: `${n}.50` });
  }
}

const allLeads = 'SELECT leadid, lastname, revenue, _deleted_at, _version FROM lead ORDER BY leadid';

describe('the copy', () => {
  test('stores every row of every entity, and says when it is complete', async () => {
    fill('lead', 95);
    fill('account', 30);
    bench.start([account, lead], { countRows: async () => ({ lead: 95, account: 31 }) });
    const { summary } = await bench.event('initial-completed');
    expect(bench.rows(allLeads)).toHaveLength(95);
    expect(bench.rows("SELECT revenue FROM lead WHERE lastname = 'Name 7'")).toEqual([{ revenue: '7.50' }]);
    expect(summary.startedAt).toBe('2026-11-23T00:00:00.000Z');
    expect(summary.entities).toMatchObject([
      { entity: 'account', phase: 'current', stored: 30, read: 30, total: 31, backlog: 0 },
      { entity: 'lead', phase: 'current', stored: 95, read: 95, total: 95, failed: 0, deleted: 0 },
    ]);
  });

  test('takes the link before the first page, so that changes meanwhile arrive', async () => {
    fill('lead', 40);
    bench.source.before = ({ kind, from }) => {
      if (kind !== 'page' || from !== 'lead?skip=30') return;
      // Rows of pages that have been read already: one is changed, one deleted, one is new.
      bench.source.put('lead', sampleId(1), { lastname: 'Changed' });
      bench.source.remove('lead', sampleId(2));
      bench.source.put('lead', sampleId(99), { lastname: 'New' });
    };
    bench.start([lead]);
    await bench.event('initial-completed');
    expect(bench.source.calls[0]).toEqual({ kind: 'link', entity: 'lead', from: null });
    const rows = bench.rows(allLeads);
    expect(rows).toHaveLength(41);
    expect(rows[0]).toMatchObject({ lastname: 'Changed', _deleted_at: null });
    expect(rows[1]).toMatchObject({ lastname: 'Name 2' });
    expect(rows[1]?._deleted_at).toMatch(/^2026-11-23T/);
    expect(rows[40]).toMatchObject({ lastname: 'New' });
  });

  test.each([0, 1, 2, 3, 4, 5, 6])(
    'stopped after %i of 6 pages, it reads the others only',
    async (boundary) => {
      fill('lead', 60);
      let asked = 0;
      bench.source.before = ({ kind }) => {
        if (kind === 'changes' || (kind === 'page' && asked++ === boundary)) first.abort();
      };
      const first = bench.start([lead]);
      await first.ended;
      expect(bench.rows(allLeads)).toHaveLength(boundary * 10);

      bench.source.before = () => {};
      bench.source.calls.length = 0;
      bench.start([lead]);
      const { summary } = await bench.event('initial-completed');
      const places = [null, ...[10, 20, 30, 40, 50].map((skip) => `lead?skip=${skip}`)];
      expect(bench.source.pagesOf('lead').map(({ from }) => from)).toEqual(places.slice(boundary));
      expect(bench.source.calls.filter(({ kind }) => kind === 'link')).toEqual([]);
      expect(summary.entities).toMatchObject([{ stored: 60, read: 60 }]);
      const rows = bench.rows(allLeads);
      expect(rows.map(({ lastname }) => lastname)).toEqual(rows.map((_, index) => `Name ${index + 1}`));
    },
  );

  test('groups pages into one transaction, and stores what it has when a page fails', async () => {
    fill('lead', 60);
    let failed = false;
    bench.source.before = ({ kind, from }) => {
      if (kind !== 'page' || from !== 'lead?skip=40' || failed) return;
      failed = true;
      throw new Error('not expected');
    };
    bench.start([lead], { limits: { rows: 1000, milliseconds: 1000, bytes: 1_000_000 } });
    const { fault } = await bench.event('stopped');
    expect(fault.code).toBe('unexpected');
    expect(bench.rows('SELECT count(*) AS n FROM lead')).toEqual([{ n: 40 }]);
    expect(bench.rows('SELECT phase, next FROM _checkpoint')).toEqual([
      { phase: 'copying', next: 'lead?skip=40' },
    ]);
  });

  test('while as much waits to be stored as keeps that busy, no page is wanted ahead', async () => {
    fill('lead', 100);
    const wanted: unknown[] = [];
    const { readPages } = bench.source;
    bench.source.readPages = async function* (plan, from, signal, options) {
      for await (const page of readPages(plan, from, signal, options)) {
        wanted.push(options?.isAheadWanted?.());
        yield page;
      }
    };
    const destination = openSqlite({ path: bench.path });
    const released = Promise.withResolvers<void>();
    const slow: Destination = {
      ...destination,
      async commit(plan, batch) {
        if (batch.read > 0) await released.promise;
        await destination.commit(plan, batch);
      },
    };
    bench.start([lead], {
      destination: slow,
      limits: { rows: 20, milliseconds: 60_000, bytes: 1_000_000 },
    });
    // Room for forty rows, and the page that is asked while the last of them are not taken yet.
    await expect.poll(() => wanted).toEqual([true, true, true, false]);
    released.resolve();
    await bench.event('initial-completed');
    expect(bench.rows('SELECT count(*) AS n FROM lead')).toEqual([{ n: 100 }]);
  });

  test('an empty table is complete at once', async () => {
    bench.start([lead]);
    const { summary } = await bench.event('initial-completed');
    expect(summary.entities).toMatchObject([{ entity: 'lead', phase: 'current', stored: 0, read: 0 }]);
  });

  test('a plan that has grown reads the table again, without losing what happened meanwhile', async () => {
    fill('lead', 30);
    const first = bench.start([lead]);
    await bench.event('initial-completed');
    await first.stop();
    bench.source.remove('lead', sampleId(3));
    for (let n = 1; n <= 30; n++)
      if (n !== 3) bench.source.put('lead', sampleId(n), { emailaddress1: `${n}@example.com` });
    bench.events.length = 0;
    bench.start([samplePlan('lead', { lastname: 'String', revenue: 'Money', emailaddress1: 'String' })]);
    await bench.event('initial-completed');
    expect(bench.rows('SELECT count(*) AS n FROM lead WHERE emailaddress1 IS NOT NULL')).toEqual([{ n: 29 }]);
    expect(bench.rows('SELECT leadid FROM lead WHERE _deleted_at IS NOT NULL')).toEqual([
      { leadid: sampleId(3) },
    ]);
  });
});

describe('progress', () => {
  test('names rate and time left while copying', async () => {
    fill('lead', 100);
    let [asked, stored] = [0, 0];
    bench.source.before = async ({ kind }) => {
      if (kind !== 'page') return;
      // A page takes a second, in which the one before is stored.
      for (; stored < 10 * asked; await setImmediate()) {
        stored = Number(bench.rows('SELECT count(*) AS n FROM lead')[0]?.n);
      }
      asked += 1;
      bench.clock.advance(1000);
    };
    bench.start([lead], { countRows: async () => ({ lead: 100 }) });
    await bench.event('initial-completed');
    const halfway = await bench.event('progress', ({ progress }) => progress.entities[0]?.read === 50);
    expect(halfway.progress).toMatchObject({ rate: 10, waiting: null, nextCycleAt: null });
    // Truly 5 s.
    expect(halfway.progress.timeLeft).toEqual({ least: 3, most: 7 });
    expect(halfway.progress.entities).toMatchObject([
      { phase: 'copying', stored: 50, total: 100, backlog: null },
    ]);
  });

  test('comes no more often than every 500 ms, however many pages there are, but for a beginning and an end', async () => {
    fill('lead', 400);
    bench.start([lead]);
    await bench.event('initial-completed');
    const sent = bench.events.filter(({ kind }) => kind === 'progress');
    expect(sent.length).toBeLessThanOrEqual(3);
  });

  test('without totals there is no time left, and no harm', async () => {
    fill('lead', 30);
    bench.start([lead], { countRows: () => Promise.reject(new Error('cannot count')) });
    const { summary } = await bench.event('initial-completed');
    expect(summary.entities).toMatchObject([{ total: null, stored: 30 }]);
  });
});
