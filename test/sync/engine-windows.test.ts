import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SyncProgress } from '../../src/model/progress.ts';
import { createEngineBench, type EngineBench, nextCycle } from './engine-bench.ts';
import { sampleId, samplePlan } from './sample-plan.ts';

/** A table without change tracking; what is asked of Dynamics for it is in sandbox-windows. */
const lead = samplePlan(
  'lead',
  { lastname: 'String', city: 'String' },
  { changeTracking: false, hasModifiedOn: true },
);
const day = 24 * 3_600_000;

let bench: EngineBench;
beforeEach(async () => {
  bench = createEngineBench({ pageSize: 500 });
  for (let n = 1; n <= 2_500; n++) bench.source.put('lead', sampleId(n), { lastname: `Name ${n}` });
});
afterEach(() => bench.close());

const count = (where: string) => bench.rows(`SELECT count(*) AS n FROM lead WHERE ${where}`)[0]?.n;
const deleted = () => count('_deleted_at IS NOT NULL');
const held = ({ conditions }: SyncProgress) => conditions.filter(({ kind }) => kind === 'deletes-held');
const calls = (kind: string) => bench.source.calls.filter((call) => call.kind === kind).length;
const remove = (from: number, to: number): void => {
  for (let n = from; n <= to; n++) bench.source.remove('lead', sampleId(n));
};

async function started() {
  const run = bench.start([lead]);
  await bench.event('initial-completed');
  await bench.clock.nextSleep();
  bench.source.calls.length = 0;
  return run;
}

/** The next cycle, a day later: the ids are compared. */
async function nextDay() {
  bench.source.calls.length = 0;
  bench.events.length = 0;
  await bench.clock.nextSleep();
  bench.clock.advance(day);
  return await bench.event('cycle-completed');
}

test('what an overlap has again is not stored again, but for rows that failed', async () => {
  await started();
  bench.source.put('lead', sampleId(1), { lastname: 'Changed' });
  bench.source.put('lead', sampleId(2), { lastname: 17 });
  expect((await nextCycle(bench)).cycle).toMatchObject({ changed: 2 });
  const at = () => bench.rows(`SELECT _synced_at FROM lead WHERE leadid = '${sampleId(1)}'`);
  const before = at();
  await nextCycle(bench);
  expect(at()).toEqual(before);
  expect(bench.rows('SELECT id FROM _sync_error')).toEqual([{ id: sampleId(2) }]);
  // Out of the overlap, it is left to the attempts that are due; by the comparison as well.
  for (let n = 11; n <= 15; n++) bench.source.put('lead', sampleId(n), { lastname: 'Other' });
  await nextCycle(bench);
  await nextDay();
  expect(calls('rows')).toBe(1);
  bench.source.put('lead', sampleId(2), { lastname: 'Mended' });
  await nextCycle(bench);
  expect(bench.rows('SELECT id FROM _sync_error')).toEqual([]);
});

test('very many rows that are gone wait for an admin; the changes do not', async () => {
  const run = await started();
  remove(1, 1_100);
  bench.source.put('lead', sampleId(2_000), { lastname: 'Changed' });
  const { cycle, progress } = await nextDay();
  expect(cycle).toMatchObject({ changed: 1, deleted: 0 });
  expect(held(progress)).toMatchObject([{ details: { deletes: '1100', rows: '2500' } }]);
  expect(deleted()).toBe(0);
  expect(count("lastname = 'Changed'")).toBe(1);

  await run.ask({ kind: 'apply-deletes', entity: 'lead' });
  await expect.poll(deleted).toBe(1_100);
  const after = await nextCycle(bench);
  expect(after.cycle).toMatchObject({ deleted: 1_100 });
  expect(held(after.progress)).toEqual([]);
  expect(after.progress.entities).toMatchObject([{ stored: 1_400, deleted: 1_100, read: 2_500 }]);
});

test('what was restored meanwhile is not asked about any more', async () => {
  await started();
  remove(1, 1_100);
  await nextDay();
  for (let n = 1; n <= 1_050; n++) bench.source.put('lead', sampleId(n), { lastname: `Restored ${n}` });
  const { progress } = await nextDay();
  expect(held(progress)).toEqual([]);
  expect(deleted()).toBe(50);
  expect(count("lastname LIKE 'Restored %'")).toBe(1_050);
});

test('after a backup was restored, versions of before count again', async () => {
  await started();
  const db = new DatabaseSync(bench.path);
  const some = `leadid IN ('${sampleId(1)}', '${sampleId(2)}')`;
  db.exec(`UPDATE lead SET _version = _version + 9000, lastname = 'After the backup' WHERE ${some}`);
  db.close();
  expect((await nextDay()).cycle).toMatchObject({ changed: 2 });
  expect(count("lastname = 'After the backup'")).toBe(0);
});

test('where very much is missing the table is read as a whole', async () => {
  await started();
  const { readChanges } = bench.source;
  // Windows that say nothing.
  bench.source.readChanges = async function* (_plan, link) {
    yield { rows: [], deleted: [], next: null, deltaLink: link };
  };
  for (let n = 2_001; n <= 7_800; n++) bench.source.put('lead', sampleId(n), { lastname: `New ${n}` });
  remove(1, 3);
  await nextCycle(bench);
  expect(count('1')).toBe(2_500);
  const { progress } = await nextDay();
  expect(calls('rows')).toBeLessThan(5_300 / 500);
  expect(progress.entities).toMatchObject([{ stored: 7_797, deleted: 3, phase: 'current' }]);
  bench.source.readChanges = readChanges;
  bench.source.put('lead', sampleId(1), { lastname: 'Back' });
  expect((await nextCycle(bench)).cycle).toMatchObject({ changed: 1 });
  expect(deleted()).toBe(2);
});

test('ids that end before their last page delete nothing', async () => {
  await started();
  const { readPages } = bench.source;
  bench.source.readPages = async function* (plan, from, signal) {
    for await (const page of readPages(plan, from, signal)) {
      yield page;
      return;
    }
  };
  await nextDay();
  expect(deleted()).toBe(0);
  bench.source.readPages = readPages;
  remove(1, 1);
  await nextCycle(bench);
  await expect.poll(deleted).toBe(1);
});

test('a file of before, whose table was read again each time, is read once more and then by modifiedon', async () => {
  const before = samplePlan('lead', { lastname: 'String', city: 'String' }, { changeTracking: false });
  const first = bench.start([before]);
  await bench.event('initial-completed');
  await first.stop();
  expect(bench.rows('SELECT link FROM _checkpoint')).toEqual([{ link: null }]);
  bench.source.remove('lead', sampleId(1));
  bench.source.put('lead', sampleId(2), { lastname: 'Changed' });
  bench.events.length = 0;
  bench.start([lead]);
  await bench.event('cycle-completed');
  expect(deleted()).toBe(1);
  expect(count("lastname = 'Changed'")).toBe(1);
  bench.source.calls.length = 0;
  await nextCycle(bench);
  expect(bench.source.calls).toMatchObject([{ kind: 'changes' }]);
});
