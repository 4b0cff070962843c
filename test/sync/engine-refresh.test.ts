import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppError } from '../../src/lib/errors.ts';
import type { SyncProgress } from '../../src/model/progress.ts';
import type { EntityPlan } from '../../src/model/selection.ts';
import type { RowSource } from '../../src/ports/dynamics.ts';
import { createEngineBench, type EngineBench, nextCycle, type Run } from './engine-bench.ts';
import { sampleId, samplePlan } from './sample-plan.ts';

const narrow = samplePlan('lead', { lastname: 'String' });
const wide = samplePlan('lead', { lastname: 'String', city: 'String', statecode: 'State' });
const wider = samplePlan('lead', { lastname: 'String', city: 'String', statecode: 'State', fax: 'String' });
const account = samplePlan('account', { name: 'String' });
const isCompleted = true;

let bench: EngineBench;
/** What each page was asked for with. */
let selected: string[][];

beforeEach(() => {
  bench = createEngineBench();
  selected = [];
  for (let n = 1; n <= 35; n++) put(n, { city: `City ${n}` });
  bench.source.put('account', sampleId(1), { name: 'Firm' });
});
afterEach(() => bench.close());

const put = (n: number, columns: Record<string, unknown>) =>
  bench.source.put('lead', sampleId(n), {
    lastname: `Name ${n}`,
    statecode: 0,
    'statecode@OData.Community.Display.V1.FormattedValue': 'Open',
    fax: `${n}`,
    ...columns,
  });

const watched = (): RowSource => ({
  ...bench.source,
  readPages(plan, ...rest) {
    selected.push(plan.columns.map(({ name }) => name));
    return bench.source.readPages(plan, ...rest);
  },
});

function start(plan: EntityPlan): Run {
  bench.events.length = 0;
  bench.source.calls.length = 0;
  selected.length = 0;
  return bench.start(plan.filter ? [plan] : [plan, account], { source: watched() }, { isCompleted });
}

async function copyFirst(plan: EntityPlan = narrow): Promise<void> {
  const run = bench.start([plan, account]);
  await bench.event('initial-completed');
  await run.stop();
}

const done = (fields: readonly string[]) => {
  const isDone = ({ progress: { refreshes } }: { progress: SyncProgress }) =>
    refreshes.some((one) => one.endedAt !== null && one.fields.join() === fields.join());
  return Promise.race([bench.event('progress', isDone), bench.event('cycle-completed', isDone)]);
};

/** What a copy that nothing disturbs stores of the same table. */
async function undisturbed(plan: EntityPlan): Promise<unknown[]> {
  const other = createEngineBench();
  try {
    const run = other.start([plan], { source: bench.source });
    await other.event('initial-completed');
    await run.stop();
    const names = plan.columns.map(({ name }) => name);
    return other.rows(
      `SELECT ${[...names, 'statecode_label'].join()} FROM lead WHERE _deleted_at IS NULL ORDER BY leadid`,
    );
  } finally {
    await other.close();
  }
}

const stored = (plan: EntityPlan) =>
  bench.rows(
    `SELECT ${[...plan.columns.map(({ name }) => name), 'statecode_label'].join()} FROM lead
     WHERE _deleted_at IS NULL ORDER BY leadid`,
  );

/** From its second page on the fields stand still until they are let go. */
function holdPages() {
  const gate = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  let pages = 0;
  bench.source.before = async ({ entity, kind }) => {
    if (entity !== 'lead' || kind !== 'page' || ++pages === 1) return;
    reached.resolve();
    await gate.promise;
  };
  return { letGo: () => gate.resolve(), reached: reached.promise };
}

