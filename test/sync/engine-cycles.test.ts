import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppError } from '../../src/lib/errors.ts';
import { createEngineBench, type EngineBench } from './engine-bench.ts';
import { sampleId, samplePlan } from './sample-plan.ts';

const lead = samplePlan('lead', { lastname: 'String' });
const account = samplePlan('account', { name: 'String' });

let bench: EngineBench;
beforeEach(() => {
  bench = createEngineBench();
  bench.source.put('lead', sampleId(1), { lastname: 'Abe' });
  bench.source.put('account', sampleId(1), { name: 'Firm' });
});
afterEach(() => bench.close());

function breakAccounts(error = new AppError('server-failed', 'down', { recovery: 'retry' })): void {
  bench.source.before = ({ entity }) => {
    if (entity === 'account') throw error;
  };
}

const accountCalls = () => bench.source.calls.filter(({ entity }) => entity === 'account').length;

/** Lets whatever sleeps sleep, and returns when a cycle has ended; fails when none ever does. */
async function nextCycle() {
  bench.events.length = 0;
  let ended = false;
  const cycle = bench.event('cycle-completed').finally(() => {
    ended = true;
  });
  for (let sleeps = 0; !ended; sleeps++) {
    if (sleeps === 100) throw new Error('No cycle has ended');
    const length = await Promise.race([bench.clock.nextSleep(), cycle.then(() => 0)]);
    if (!ended) bench.clock.advance(length);
  }
  return cycle;
}

test('an entity that keeps failing does not hold up the cycles of the others', async () => {
  bench.start([lead, account]);
  await bench.event('initial-completed');
  breakAccounts();
  await nextCycle();
  bench.source.put('lead', sampleId(2), { lastname: 'Bea' });
  bench.source.put('account', sampleId(2), { name: 'Other' });
  const { cycle, progress } = await nextCycle();
  expect(cycle).toMatchObject({ changed: 1 });
  expect(progress.waiting).toMatchObject({ code: 'server-failed' });
  expect(bench.rows('SELECT lastname FROM lead')).toEqual([{ lastname: 'Abe' }, { lastname: 'Bea' }]);

  bench.source.before = () => {};
  await nextCycle();
  const mended = await nextCycle();
  expect(mended.progress.waiting).toBeNull();
  expect(bench.rows('SELECT name FROM account')).toEqual([{ name: 'Firm' }, { name: 'Other' }]);
});

test('between the cycles it is tried again, at growing distances, and what that brings in is counted', async () => {
  bench.start([lead, account]);
  await bench.event('initial-completed');
  breakAccounts();
  await nextCycle();
  const sleeps = bench.clock.sleeps.length;
  const calls = accountCalls();
  for (const expected of [1000, 2000, 4000]) {
    expect(await bench.clock.nextSleep()).toBe(expected);
    bench.clock.advance(expected);
    await expect.poll(() => accountCalls()).toBe(calls + Math.log2(expected / 1000) + 1);
    await expect.poll(() => bench.clock.sleeps.length).toBe(sleeps + Math.log2(expected / 1000) + 1);
  }
  bench.source.before = () => {};
  bench.source.put('account', sampleId(2), { name: 'Other' });
  const { cycle, progress } = await nextCycle();
  expect(cycle).toMatchObject({ changed: 1 });
  expect(progress.waiting).toBeNull();
});

test('an entity that was told to wait for long is left alone for that long', async () => {
  bench.start([lead, account]);
  await bench.event('initial-completed');
  breakAccounts(new AppError('throttled', 'slow down', { recovery: 'wait', retryAfterMs: 20 * 60_000 }));
  await nextCycle();
  const calls = accountCalls();
  for (let cycles = 0; cycles < 3; cycles++) await nextCycle();
  expect(accountCalls()).toBe(calls);
  await nextCycle();
  expect(accountCalls()).toBe(calls + 1);
});

test('after a restart, too, an entity that fails does not hold up the others', async () => {
  const first = bench.start([lead, account]);
  await bench.event('initial-completed');
  await first.stop();
  breakAccounts();
  bench.source.put('lead', sampleId(2), { lastname: 'Bea' });
  bench.events.length = 0;
  bench.start([lead, account]);
  const { cycle, progress } = await bench.event('cycle-completed');
  expect(cycle).toMatchObject({ changed: 1 });
  expect(progress.waiting).toMatchObject({ code: 'server-failed' });
});

test('a fault only a person can mend stops the cycles of all', async () => {
  const run = bench.start([lead, account]);
  await bench.event('initial-completed');
  breakAccounts(new AppError('privilege-missing', 'no', { recovery: 'ask-admin' }));
  await bench.clock.nextSleep();
  bench.clock.advance(300_000);
  const { fault } = await bench.event('stopped');
  expect(fault.code).toBe('privilege-missing');
  await run.ended;
});
