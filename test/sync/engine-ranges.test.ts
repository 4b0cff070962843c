import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqlite } from '../../src/destinations/sqlite.ts';
import { AppError } from '../../src/lib/errors.ts';
import type { Destination } from '../../src/ports/destination.ts';
import { rowsOf } from '../../src/sync/page-rows.ts';
import { createEngineBench, type EngineBench } from './engine-bench.ts';
import { sampleId, samplePlan } from './sample-plan.ts';

const lead = samplePlan('lead', { lastname: 'String' });
const table = 'SELECT leadid, lastname, _deleted_at FROM lead ORDER BY leadid';

let bench: EngineBench;
beforeEach(() => {
  bench = createEngineBench();
  bench.source.inRanges = true;
});
afterEach(() => bench.close());

function fill(rows: number): void {
  for (let n = 1; n <= rows; n++) bench.source.put('lead', sampleId(n), { lastname: `Name ${n}` });
}

function names(): unknown[] {
  return bench.rows(table).map(({ lastname }) => lastname);
}
const allNames = (rows: number) => Array.from({ length: rows }, (_, index) => `Name ${index + 1}`);
const pagesRead = () => bench.source.pagesOf('lead').map(({ from }) => from);

test('a large table is read in ranges, each row once', async () => {
  fill(500);
  bench.start([lead]);
  const { summary } = await bench.event('initial-completed');
  expect(names()).toEqual(allNames(500));
  expect(summary.entities[0]).toMatchObject({ read: 500, stored: 500 });
  expect(pagesRead().filter((from) => from === null)).toEqual([]);
  expect(new Set(pagesRead()).size).toBe(pagesRead().length);
});

test('several pages are on their way at once', async () => {
  fill(500);
  let [now, most] = [0, 0];
  bench.source.before = async ({ kind }) => {
    if (kind !== 'page') return;
    now += 1;
    most = Math.max(most, now);
    await new Promise((resolve) => setTimeout(resolve, 2));
    now -= 1;
  };
  bench.start([lead]);
  await bench.event('initial-completed');
  expect(most).toBeGreaterThan(3);
  expect(names()).toEqual(allNames(500));
});

test('where nearly all rows lie in one range, the others help with it', async () => {
  // Changed once more, far above: their versions leave a wide gap below the crowd.
  fill(20);
  for (let n = 0; n < 20_000; n++) bench.source.remove('account', sampleId(1));
  for (let n = 21; n <= 600; n++) bench.source.put('lead', sampleId(n), { lastname: `Name ${n}` });
  let [now, most] = [0, 0];
  const busy: number[] = [];
  bench.source.before = async ({ kind }) => {
    if (kind !== 'page') return;
    now += 1;
    most = Math.max(most, now);
    busy.push(now);
    await new Promise((resolve) => setTimeout(resolve, 2));
    now -= 1;
  };
  bench.start([lead]);
  await bench.event('initial-completed');
  expect(names()).toEqual(allNames(600));
  // The crowd takes 58 pages: in one range, one after the other, there would be one on its way nearly always.
  expect(busy.filter((count) => count > 2).length).toBeGreaterThan(busy.length / 4);
});

test('what changes meanwhile is neither lost nor doubled', async () => {
  fill(300);
  let pages = 0;
  bench.source.before = ({ kind }) => {
    if (kind !== 'page' || ++pages > 25) return;
    bench.source.put('lead', sampleId(pages * 10), { lastname: `Changed ${pages}` });
    bench.source.put('lead', sampleId(1000 + pages), { lastname: `New ${pages}` });
    bench.source.remove('lead', sampleId(pages * 10 + 1));
  };
  bench.start([lead]);
  await bench.event('initial-completed');
  const rows = bench.rows(table);
  expect(rows.filter(({ _deleted_at }) => _deleted_at === null)).toHaveLength(300);
  for (let n = 1; n <= 25; n++) {
    expect(rows).toContainEqual({ leadid: sampleId(n * 10), lastname: `Changed ${n}`, _deleted_at: null });
    expect(rows).toContainEqual({ leadid: sampleId(1000 + n), lastname: `New ${n}`, _deleted_at: null });
    const removed = bench.rows(`SELECT _deleted_at FROM lead WHERE leadid = '${sampleId(n * 10 + 1)}'`);
    expect(removed.every(({ _deleted_at }) => _deleted_at !== null)).toBe(true);
  }
});

test.each([1, 3, 7, 12, 20])('stopped after %i pages, it reads the others only', async (boundary) => {
  fill(300);
  const readPages = bench.source.readPages;
  const read: unknown[] = [];
  bench.source.readPages = async function* (...args) {
    for await (const page of readPages(...args)) {
      read.push(rowsOf(page.rows)[0]?.leadid);
      yield page;
      if (read.length >= boundary) run.abort();
    }
  };
  const run = bench.start([lead]);
  await run.ended;
  const readBefore = read.splice(0);
  bench.start([lead]);
  await bench.event('initial-completed');
  expect(names()).toEqual(allNames(300));
  expect(read.filter((id) => readBefore.includes(id))).toEqual([]);
  expect(bench.rows('SELECT read FROM _tally')).toEqual([{ read: 300 }]);
});

test.each([2, 3, 4, 5, 6])('when only commit %i is refused, its rows are read again', async (refused) => {
  fill(300);
  const file = openSqlite({ path: bench.path });
  let commits = 0;
  const commit: Destination['commit'] = async (plan, batch) => {
    commits += 1;
    if (commits !== refused) return await file.commit(plan, batch);
    throw new AppError('destination-unwritable', 'full', {
      recovery: 'retry',
      details: { reason: 'disk-full' },
    });
  };
  bench.start([lead], { destination: { ...file, commit } });
  bench.clock.advance(await bench.clock.nextSleep());
  const { summary } = await bench.event('initial-completed');
  expect(commits).toBeGreaterThan(refused);
  expect(names()).toEqual(allNames(300));
  expect(summary.entities[0]).toMatchObject({ read: 300, stored: 300 });
});