test('a field that is ticked is fetched for the rows that are there, beside the cycles, and nothing else changes', async () => {
  await copyFirst();
  const before = bench.rows('SELECT leadid, lastname, _synced_at, _version FROM lead ORDER BY leadid');
  const { letGo, reached } = holdPages();
  start(wide);
  await bench.event('cycle-completed');
  await reached;
  put(36, { city: 'New' });
  put(2, { city: 'Moved' });
  bench.source.remove('lead', sampleId(3));
  bench.source.put('account', sampleId(1), { name: 'Renamed' });
  const { cycle, progress } = await nextCycle(bench);
  expect(cycle).toMatchObject({ changed: 3, deleted: 1 });
  expect(progress.conditions).toMatchObject([
    { kind: 'refreshing', entity: 'lead', details: { fields: 'city, statecode', read: '10' } },
  ]);
  expect(progress.entities[0]?.phase).toBe('current');

  letGo();
  const { progress: end } = await done(['city', 'statecode']);
  expect(end.conditions).toEqual([]);
  expect(end.refreshes).toMatchObject([{ entity: 'lead', stored: 36 }]);
  expect(selected).toEqual([['leadid', 'city', 'statecode']]);
  expect(stored(wide)).toEqual(await undisturbed(wide));
  const after = bench.rows('SELECT leadid, lastname, _synced_at, _version FROM lead ORDER BY leadid');
  const untouched = ({ leadid }: Record<string, unknown>) => ![2, 36].map(sampleId).includes(String(leadid));
  expect(after.filter(untouched)).toEqual(before.filter(untouched));
  expect(
    bench.rows(`SELECT city, _deleted_at IS NULL AS here FROM lead WHERE leadid = '${sampleId(3)}'`),
  ).toEqual([{ city: 'City 3', here: 0 }]);
});

const openRefreshes = () =>
  bench.rows('SELECT fields, read FROM _refresh WHERE ended_at IS NULL ORDER BY rowid');
const places = () => bench.source.pagesOf('lead').map(({ from }) => from);

/** The first page of the fields is stored, and the next one stands still. */
async function inTheMiddle(plan: EntityPlan): Promise<{ run: Run; letGo: () => void }> {
  const { letGo, reached } = holdPages();
  const run = start(plan);
  await reached;
  return { run, letGo };
}

async function stopped(run: Run, letGo: () => void): Promise<void> {
  run.abort();
  letGo();
  await run.ended;
}

test('what was stored is not read again after a stop', async () => {
  await copyFirst();
  const { run, letGo } = await inTheMiddle(wide);
  await stopped(run, letGo);
  const [{ read } = {}] = openRefreshes();
  start(wide);
  const { progress } = await done(['city', 'statecode']);
  expect(places()[0]).toBe(`lead?skip=${read}`);
  expect(progress.refreshes).toMatchObject([{ read: 35, stored: 35 }]);
  expect(stored(wide)).toEqual(await undisturbed(wide));
});

test('another field that is ticked meanwhile follows, and each is told by itself', async () => {
  await copyFirst();
  const { run, letGo } = await inTheMiddle(wide);
  await stopped(run, letGo);
  put(4, { city: 'Moved' });
  start(wider);
  const { progress } = await done(['fax']);
  expect(selected).toEqual([
    ['leadid', 'city', 'statecode'],
    ['leadid', 'fax'],
  ]);
  expect(progress.refreshes.map(({ fields, read }) => [fields, read])).toEqual([
    [['city', 'statecode'], 35],
    [['fax'], 35],
  ]);
  expect(stored(wider)).toEqual(await undisturbed(wider));
});

test('a field that is unticked meanwhile is left where it is, and fetched for all rows when it is ticked again', async () => {
  await copyFirst();
  const first = await inTheMiddle(wide);
  await stopped(first.run, first.letGo);
  const without = samplePlan('lead', { lastname: 'String', statecode: 'State' });
  const second = start(without);
  const { progress } = await done(['statecode']);
  expect(progress.refreshes).toHaveLength(1);
  await second.stop();
  expect(bench.rows('SELECT count(city) AS n FROM lead').every(({ n }) => Number(n) < 35)).toBe(true);
  for (let n = 1; n <= 5; n++) put(n, { city: 'Moved' });

  start(wide);
  await done(['city']);
  expect(selected).toEqual([['leadid', 'city']]);
  expect(stored(wide)).toEqual(await undisturbed(wide));

  // All that was under way is unticked: nothing is left, and nothing is told.
  bench.source.before = () => {};
  const third = await inTheMiddle(wider);
  await stopped(third.run, third.letGo);
  start(wide);
  const { progress: end } = await bench.event('cycle-completed');
  expect(end.conditions).toEqual([]);
  expect(openRefreshes()).toEqual([]);
  expect(end.refreshes.map(({ fields }) => fields)).toEqual([['statecode'], ['city']]);
});

