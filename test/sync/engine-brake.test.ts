import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqlite } from '../../src/destinations/sqlite.ts';
import { AppError } from '../../src/lib/errors.ts';
import type { SyncProgress } from '../../src/model/progress.ts';
import type { EntityPlan } from '../../src/model/selection.ts';
import type { Batch } from '../../src/ports/destination.ts';
import { createEngineBench, type EngineBench, nextCycle, type Run } from './engine-bench.ts';
import { sampleId, samplePlan } from './sample-plan.ts';

const lead = samplePlan('lead', { lastname: 'String' });
const windowed = samplePlan('lead', { lastname: 'String' }, { changeTracking: false, hasModifiedOn: true });
const untracked = samplePlan('lead', { lastname: 'String' }, { changeTracking: false });
const account = samplePlan('account', { name: 'String' });
const hour = 3_600_000;
const day = 24 * hour;

let bench: EngineBench;
beforeEach(() => {
  bench = createEngineBench({ pageSize: 500 });
  for (let n = 1; n <= 2_500; n++) bench.source.put('lead', sampleId(n), { lastname: `Name ${n}` });
  bench.source.put('account', sampleId(1), { name: 'Firm' });
});
afterEach(() => bench.close());

const remove = (from: number, to: number): void => {
  for (let n = from; n <= to; n++) bench.source.remove('lead', sampleId(n));
};
const deleted = () => bench.rows('SELECT count(*) AS n FROM lead WHERE _deleted_at IS NOT NULL')[0]?.n;
const nameOf = (n: number) =>
  bench.rows(`SELECT lastname FROM lead WHERE leadid = '${sampleId(n)}'`)[0]?.lastname;
const calls = (entity: string) => bench.source.calls.filter((call) => call.entity === entity).length;
const link = () => bench.rows("SELECT link FROM _checkpoint WHERE entity = 'lead'");
const held = ({ conditions }: SyncProgress) => conditions.filter(({ kind }) => kind === 'deletes-held');

const stored = () => bench.rows('SELECT entity, deletes, rows, allowed FROM _held_deletes');
const applyLeads = (run: Run) => run.ask({ kind: 'apply-deletes', entity: 'lead' });
const applied = (done: boolean) => ({ kind: 'applied', done });

/** From now on whoever asks for leads waits. @returns what lets them go on. */
function keepLeadsWaiting(kinds = ['changes', 'page']): () => void {
  const gate = Promise.withResolvers<void>();
  bench.source.before = ({ entity, kind }) =>
    entity === 'lead' && kinds.includes(kind) ? gate.promise : undefined;
  return () => {
    bench.source.before = () => {};
    gate.resolve();
  };
}

/** Begins a run that is over right after the next batch that `fits`, as if killed: nothing follows it in the file. */
function startDoomed(plans: readonly EntityPlan[]) {
  const destination = openSqlite({ path: bench.path });
  let fits: (batch: Batch) => boolean = () => false;
  const run = bench.start(plans, {
    destination: {
      ...destination,
      async commit(plan, batch) {
        await destination.commit(plan, batch);
        if (plan.entity === 'lead' && fits(batch)) run.abort();
      },
    },
  });
  const endsAfter = (what: typeof fits): void => {
    fits = what;
  };
  return { ...run, endsAfter };
}

async function started(plans = [lead, account]) {
  const run = bench.start(plans);
  await bench.event('initial-completed');
  return run;
}

/** Holds back 1,200 deletes, and ends. */
async function heldAndStopped() {
  const run = await started();
  remove(1, 1_200);
  const { progress } = await nextCycle(bench);
  await run.stop();
  bench.events.length = 0;
  return held(progress);
}

/** The same, and the word is given, but not acted on. */
async function confirmedAndStopped() {
  await heldAndStopped();
  const goOn = keepLeadsWaiting();
  const run = bench.start([lead, account]);
  await bench.event('progress');
  expect(await applyLeads(run)).toEqual(applied(true));
  run.abort();
  goOn();
  await run.ended;
  expect(deleted()).toBe(0);
  bench.events.length = 0;
}

/** Lets the waits pass until a cycle has ended an hour later. */
async function anHourLater() {
  for (let passed = 0; passed < hour; passed += 300_000) await nextCycle(bench);
  return nextCycle(bench);
}

