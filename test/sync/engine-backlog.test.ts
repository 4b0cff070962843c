import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppError } from '../../src/lib/errors.ts';
import { createEngineBench, type EngineBench, nextCycle, type Run } from './engine-bench.ts';
import { sampleId, samplePlan } from './sample-plan.ts';

const lead = samplePlan('lead', { lastname: 'String' });
const account = samplePlan('account', { name: 'String' }, { changeTracking: false });

let bench: EngineBench;
let run: Run;
beforeEach(async () => {
  bench = createEngineBench();
  for (let n = 1; n <= 12; n++) bench.source.put('lead', sampleId(n), { lastname: `Name ${n}` });
  bench.source.put('account', sampleId(1), { name: 'Firm' });
  run = bench.start([lead, account]);
  await bench.event('initial-completed');
});
afterEach(() => bench.close());

const backlog = async () => {
  const reply = await run.ask({ kind: 'count-backlog' });
  return reply?.kind === 'counted' ? reply.progress.entities.map((entity) => entity.backlog) : reply;
};

test('what waits is counted when somebody asks, and is gone with the next cycle', async () => {
  expect(await backlog()).toEqual([0, 0]);
  for (let n = 1; n <= 5; n++) bench.source.put('lead', sampleId(n), { lastname: 'Changed' });
  bench.source.remove('lead', sampleId(6));
  expect(await Promise.all([backlog(), backlog()])).toEqual([
    [6, 0],
    [6, 0],
  ]);
  const { progress } = await nextCycle(bench);
  expect(progress.entities.map((entity) => entity.backlog)).toEqual([0, 0]);
  bench.source.put('lead', sampleId(7), { lastname: 'Changed' });
  expect(await backlog()).toEqual([1, 0]);
});

test('of what waits the oldest is asked for, once per table, and dropped where it cannot be', async () => {
  let oldest: string | null = '2026-11-23T00:01:00.000Z';
  const asked: string[] = [];
  bench.source.oldestChange = async ({ entity }) => {
    asked.push(entity);
    return oldest;
  };
  const since = async () => {
    const reply = await run.ask({ kind: 'count-backlog' });
    return reply?.kind === 'counted' && reply.progress.entities.map(({ oldestPendingAt }) => oldestPendingAt);
  };
  expect(await since()).toEqual([null, null]);
  expect(asked).toEqual([]);
  bench.source.put('lead', sampleId(7), { lastname: 'Changed' });
  expect(await since()).toEqual([oldest, null]);
  expect(asked).toEqual(['lead']);
  // Modified before the last look: another version for another reason.
  oldest = '2026-11-22T00:00:00.000Z';
  expect(await since()).toEqual([null, null]);
  bench.source.oldestChange = () => Promise.reject(new Error('no'));
  expect(await since()).toEqual([null, null]);
  expect(await backlog()).toEqual([1, 0]);
  const { progress } = await nextCycle(bench);
  expect(progress.entities.map(({ oldestPendingAt }) => oldestPendingAt)).toEqual([null, null]);
});

test('where Dynamics does not say, the last number stays', async () => {
  bench.source.put('lead', sampleId(7), { lastname: 'Changed' });
  expect(await backlog()).toEqual([1, 0]);
  bench.source.countChanges = async () => null;
  expect(await backlog()).toEqual([1, 0]);
  bench.source.countChanges = async () => {
    throw new AppError('server-failed', 'down', { recovery: 'retry' });
  };
  expect(await backlog()).toEqual([1, 0]);
});

test('what was fetched while it was counted does not wait any more', async () => {
  bench.source.put('lead', sampleId(7), { lastname: 'Changed' });
  bench.source.countChanges = async () => {
    await nextCycle(bench);
    return 1;
  };
  expect(await backlog()).toEqual([0, 0]);
});
