import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqlite } from '../../src/destinations/sqlite.ts';
import { AppError } from '../../src/lib/errors.ts';
import { createEngineBench, type EngineBench, organizationId } from './engine-bench.ts';
import type { Call } from './fake-source.ts';
import { sampleId, samplePlan } from './sample-plan.ts';

const lead = samplePlan('lead', { lastname: 'String' });
const account = samplePlan('account', { name: 'String' });

let bench: EngineBench;
beforeEach(() => {
  bench = createEngineBench();
  for (let n = 1; n <= 30; n++) bench.source.put('lead', sampleId(n), { lastname: `Name ${n}` });
});
afterEach(() => bench.close());

const serverFailed = () => new AppError('server-failed', 'down', { recovery: 'retry' });
const isSecondPage = ({ kind, from }: Call) => kind === 'page' && from === 'lead?skip=10';

test('a fault that may pass is waited for, longer each time, and the copy goes on where it was', async () => {
  let failures = 3;
  bench.source.before = (call) => {
    if (isSecondPage(call) && failures-- > 0) throw serverFailed();
  };
  bench.start([lead]);
  for (const expected of [1000, 2000, 4000]) {
    expect(await bench.clock.nextSleep()).toBe(expected);
    const { progress } = await bench.event('progress', (event) => event.progress.waiting !== null);
    expect(progress.waiting).toMatchObject({ code: 'server-failed' });
    bench.clock.advance(expected);
  }
  const { summary } = await bench.event('initial-completed');
  expect(summary.entities).toMatchObject([{ stored: 30, read: 30 }]);
  const places = bench.source.pagesOf('lead').map(({ from }) => from);
  expect(places).toEqual([null, ...Array(4).fill('lead?skip=10'), 'lead?skip=20']);
  const after = await bench.event('progress', (event) => event.progress.nextCycleAt !== null);
  expect(after.progress.waiting).toBeNull();
});

test('waits are capped at five minutes', async () => {
  let failures = 12;
  bench.source.before = (call) => {
    if (isSecondPage(call) && failures-- > 0) throw serverFailed();
  };
  bench.start([lead]);
  for (let n = 0; n < 12; n++) bench.clock.advance(await bench.clock.nextSleep());
  await bench.event('initial-completed');
  expect(bench.clock.sleeps.slice(7, 12)).toEqual([128_000, 256_000, 300_000, 300_000, 300_000]);
});

test('when Dynamics says how long, it is that long', async () => {
  let failures = 1;
  bench.source.before = (call) => {
    if (isSecondPage(call) && failures-- > 0) {
      throw new AppError('throttled', 'slow down', { recovery: 'wait', retryAfterMs: 17_000 });
    }
  };
  bench.start([lead]);
  expect(await bench.clock.nextSleep()).toBe(17_000);
  bench.clock.advance(17_000);
  await bench.event('initial-completed');
});

test.each([0, -5000, 300])(
  'asked to wait for %i ms, it still waits longer each time',
  async (retryAfterMs) => {
    let failures = 3;
    bench.source.before = (call) => {
      if (isSecondPage(call) && failures-- > 0) {
        throw new AppError('throttled', 'slow down', { recovery: 'wait', retryAfterMs });
      }
    };
    bench.start([lead]);
    for (let n = 0; n < 3; n++) bench.clock.advance(await bench.clock.nextSleep());
    await bench.event('initial-completed');
    expect(bench.clock.sleeps.slice(0, 3)).toEqual([1000, 2000, 4000]);
  },
);

test('one entity that waits does not hold up the others', async () => {
  bench.source.put('account', sampleId(1), { name: 'Firm' });
  bench.source.before = (call) => {
    if (isSecondPage(call)) throw serverFailed();
  };
  bench.start([lead, account]);
  const waits = await bench
    .event(
      'progress',
      ({ progress }) => progress.waiting !== null && progress.entities[1]?.phase === 'current',
    )
    .catch(() => null);
  await bench.clock.nextSleep();
  expect(waits).not.toBeNull();
  expect(bench.rows('SELECT count(*) AS n FROM account')).toEqual([{ n: 1 }]);
});