describe('deletes of more than a thousand rows and a tenth of the table', () => {
  test('are held back until an admin says that they were meant; the others go on', async () => {
    const run = await started();
    const before = link();
    remove(1, 1_001);
    bench.source.put('lead', sampleId(2_000), { lastname: 'Changed' });
    const { cycle, progress } = await nextCycle(bench);
    expect(cycle).toMatchObject({ changed: 1, deleted: 0 });
    expect(held(progress)).toMatchObject([
      { entity: 'lead', details: { deletes: '1001', rows: '2500' }, since: '2026-11-23T00:05:00.000Z' },
    ]);
    expect(deleted()).toBe(0);
    expect(nameOf(2_000)).toBe('Changed');
    expect(link()).toEqual(before);

    const leads = calls('lead');
    bench.source.put('account', sampleId(1), { name: 'Firm renamed' });
    const next = await nextCycle(bench);
    expect(next.cycle).toMatchObject({ changed: 1 });
    expect(held(next.progress)).toHaveLength(1);
    expect(calls('lead')).toBe(leads);

    expect(await run.ask({ kind: 'apply-deletes', entity: 'account' })).toEqual({
      kind: 'applied',
      done: false,
    });
    // In the middle of the wait: no time passes.
    expect(await run.ask({ kind: 'apply-deletes', entity: 'lead' })).toEqual({ kind: 'applied', done: true });
    await expect.poll(deleted).toBe(1_001);
    expect(link()).not.toEqual(before);
    const after = await nextCycle(bench);
    expect(after.cycle).toMatchObject({ changed: 1, deleted: 1_001 });
    expect(held(after.progress)).toEqual([]);
    expect(await run.ask({ kind: 'apply-deletes', entity: 'lead' })).toEqual({
      kind: 'applied',
      done: false,
    });
  });

  test('are held back again after a restart, and can be confirmed then', async () => {
    const first = await started();
    remove(1, 1_200);
    await nextCycle(bench);
    await first.stop();
    expect(await first.ask({ kind: 'apply-deletes', entity: 'lead' })).toBeNull();
    bench.events.length = 0;
    const second = bench.start([lead, account]);
    const { progress } = await bench.event('cycle-completed');
    expect(held(progress)).toMatchObject([{ entity: 'lead' }]);
    expect(deleted()).toBe(0);
    await second.ask({ kind: 'apply-deletes', entity: 'lead' });
    await expect.poll(deleted).toBe(1_200);
  });

  test('are known right after a restart, and can be confirmed before anything was read', async () => {
    const before = await heldAndStopped();
    bench.clock.advance(hour);
    const goOn = keepLeadsWaiting();
    const run = bench.start([lead, account]);
    const { progress } = await bench.event('progress');
    expect(held(progress)).toEqual(before);
    expect(await run.ask({ kind: 'apply-deletes', entity: 'account' })).toEqual(applied(false));
    expect(stored()).toEqual([{ entity: 'lead', deletes: 1_200, rows: 2_500, allowed: null }]);
    expect(await applyLeads(run)).toEqual(applied(true));
    expect(stored()).toMatchObject([{ allowed: 1_200 }]);
    goOn();
    const after = await bench.event('cycle-completed');
    expect(after.cycle).toMatchObject({ deleted: 1_200 });
    expect(held(after.progress)).toEqual([]);
    expect(stored()).toEqual([]);
    expect(await applyLeads(run)).toEqual(applied(false));
  });

  test('can be confirmed while the sync is still starting', async () => {
    await heldAndStopped();
    const plans = Promise.withResolvers<EntityPlan[]>();
    const run = bench.start([lead, account], { readPlans: () => plans.promise });
    const answer = applyLeads(run);
    plans.resolve([lead, account]);
    expect(await answer).toEqual(applied(true));
    await expect.poll(deleted).toBe(1_200);
  });

  test('are told to be out of reach when the start takes long', async () => {
    await heldAndStopped();
    const plans = Promise.withResolvers<EntityPlan[]>();
    const run = bench.start([lead, account], { readPlans: () => plans.promise });
    const answer = applyLeads(run);
    expect(await bench.clock.nextSleep()).toBe(10_000);
    bench.clock.advance(10_000);
    expect(await answer).toBeNull();
    run.abort();
    plans.resolve([]);
  });

  test('are not asked about again when the word was given right before the end', async () => {
    await confirmedAndStopped();
    bench.start([lead, account]);
    const { cycle, progress } = await bench.event('cycle-completed');
    expect(cycle).toMatchObject({ deleted: 1_200 });
    expect(held(progress)).toEqual([]);
  });

  test('leave no word behind for those of later, when killed right after they were stored', async () => {
    const first = startDoomed([lead, account]);
    await bench.event('initial-completed');
    remove(1, 1_200);
    await nextCycle(bench);
    first.endsAfter(({ followed }) => followed === true);
    await applyLeads(first);
    await first.ended;
    expect(deleted()).toBe(1_200);
    expect(stored()).toEqual([]);
    remove(1_201, 2_400);
    bench.events.length = 0;
    bench.start([lead, account]);
    const { progress } = await bench.event('cycle-completed');
    expect(held(progress)).toMatchObject([{ details: { deletes: '1200', rows: '1300' } }]);
    expect(deleted()).toBe(1_200);
  });

  test('leave no word behind when the rows were restored after it was given', async () => {
    await confirmedAndStopped();
    for (let n = 1; n <= 1_200; n++) bench.source.put('lead', sampleId(n), { lastname: `Restored ${n}` });
    const first = startDoomed([lead, account]);
    first.endsAfter(({ followed }) => followed === true);
    await first.ended;
    expect(nameOf(1_200)).toBe('Restored 1200');
    expect(stored()).toEqual([]);
    remove(1_201, 2_400);
    bench.events.length = 0;
    bench.start([lead, account]);
    const { progress } = await bench.event('cycle-completed');
    expect(held(progress)).toMatchObject([{ details: { deletes: '1200', rows: '2500' } }]);
    expect(deleted()).toBe(0);
  });

  test('are forgotten, with the word, once their table is not synced any more', async () => {
    await confirmedAndStopped();
    const second = bench.start([account]);
    expect(held((await bench.event('cycle-completed')).progress)).toEqual([]);
    await second.stop();
    expect(stored()).toEqual([]);
    bench.events.length = 0;
    bench.start([lead, account]);
    expect(held((await bench.event('cycle-completed')).progress)).toHaveLength(1);
    expect(deleted()).toBe(0);
  });

  test('are not confirmed in a file that has taken the place of the one they were held back of', async () => {
    const run = await started();
    remove(1, 1_200);
    await nextCycle(bench);
    for (const end of ['', '-wal', '-shm']) rmSync(`${bench.path}${end}`, { force: true });
    expect(await applyLeads(run)).toEqual(applied(false));
    expect(stored()).toEqual([]);
    const { progress } = await anHourLater();
    expect(held(progress)).toEqual([]);
    expect(progress.entities).toMatchObject([{ stored: 1_300, deleted: 0 }, {}]);
  });

  test('come to nothing when the rows are restored meanwhile', async () => {
    await started();
    remove(1, 1_200);
    await nextCycle(bench);
    for (let n = 1; n <= 900; n++) bench.source.put('lead', sampleId(n), { lastname: `Restored ${n}` });
    const { progress } = await anHourLater();
    expect(held(progress)).toEqual([]);
    expect(deleted()).toBe(300);
    expect(nameOf(900)).toBe('Restored 900');
    expect(stored()).toEqual([]);
  });

  test('are asked about again when many more have come since they were confirmed', async () => {
    const run = await started();
    remove(1, 1_001);
    await nextCycle(bench);
    remove(1_002, 2_400);
    await run.ask({ kind: 'apply-deletes', entity: 'lead' });
    await bench.event('progress', ({ progress }) => held(progress)[0]?.details.deletes === '2400');
    expect(deleted()).toBe(0);
    await run.ask({ kind: 'apply-deletes', entity: 'lead' });
    await expect.poll(deleted).toBe(2_400);
  });

  test('are confirmed for good, also when Dynamics does not answer at first', async () => {
    const run = await started();
    remove(1, 1_001);
    await nextCycle(bench);
    let failures = 1;
    bench.source.before = ({ entity }) => {
      if (entity === 'lead' && failures-- > 0)
        throw new AppError('server-failed', 'down', { recovery: 'retry' });
    };
    await run.ask({ kind: 'apply-deletes', entity: 'lead' });
    await bench.event('progress', ({ progress }) => progress.waiting?.code === 'server-failed');
    expect(await bench.clock.nextSleep()).toBe(1_000);
    bench.clock.advance(1_000);
    await expect.poll(deleted).toBe(1_001);
  });
});