test('a link that expires meanwhile has the table read as a whole, which brings the fields along', async () => {
  await copyFirst();
  const { letGo, reached } = holdPages();
  start(wide);
  await bench.event('cycle-completed');
  await reached;
  bench.source.expireLinks();
  put(5, { city: 'Moved' });
  bench.source.remove('lead', sampleId(6));
  await bench.clock.nextSleep();
  bench.clock.advance(300_000);
  await expect.poll(() => places().filter((from) => from === null).length).toBe(2);
  letGo();
  const { progress } = await done(['city', 'statecode']);
  expect(progress.conditions.filter(({ kind }) => kind === 'refreshing')).toEqual([]);
  expect(progress.refreshes).toMatchObject([{ read: 34, stored: 34 }]);
  expect(stored(wide)).toEqual(await undisturbed(wide));
});

test('a link that has expired before the fields are ticked costs one read of the table, and not two', async () => {
  await copyFirst();
  bench.source.expireLinks();
  start(wide);
  const { progress } = await done(['city', 'statecode']);
  expect(progress.refreshes).toMatchObject([{ read: 35, stored: 35 }]);
  expect(places().filter((from) => from === null)).toHaveLength(1);
  expect(stored(wide)).toEqual(await undisturbed(wide));
});

test('rows that the filter keeps out, or that are deleted, stay as they are', async () => {
  const kept = { new_synctomkto: 'Boolean', lastname: 'String' } as const;
  const before = samplePlan('lead', kept, { filter: true });
  const after = samplePlan('lead', { ...kept, city: 'String' }, { filter: true });
  put(1, { new_synctomkto: true });
  const run = bench.start([before]);
  await bench.event('initial-completed');
  put(2, { new_synctomkto: false });
  bench.source.remove('lead', sampleId(3));
  await nextCycle(bench);
  await run.stop();
  // Seen by the fields before the changes tell of it.
  start(after);
  await done(['city']);
  const cities = bench.rows('SELECT leadid FROM lead WHERE city IS NULL ORDER BY leadid');
  expect(cities.map(({ leadid }) => leadid)).toEqual([2, 3].map(sampleId));
  expect(selected).toEqual([['leadid', 'new_synctomkto', 'city']]);
  expect(bench.rows('SELECT new_synctomkto AS yes FROM lead WHERE _stale_since IS NOT NULL')).toEqual([
    { yes: null },
  ]);
});

test('a row whose value cannot be stored is a sync error, and the others go on', async () => {
  await copyFirst();
  put(7, { city: { no: 'text' } });
  bench.source.remove('lead', sampleId(8));
  const run = start(wide);
  await done(['city', 'statecode']);
  await run.stop();
  expect(bench.rows('SELECT id, code FROM _sync_error')).toEqual([
    { id: sampleId(7), code: 'row-malformed' },
  ]);
  expect(bench.rows('SELECT count(city) AS n FROM lead')).toEqual([{ n: 33 }]);
});

test('a large table is read in ranges, and from its start as a whole where a place is not taken any more', async () => {
  bench.source.inRanges = true;
  for (let n = 36; n <= 200; n++) put(n, { city: `City ${n}` });
  await copyFirst();
  const first = await inTheMiddle(wide);
  await stopped(first.run, first.letGo);
  const [{ next } = {}] = bench.rows('SELECT next FROM _refresh');
  const place = /"(lead[?]range=[^"]*)"/.exec(String(next))?.[1];
  expect(place).toBeDefined();
  bench.source.before = ({ kind, from }) => {
    if (kind !== 'page' || from !== place) return;
    throw new AppError('request-refused', 'no such place', { recovery: 'ask-admin' });
  };
  start(wide);
  await done(['city', 'statecode']);
  expect(places().at(-1)).toBe('lead?skip=190');
  bench.source.before = () => {};
  expect(stored(wide)).toEqual(await undisturbed(wide));
});

test('a fault is waited for, and what waiting does not mend stops the sync', async () => {
  await copyFirst();
  let code = 'server-failed';
  bench.source.before = ({ kind, entity }) => {
    const recovery = code === 'server-failed' ? 'retry' : 'ask-admin';
    if (kind === 'page' && entity === 'lead') throw new AppError(code, 'no', { recovery });
  };
  const run = start(wide);
  const { progress } = await bench.event('progress', (event) => event.progress.waiting !== null);
  expect(progress.waiting).toMatchObject({ code: 'server-failed' });
  code = 'privilege-missing';
  await bench.clock.nextSleep();
  bench.clock.advance(1_000);
  expect((await bench.event('stopped')).fault.code).toBe('privilege-missing');
  await run.ended;
});