test('a fault only a person can mend ends everything, and resuming goes on from there', async () => {
  bench.source.before = (call) => {
    if (!isSecondPage(call)) return;
    throw new AppError('privilege-missing', 'no', {
      recovery: 'ask-admin',
      details: { entity: 'lead', privilege: 'prvReadLead', requestId: 'r-1' },
    });
  };
  const first = bench.start([lead, account]);
  const { fault } = await bench.event('stopped');
  expect(fault).toMatchObject({
    code: 'privilege-missing',
    details: { entity: 'lead', privilege: 'prvReadLead' },
    requestId: 'r-1',
  });
  await first.ended;
  bench.source.before = () => {};
  bench.start([lead, account]);
  const { summary } = await bench.event('initial-completed');
  expect(summary.entities).toMatchObject([{ stored: 30, read: 30 }, { stored: 0 }]);
});

test('an unreachable Dynamics at the start is waited for', async () => {
  let failures = 1;
  bench.start([lead], {
    readPlans: async () => {
      if (failures-- > 0) throw new AppError('connection-failed', 'no', { recovery: 'retry' });
      return [lead];
    },
  });
  await bench.clock.nextSleep();
  const { progress } = await bench.event('progress', (event) => event.progress.waiting !== null);
  expect(progress).toMatchObject({
    waiting: { code: 'connection-failed' },
    entities: [{ phase: 'waiting' }],
  });
  bench.clock.advance(1000);
  await bench.event('initial-completed');
});

test('without any entity left it stops', async () => {
  bench.start([lead], { readPlans: async () => [] });
  const { fault } = await bench.event('stopped');
  expect(fault).toMatchObject({ code: 'entity-unknown', details: { entity: 'lead' } });
});

test('a destination of another organization is refused', async () => {
  const other = openSqlite({ path: bench.path });
  await other.prepare('99999999-2222-4333-8444-555555555555', []);
  await other.close();
  bench.start([lead]);
  const { fault } = await bench.event('stopped');
  expect(fault.code).toBe('destination-foreign');
  expect(organizationId).not.toBe(fault.details.organization);
});

test('a bad row does not stop its page, is counted, and forgotten once it is good', async () => {
  bench.source.put('lead', sampleId(5), { lastname: { not: 'a text' } });
  bench.start([lead]);
  const { summary } = await bench.event('initial-completed');
  expect(summary.entities).toMatchObject([{ stored: 29, read: 30, failed: 1 }]);
  expect(bench.rows('SELECT id, code, operation, direction, attempts FROM _sync_error')).toMatchObject([
    { id: sampleId(5), code: 'row-malformed', operation: 'upsert', direction: 'from-dynamics' },
  ]);
  bench.source.put('lead', sampleId(5), { lastname: 'Good' });
  await bench.clock.nextSleep();
  bench.clock.advance(300_000);
  const { progress } = await bench.event('cycle-completed');
  expect(progress.entities).toMatchObject([{ stored: 30, failed: 0 }]);
});

test('a row without its id does not stop its page either', async () => {
  bench.source.put('lead', sampleId(5), { leadid: null });
  bench.start([lead]);
  const { summary } = await bench.event('initial-completed');
  expect(summary.entities).toMatchObject([{ stored: 29, read: 30, failed: 1 }]);
  expect(bench.rows('SELECT id, code FROM _sync_error')).toEqual([{ id: '', code: 'row-without-id' }]);
});

test('a stop while it waits ends at once', async () => {
  bench.source.before = (call) => {
    if (isSecondPage(call)) throw serverFailed();
  };
  const run = bench.start([lead]);
  await bench.clock.nextSleep();
  await run.stop();
  expect(bench.events.some(({ kind }) => kind === 'stopped')).toBe(false);
});