test('a server whose ranges are out of order is read as a whole', async () => {
  fill(200);
  const readPages = bench.source.readPages;
  bench.source.readPages = async function* (plan, from, signal, options = {}) {
    if (!options.range) return yield* readPages(plan, from, signal);
    const pages = [];
    for await (const page of readPages(plan, from, signal, options)) pages.push(page);
    for (const [index, page] of pages.toReversed().entries()) {
      yield { ...page, next: index === pages.length - 1 ? null : `lead?range=${index},` };
    }
  };
  bench.start([lead]);
  await bench.event('initial-completed');
  expect(names()).toEqual(allNames(200));
  expect(bench.rows('SELECT read FROM _tally')).toEqual([{ read: 200 }]);
});

test('a place that is refused after a restart is given up for the start of the table', async () => {
  fill(300);
  let pages = 0;
  const run = bench.start([lead]);
  bench.source.before = ({ kind }) => {
    if (kind === 'page' && ++pages === 14) run.abort();
  };
  await run.ended;
  const known = new Set(pagesRead());
  bench.source.before = ({ kind, from }) => {
    if (kind !== 'page' || from === null || !from.includes('range') || known.has(from)) return;
    throw new AppError('request-refused', 'too old', { recovery: 'ask-admin' });
  };
  bench.start([lead]);
  await bench.event('initial-completed');
  expect(names()).toEqual(allNames(300));
  expect(bench.rows('SELECT read FROM _tally')).toEqual([{ read: 300 }]);
});

test('the parts a table is divided into are begun however busy the engine is', async () => {
  fill(500);
  const begun = new Set<string | null>();
  const isEnough = Promise.withResolvers<void>();
  bench.source.before = async ({ kind, from }) => {
    if (kind !== 'page') return;
    begun.add(from);
    if (begun.size === 8) isEnough.resolve();
    await isEnough.promise;
  };
  bench.start([lead], { isBusy: () => true });
  await bench.event('initial-completed');
  expect(names()).toEqual(allNames(500));
});

/** Until so many pages have been asked for. */
function pagesAsked(count: number): Promise<void> {
  return new Promise((resolve) => {
    bench.source.before = ({ kind }) => {
      if (kind === 'page' && pagesRead().length >= count) resolve();
    };
  });
}
const linksTaken = () => bench.source.calls.filter(({ kind }) => kind === 'link');

test('while link and ranges are tried, pages are read and none is stored', async () => {
  fill(300);
  const trial = Promise.withResolvers<boolean>();
  bench.source.trial = () => trial.promise;
  const reading = pagesAsked(8);
  bench.start([lead]);
  await reading;
  expect(bench.rows('SELECT * FROM _checkpoint')).toEqual([]);
  expect(names()).toEqual([]);
  trial.resolve(true);
  await bench.event('initial-completed');
  expect(names()).toEqual(allNames(300));
  expect(new Set(pagesRead()).size).toBe(pagesRead().length);
  expect(linksTaken()).toHaveLength(1);
});

test('where they do not hold, what was read before the next link does not count', async () => {
  fill(300);
  const trial = Promise.withResolvers<boolean>();
  bench.source.trial = () => trial.promise;
  const reading = pagesAsked(8);
  bench.start([lead]);
  await reading;
  // Its row is in a page that has been read; no later link tells of it.
  bench.source.remove('lead', sampleId(1));
  trial.resolve(false);
  const { summary } = await bench.event('initial-completed');
  expect(names()).toEqual(allNames(300).slice(1));
  expect(summary.entities[0]).toMatchObject({ read: 299, stored: 299 });
  expect(linksTaken()).toHaveLength(2);
});

test('ranges that are refused before it is known that they do not hold are no fault', async () => {
  fill(300);
  bench.source.trial = async () => {
    bench.source.inRanges = false;
    return false;
  };
  bench.source.before = ({ kind, from }) => {
    if (kind === 'page' && from?.includes('range')) {
      throw new AppError('request-refused', 'no such filter', { recovery: 'ask-admin' });
    }
  };
  bench.start([lead]);
  // Without a pause before another try: the clock stands still.
  await bench.event('initial-completed');
  expect(names()).toEqual(allNames(300));
});

test('stopped while they are tried, it has stored nothing, and begins anew', async () => {
  fill(300);
  bench.source.trial = (signal) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  const reading = pagesAsked(8);
  const run = bench.start([lead]);
  await reading;
  await run.stop();
  expect(bench.rows('SELECT * FROM _checkpoint')).toEqual([]);
  bench.source.trial = null;
  bench.start([lead]);
  await bench.event('initial-completed');
  expect(names()).toEqual(allNames(300));
  expect(bench.rows('SELECT read FROM _tally')).toEqual([{ read: 300 }]);
});

test('a trial that is cut off is made again', async () => {
  fill(300);
  const trials = [
    () => Promise.reject(new AppError('connection-failed', 'cut', { recovery: 'retry' })),
    () => Promise.resolve(true),
  ];
  bench.source.trial = () => trials.shift()?.() ?? Promise.resolve(true);
  bench.start([lead]);
  bench.clock.advance(await bench.clock.nextSleep());
  await bench.event('initial-completed');
  expect(names()).toEqual(allNames(300));
  expect(bench.rows('SELECT read FROM _tally')).toEqual([{ read: 300 }]);
  expect(trials).toEqual([]);
});
