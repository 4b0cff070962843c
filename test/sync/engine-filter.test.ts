import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEngineBench, type EngineBench, nextCycle } from './engine-bench.ts';
import { sampleId, samplePlan } from './sample-plan.ts';

const filtered = samplePlan('lead', { lastname: 'String', new_synctomkto: 'Boolean' }, { filter: true });

let bench: EngineBench;
beforeEach(() => {
  bench = createEngineBench();
  for (let n = 1; n <= 25; n++) bench.source.put('lead', sampleId(n), { lastname: `Name ${n}` });
});
afterEach(() => bench.close());

function row(n: number): Record<string, unknown> | undefined {
  return bench.rows(`SELECT * FROM lead WHERE leadid = '${sampleId(n)}'`)[0];
}

describe('the filter', () => {
  test('keeps out No alone: not empty, not absent', async () => {
    bench.source.put('lead', sampleId(1), { new_synctomkto: false });
    bench.source.put('lead', sampleId(2), { new_synctomkto: null });
    bench.source.put('lead', sampleId(3), { new_synctomkto: true });
    bench.start([filtered]);
    const { summary } = await bench.event('initial-completed');
    expect(summary.entities).toMatchObject([{ read: 25, stored: 24, filtered: 1 }]);
    expect(row(1)).toBeUndefined();
    expect(row(2)).toMatchObject({ new_synctomkto: null });
    expect(row(3)).toMatchObject({ new_synctomkto: 1 });
    expect(row(4)).toBeDefined();
  });

  test('off, lets everything in', async () => {
    bench.source.put('lead', sampleId(1), { new_synctomkto: false });
    bench.start([samplePlan('lead', { lastname: 'String', new_synctomkto: 'Boolean' })]);
    const { summary } = await bench.event('initial-completed');
    expect(summary.entities).toMatchObject([{ stored: 25, filtered: 0 }]);
  });

  test('Yes to No keeps the row as it was and marks it; No to Yes brings the whole row in', async () => {
    bench.source.put('lead', sampleId(1), { new_synctomkto: true });
    bench.source.put('lead', sampleId(2), { new_synctomkto: false });
    bench.start([filtered]);
    await bench.event('initial-completed');
    bench.source.put('lead', sampleId(1), { new_synctomkto: false, lastname: 'Not to be seen' });
    bench.source.put('lead', sampleId(2), { new_synctomkto: true });
    await nextCycle(bench);
    expect(row(1)).toMatchObject({
      lastname: 'Name 1',
      _stale_since: '2026-11-23T00:05:00.000Z',
      _deleted_at: null,
    });
    expect(row(2)).toMatchObject({ lastname: 'Name 2', _stale_since: null });

    bench.source.put('lead', sampleId(1), { lastname: 'Still not' });
    await nextCycle(bench);
    expect(row(1)).toMatchObject({ lastname: 'Name 1', _stale_since: '2026-11-23T00:05:00.000Z' });

    bench.source.put('lead', sampleId(1), { new_synctomkto: true });
    await nextCycle(bench);
    expect(row(1)).toMatchObject({ lastname: 'Still not', _stale_since: null, new_synctomkto: 1 });
  });

  test('a stale row is not taken for a deleted one when the table is read again', async () => {
    bench.source.put('lead', sampleId(1), { new_synctomkto: true });
    bench.start([filtered]);
    await bench.event('initial-completed');
    bench.source.put('lead', sampleId(1), { new_synctomkto: false });
    bench.source.expireLinks();
    await nextCycle(bench);
    expect(row(1)).toMatchObject({ _deleted_at: null, _stale_since: '2026-11-23T00:05:00.000Z' });
  });

  test('switched on later, it marks the rows that are No as stale', async () => {
    bench.source.put('lead', sampleId(1), { new_synctomkto: false });
    const first = bench.start([samplePlan('lead', { lastname: 'String', new_synctomkto: 'Boolean' })]);
    await bench.event('initial-completed');
    await first.stop();
    bench.events.length = 0;
    bench.start([filtered]);
    await bench.event('initial-completed');
    expect(row(1)?._stale_since).not.toBeNull();
    expect(row(2)?._stale_since).toBeNull();
  });
});
