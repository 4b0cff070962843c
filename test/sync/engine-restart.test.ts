import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../src/lib/errors.ts';
import { createEngineBench, type EngineBench, nextCycle } from './engine-bench.ts';
import { sampleId, samplePlan } from './sample-plan.ts';

const lead = samplePlan('lead', { lastname: 'String', revenue: 'Money' });
const less = samplePlan('lead', { lastname: 'String' });
const more = samplePlan('lead', { lastname: 'String', revenue: 'Money', city: 'String' });

let bench: EngineBench;
beforeEach(() => {
  bench = createEngineBench();
  for (let n = 1; n <= 30; n++) {
    bench.source.put('lead', sampleId(n), { lastname: `Name ${n}`, revenue: `${n}.50`, city: 'Kyoto' });
  }
});
afterEach(() => bench.close());

const places = () => bench.source.pagesOf('lead').map(({ from }) => from);
const all = [null, 'lead?skip=10', 'lead?skip=20'];

/** Stops when the third page is asked for: two are stored. */
async function stopInTheMiddle(): Promise<void> {
  bench.source.before = ({ kind, from }) => {
    if (kind === 'page' && from === 'lead?skip=20') run.abort();
  };
  const run = bench.start([lead]);
  await run.ended;
  bench.source.before = () => {};
  bench.source.calls.length = 0;
  bench.events.length = 0;
}

/** The same in a table that was complete, and whose link has expired. */
async function stopInTheSecondRead(): Promise<void> {
  const first = bench.start([lead]);
  await bench.event('initial-completed');
  await first.stop();
  bench.source.remove('lead', sampleId(3));
  bench.source.expireLinks();
  await stopInTheMiddle();
}

describe('stopped in the middle of a table, and a field is gone', () => {
  test('the copy goes on where it was', async () => {
    await stopInTheMiddle();
    bench.start([less]);
    const { summary } = await bench.event('initial-completed');
    expect(places()).toEqual(['lead?skip=20']);
    expect(summary.entities).toMatchObject([{ stored: 30, read: 30 }]);
  });

  test('the second read goes on, too, and still finds the deleted rows', async () => {
    await stopInTheSecondRead();
    bench.start([less]);
    const { progress } = await bench.event('cycle-completed');
    expect(places()).toEqual(['lead?skip=20']);
    expect(progress.entities).toMatchObject([{ stored: 29, deleted: 1, read: 29 }]);
  });
});

test('a copy that goes on with more fields counts anew', async () => {
  await stopInTheMiddle();
  bench.start([more]);
  const { summary } = await bench.event('initial-completed');
  expect(summary.entities).toMatchObject([{ stored: 30, read: 30 }]);
  expect(bench.rows("SELECT count(*) AS n FROM lead WHERE city = 'Kyoto'")).toEqual([{ n: 30 }]);
});

describe('a next page that is refused', () => {
  /** Refuses the first so many pages that are asked for. */
  const refuse = (pages: number, code = 'field-unknown') => {
    let left = pages;
    bench.source.before = ({ kind }) => {
      if (kind === 'page' && left-- > 0) throw new AppError(code, 'no', { recovery: 'ask-admin' });
    };
  };

  test.each(['field-unknown', 'request-refused', 'entity-unknown'])(
    'with %s is given up for the first one',
    async (code) => {
      await stopInTheMiddle();
      refuse(1, code);
      bench.start([lead]);
      const { summary } = await bench.event('initial-completed');
      expect(places()).toEqual(['lead?skip=20', ...all]);
      expect(summary.entities).toMatchObject([{ stored: 30, read: 30 }]);
    },
  );

  test('in a second read, too', async () => {
    await stopInTheSecondRead();
    refuse(1);
    bench.start([lead]);
    const { progress } = await bench.event('cycle-completed');
    expect(progress.entities).toMatchObject([{ stored: 29, deleted: 1 }]);
  });

  test('stops when the first one is refused as well', async () => {
    await stopInTheMiddle();
    refuse(2);
    bench.start([lead]);
    const { fault } = await bench.event('stopped');
    expect(fault.code).toBe('field-unknown');
    expect(places()).toEqual(['lead?skip=20', null]);
  });
});

test('a field whose type has changed to one that is stored alike is read again', async () => {
  const first = bench.start([lead]);
  await bench.event('initial-completed');
  await first.stop();
  for (let n = 1; n <= 30; n++) bench.source.put('lead', sampleId(n), { revenue: n });
  bench.source.calls.length = 0;
  bench.events.length = 0;
  bench.start([samplePlan('lead', { lastname: 'String', revenue: 'Decimal' })]);
  await bench.event('cycle-completed');
  await expect.poll(() => places()).toEqual(all);
  expect(bench.rows('SELECT sum(revenue) AS n, typeof(revenue) AS type FROM lead')).toEqual([
    { n: 465, type: 'text' },
  ]);
});

describe('a file that is deleted while the sync runs', () => {
  const remove = () => {
    for (const end of ['', '-wal', '-shm']) rmSync(bench.path + end, { force: true });
  };

  test('is copied anew with the next cycle', async () => {
    bench.start([lead]);
    await bench.event('initial-completed');
    remove();
    await bench.clock.nextSleep();
    bench.clock.advance(300_000);
    const { progress } = await bench.event('cycle-completed');
    expect(progress.entities).toMatchObject([{ phase: 'current', stored: 30, read: 30 }]);
    expect(bench.rows('SELECT count(*) AS n FROM lead')).toEqual([{ n: 30 }]);
  });

  test('in the middle of a copy, is copied from the first page', async () => {
    let removed = false;
    bench.source.before = ({ kind, from }) => {
      if (kind !== 'page' || from !== 'lead?skip=20' || removed) return;
      removed = true;
      remove();
    };
    bench.start([lead]);
    bench.clock.advance(await bench.clock.nextSleep());
    const { summary } = await bench.event('initial-completed');
    expect(places()).toEqual([...all, ...all]);
    expect(summary.entities).toMatchObject([{ stored: 30, read: 30 }]);
    expect(bench.rows('SELECT count(*) AS n FROM lead')).toEqual([{ n: 30 }]);
  });
});

test('the last cycle is known again before the first one after a restart, and one that was cut off is none', async () => {
  const run = bench.start([lead]);
  await bench.event('initial-completed');
  bench.source.put('lead', sampleId(1), { lastname: 'Changed' });
  const { cycle } = await nextCycle(bench);
  bench.source.put('lead', sampleId(2), { lastname: 'Changed' });
  bench.source.before = ({ kind }) => {
    if (kind === 'changes') run.abort();
  };
  await bench.clock.nextSleep();
  bench.clock.advance(300_000);
  await run.ended;
  bench.source.before = () => {};
  bench.events.length = 0;
  bench.start([lead]);
  const { progress } = await bench.event('progress');
  expect(progress).toMatchObject({ lastCycle: cycle, entities: [{ phase: 'current', stored: 30 }] });
  const second = await bench.event('cycle-completed');
  expect(second.progress.lastCycle).toEqual(second.cycle);
  expect(bench.rows('SELECT changed FROM _cycle')).toEqual([{ changed: 1 }]);
});
