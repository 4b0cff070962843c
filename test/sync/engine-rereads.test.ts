import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppError } from '../../src/lib/errors.ts';
import { createEngineBench, type EngineBench, nextCycle } from './engine-bench.ts';
import type { Call } from './fake-source.ts';
import { sampleId, samplePlan } from './sample-plan.ts';

const lead = samplePlan('lead', { lastname: 'String' });
const account = samplePlan('account', { name: 'String' });
/** Tables of as many rows are read again beside the cycles. */
const asideFrom = 20;

let bench: EngineBench;
beforeEach(async () => {
  bench = createEngineBench();
  for (let n = 1; n <= 30; n++) bench.source.put('lead', sampleId(n), { lastname: `Name ${n}` });
  bench.source.put('account', sampleId(1), { name: 'Firm' });
});
afterEach(() => bench.close());

const start = () => bench.start([lead, account], { asideFrom });
const isRead = ({ kind, entity, from }: Call) => kind === 'page' && entity === 'lead' && from !== null;

/** The link of the leads is taken no more, and the read that follows stands still after its first page. */
function expire(): () => void {
  const gate = Promise.withResolvers<void>();
  bench.source.remove('lead', sampleId(3));
  bench.source.put('lead', sampleId(4), { lastname: 'Changed' });
  let isExpired = false;
  bench.source.before = async (call) => {
    if (call.entity === 'lead' && call.kind === 'changes' && !isExpired) {
      isExpired = true;
      throw new AppError('delta-expired', 'forgotten', { recovery: 'stop' });
    }
    if (isRead(call)) await gate.promise;
  };
  return () => gate.resolve();
}

const gone = () =>
  bench.rows('SELECT leadid FROM lead WHERE _deleted_at IS NOT NULL').map(({ leadid }) => leadid);
const written = (n: number) =>
  bench.rows(`SELECT lastname, _version FROM lead WHERE leadid = '${sampleId(n)}'`);
const conditionsOf = async (kind: 'progress' | 'cycle-completed') =>
  (await bench.event(kind)).progress.conditions;

test('a large table whose link has expired is read again beside the cycles of the others, with its reason', async () => {
  start();
  await bench.event('initial-completed');
  const untouched = written(20);
  const letGo = expire();
  const { progress } = await nextCycle(bench);
  const condition = { kind: 'rereading', entity: 'lead', details: { reason: 'link-expired' } };
  expect(progress.conditions).toMatchObject([condition]);
  bench.source.put('account', sampleId(2), { name: 'Other' });
  expect((await nextCycle(bench)).cycle).toMatchObject({ changed: 1 });
  expect(gone()).toEqual([]);
  letGo();
  await expect.poll(gone).toEqual([sampleId(3)]);
  expect(written(4)).toMatchObject([{ lastname: 'Changed' }]);
  expect(written(20)).toEqual(untouched);
  // From the next cycle on it takes part again, and nothing is said of it any more.
  bench.source.put('lead', sampleId(31), { lastname: 'Late' });
  const joined = await nextCycle(bench);
  expect(joined.cycle).toMatchObject({ changed: 1 });
  expect(joined.progress.conditions).toEqual([]);
});

test('over a restart it goes on where it was, beside the cycles, too', async () => {
  const first = start();
  await bench.event('initial-completed');
  const letGo = expire();
  await nextCycle(bench);
  await expect.poll(() => bench.source.calls.some(isRead)).toBe(true);
  first.abort();
  letGo();
  await first.ended;
  bench.events.length = 0;
  const from = bench.source.pagesOf('lead').length;
  const gate = Promise.withResolvers<void>();
  bench.source.before = async (call) => {
    if (isRead(call)) await gate.promise;
  };
  start();
  expect(await conditionsOf('cycle-completed')).toMatchObject([
    { kind: 'rereading', entity: 'lead', details: { reason: 'unknown' } },
  ]);
  gate.resolve();
  await expect.poll(gone).toEqual([sampleId(3)]);
  expect(bench.source.pagesOf('lead').slice(from)[0]?.from).not.toBeNull();
});

test('a link that has expired again by its end has the table read once more', async () => {
  bench.start([lead, account]);
  await bench.event('initial-completed');
  expire()();
  const forget = bench.source.before;
  let times = 0;
  bench.source.before = async (call) => {
    await forget(call);
    if (call.entity === 'lead' && call.kind === 'changes' && ++times === 1) {
      throw new AppError('delta-expired', 'forgotten', { recovery: 'stop' });
    }
  };
  await nextCycle(bench);
  expect([times, gone()]).toEqual([1, [sampleId(3)]]);
  bench.source.expireLinks();
  bench.source.remove('lead', sampleId(5));
  await nextCycle(bench);
  expect(gone()).toEqual([sampleId(3), sampleId(5)]);
});

test('a fault in it is waited for, and what waiting does not mend stops the sync', async () => {
  start();
  await bench.event('initial-completed');
  expire();
  const forget = bench.source.before;
  let recovery: 'retry' | 'ask-admin' = 'retry';
  bench.source.before = async (call) => {
    if (isRead(call)) throw new AppError('server-failed', 'down', { recovery });
    await forget(call);
  };
  await nextCycle(bench);
  await bench.event('progress', ({ progress }) =>
    progress.conditions.some(({ kind, entity }) => kind === 'waiting' && entity === 'lead'),
  );
  bench.source.put('account', sampleId(2), { name: 'Other' });
  expect((await nextCycle(bench)).cycle).toMatchObject({ changed: 1 });
  recovery = 'ask-admin';
  bench.clock.advance(300_000);
  expect((await bench.event('stopped')).fault).toMatchObject({ code: 'server-failed' });
});

test('very many deletes at its end wait for a word, and are marked once it is given', async () => {
  for (let n = 31; n <= 3_000; n++) bench.source.put('lead', sampleId(n), { lastname: `Name ${n}` });
  const run = start();
  await bench.event('initial-completed');
  const letGo = expire();
  for (let n = 1_000; n <= 2_500; n++) bench.source.remove('lead', sampleId(n));
  letGo();
  await nextCycle(bench);
  await bench.event('progress', ({ progress }) =>
    progress.conditions.some(({ kind }) => kind === 'deletes-held'),
  );
  expect(gone()).toEqual([]);
  await nextCycle(bench);
  expect(await run.ask({ kind: 'apply-deletes', entity: 'lead' })).toMatchObject({ done: true });
  await expect.poll(() => gone().length).toBe(1_502);
});