test.each([
  ['a thousand rows', 2_500, 1_000],
  ['a tenth of the table', 10_500, 1_050],
])('%s are deleted without a question', async (_what, rows, deletes) => {
  for (let n = 2_501; n <= rows; n++) bench.source.put('lead', sampleId(n), { lastname: `Name ${n}` });
  await started();
  remove(1, deletes);
  const { cycle, progress } = await nextCycle(bench);
  expect(cycle).toMatchObject({ deleted: deletes });
  expect(held(progress)).toEqual([]);
  expect(deleted()).toBe(deletes);
});

test('rows that never came in do not count', async () => {
  const filtered = { ...lead, filter: true };
  for (let n = 1; n <= 1_500; n++) bench.source.put('lead', sampleId(n), { new_synctomkto: false });
  await started([filtered]);
  remove(1, 1_500);
  expect(held((await nextCycle(bench)).progress)).toEqual([]);
});

describe('a table that is read again', () => {
  test.each([
    ['after an expired link', lead],
    ['for want of change tracking', untracked],
  ])('%s is not emptied without a question', async (_why, plan) => {
    const run = await started([plan]);
    remove(1, 1_100);
    bench.source.put('lead', sampleId(1_101), { lastname: 'Changed' });
    bench.source.expireLinks();
    const { progress } = await nextCycle(bench);
    expect(held(progress)).toMatchObject([{ details: { deletes: '1100', rows: '2500' } }]);
    expect(deleted()).toBe(0);
    expect(nameOf(1_101)).toBe('Changed');
    await run.ask({ kind: 'apply-deletes', entity: 'lead' });
    await expect.poll(deleted).toBe(1_100);
    const after = await nextCycle(bench);
    expect(held(after.progress)).toEqual([]);
    expect(after.progress.entities).toMatchObject([{ stored: 1_400, deleted: 1_100, phase: 'current' }]);
  });

  test('is looked through again after an hour, in case the rows have come back', async () => {
    await started([lead]);
    remove(1, 1_100);
    bench.source.expireLinks();
    await nextCycle(bench);
    for (let n = 1; n <= 1_100; n++) bench.source.put('lead', sampleId(n), { lastname: `Restored ${n}` });
    const { progress } = await anHourLater();
    expect(held(progress)).toEqual([]);
    expect(deleted()).toBe(0);
    expect(nameOf(7)).toBe('Restored 7');
    expect(progress.entities).toMatchObject([{ stored: 2_500, phase: 'current' }]);
  });

  test.each([
    ['read again', lead, () => bench.source.expireLinks()],
    ['compared', windowed, () => {}],
  ])('that is %s is swept by a word of before a restart', async (_how, plan, bringAbout) => {
    const first = await started([plan]);
    remove(1, 1_100);
    bringAbout();
    bench.events.length = 0;
    await bench.clock.nextSleep();
    bench.clock.advance(day);
    expect(held((await bench.event('cycle-completed')).progress)).toHaveLength(1);
    // Whatever has to be read before the sweep is read.
    const goOn = keepLeadsWaiting(['page']);
    bench.source.calls.length = 0;
    expect(await applyLeads(first)).toEqual(applied(true));
    await expect.poll(() => bench.source.calls.some(({ kind }) => kind === 'page')).toBe(true);
    first.abort();
    goOn();
    await first.ended;
    expect(stored()).toMatchObject([{ allowed: 1_100 }]);
    bench.events.length = 0;
    bench.start([plan]);
    const { progress } = await bench.event('cycle-completed');
    expect(held(progress)).toEqual([]);
    expect(deleted()).toBe(1_100);
    expect(stored()).toEqual([]);
  });
});
