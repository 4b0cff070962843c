import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEngineBench, type EngineBench, nextCycle } from './engine-bench.ts';
import { sampleId, samplePlan } from './sample-plan.ts';

const lead = samplePlan('lead', { lastname: 'String' });
const untracked = samplePlan('lead', { lastname: 'String' }, { changeTracking: false });

let bench: EngineBench;
beforeEach(() => {
  bench = createEngineBench();
  for (let n = 1; n <= 25; n++) bench.source.put('lead', sampleId(n), { lastname: `Name ${n}` });
});
afterEach(() => bench.close());

function row(n: number): Record<string, unknown> | undefined {
  return bench.rows(`SELECT * FROM lead WHERE leadid = '${sampleId(n)}'`)[0];
}

describe('cycles', () => {
  test('bring in what was created, changed and deleted', async () => {
    bench.start([lead]);
    await bench.event('initial-completed');
    bench.source.put('lead', sampleId(1), { lastname: 'Changed' });
    bench.source.put('lead', sampleId(26), { lastname: 'New' });
    bench.source.remove('lead', sampleId(2));
    const { cycle, progress } = await nextCycle(bench);
    expect(cycle).toMatchObject({ changed: 2, deleted: 1, startedAt: '2026-11-23T00:05:00.000Z' });
    expect(progress).toMatchObject({
      lastCycle: cycle,
      nextCycleAt: '2026-11-23T00:10:00.000Z',
      rate: null,
      timeLeft: null,
      entities: [{ stored: 25, deleted: 1, read: 25, backlog: 0 }],
    });
    expect(row(1)).toMatchObject({ lastname: 'Changed' });
    expect(row(2)).toMatchObject({ lastname: 'Name 2', _deleted_at: '2026-11-23T00:05:00.000Z' });
    expect(row(26)).toMatchObject({ lastname: 'New', _deleted_at: null });
  });

  test('ask once per entity when nothing has changed', async () => {
    bench.start([lead]);
    await bench.event('initial-completed');
    await nextCycle(bench);
    bench.source.calls.length = 0;
    const { cycle } = await nextCycle(bench);
    expect(cycle).toMatchObject({ changed: 0, deleted: 0 });
    expect(bench.source.calls).toMatchObject([{ kind: 'changes' }]);
  });

  test('restore a deleted row that comes back', async () => {
    bench.start([lead]);
    await bench.event('initial-completed');
    bench.source.remove('lead', sampleId(5));
    await nextCycle(bench);
    expect(row(5)?._deleted_at).not.toBeNull();
    bench.source.put('lead', sampleId(5), { lastname: 'Back' });
    const { progress } = await nextCycle(bench);
    expect(row(5)).toMatchObject({ lastname: 'Back', _deleted_at: null });
    expect(progress.entities).toMatchObject([{ stored: 25, deleted: 0 }]);
  });

  test('move the link on with the last page only', async () => {
    const first = bench.start([lead]);
    await bench.event('initial-completed');
    for (let n = 1; n <= 25; n++) bench.source.put('lead', sampleId(n), { lastname: `Second ${n}` });
    const link = bench.rows('SELECT link FROM _checkpoint');
    let pages = 0;
    bench.source.before = () => {
      if (++pages === 3) first.abort();
    };
    bench.events.length = 0;
    await bench.clock.nextSleep();
    bench.clock.advance(300_000);
    await first.ended;
    expect(bench.rows('SELECT link FROM _checkpoint')).toEqual(link);

    bench.source.before = () => {};
    bench.start([lead]);
    const { cycle } = await bench.event('cycle-completed');
    expect(cycle.changed).toBe(25);
    expect(bench.rows("SELECT count(*) AS n FROM lead WHERE lastname LIKE 'Second %'")).toEqual([{ n: 25 }]);
    expect(bench.rows('SELECT link FROM _checkpoint')).not.toEqual(link);
  });

  test('tell of the complete copy again after a restart, and of the first cycle', async () => {
    const first = bench.start([lead]);
    await bench.event('initial-completed');
    await first.stop();
    bench.source.put('lead', sampleId(1), { lastname: 'Meanwhile' });
    bench.events.length = 0;
    bench.start([lead]);
    const { summary } = await bench.event('initial-completed');
    const { cycle } = await bench.event('cycle-completed');
    expect(summary.entities).toMatchObject([{ stored: 25, phase: 'current' }]);
    expect(cycle.changed).toBe(1);
    expect(row(1)).toMatchObject({ lastname: 'Meanwhile' });
  });
});

describe('an expired link', () => {
  test('means a new link and the whole table again, deleted rows included', async () => {
    bench.start([lead]);
    await bench.event('initial-completed');
    bench.source.remove('lead', sampleId(3));
    bench.source.put('lead', sampleId(4), { lastname: 'Changed' });
    bench.source.expireLinks();
    bench.source.calls.length = 0;
    const { progress } = await nextCycle(bench);
    expect(bench.source.calls.map(({ kind }) => kind)).toEqual([
      'changes',
      'link',
      'page',
      'page',
      'page',
      'changes',
    ]);
    expect(row(3)?._deleted_at).not.toBeNull();
    expect(row(4)).toMatchObject({ lastname: 'Changed', _deleted_at: null });
    expect(progress.entities).toMatchObject([{ stored: 24, deleted: 1, phase: 'current' }]);
    expect(bench.rows('SELECT * FROM _met')).toEqual([]);
  });

  test('stopped in the middle of the new read, it goes on there and still finds the deleted rows', async () => {
    const first = bench.start([lead]);
    await bench.event('initial-completed');
    bench.source.remove('lead', sampleId(3));
    bench.source.expireLinks();
    bench.source.before = ({ kind, from }) => {
      if (kind === 'page' && from === 'lead?skip=20') first.abort();
    };
    await bench.clock.nextSleep();
    bench.clock.advance(300_000);
    await first.ended;
    expect(row(3)?._deleted_at).toBeNull();
    bench.source.before = () => {};
    bench.source.calls.length = 0;
    bench.events.length = 0;
    bench.start([lead]);
    await bench.event('initial-completed');
    expect(bench.source.pagesOf('lead').map(({ from }) => from)).toEqual(['lead?skip=20']);
    expect(bench.rows('SELECT leadid FROM lead WHERE _deleted_at IS NOT NULL')).toEqual([
      { leadid: sampleId(3) },
    ]);
  });
});

test('a table without change tracking is read again each cycle', async () => {
  bench.start([untracked]);
  await bench.event('initial-completed');
  bench.source.remove('lead', sampleId(3));
  bench.source.put('lead', sampleId(4), { lastname: 'Changed' });
  const { progress } = await nextCycle(bench);
  expect(bench.source.calls.every(({ kind }) => kind === 'page')).toBe(true);
  expect(row(3)?._deleted_at).not.toBeNull();
  expect(row(4)).toMatchObject({ lastname: 'Changed' });
  expect(progress.entities).toMatchObject([{ stored: 24, deleted: 1, read: 24 }]);
});
