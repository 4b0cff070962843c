import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppError } from '../../src/lib/errors.ts';
import type { FieldType } from '../../src/model/entity.ts';
import type { Period, TickedPeriod } from '../../src/model/period.ts';
import type { SyncProgress } from '../../src/model/progress.ts';
import type { EntityPlan } from '../../src/model/selection.ts';
import { createEngineBench, type EngineBench, nextCycle, type Run } from './engine-bench.ts';
import { sampleId, samplePlan } from './sample-plan.ts';

/** Row n was created on the n-th day of this year, and updated last on the same day of the month after. */
const dayOf = (n: number, month = 0): string => new Date(Date.UTC(2026, month, n, 12)).toISOString();
const isDated = { hasCreatedOn: true, hasModifiedOn: true } as const;
const january: Period = { by: 'createdon', from: '2026-01-11', to: '2026-01-20', timeZone: 'UTC' };
const spring: Period = { by: 'modifiedon', from: '2026-02-16', to: null, timeZone: 'UTC' };
const narrow = samplePlan('lead', { lastname: 'String' }, isDated);
const account = samplePlan('account', { name: 'String' });

function planOf(
  fields: Readonly<Record<string, FieldType>>,
  periods: Readonly<Record<string, TickedPeriod>>,
  more: Partial<EntityPlan> = {},
): EntityPlan {
  return samplePlan('lead', { lastname: 'String', ...fields }, { ...isDated, periods, ...more });
}
const tickedFor = (period: Period, at = '2026-11-26T12:00:00.000Z'): TickedPeriod => ({ period, at });
const withCity = planOf({ city: 'String' }, { city: tickedFor(january) });

let bench: EngineBench;
let run: Run;

beforeEach(async () => {
  bench = createEngineBench();
  for (let n = 1; n <= 35; n++) put(n, {});
  bench.source.put('account', sampleId(1), { name: 'Firm' });
  start(narrow);
  await bench.event('initial-completed');
  await run.stop();
});
afterEach(() => bench.close());

const put = (n: number, columns: Record<string, unknown>) =>
  bench.source.put('lead', sampleId(n), {
    ...{ lastname: `Name ${n}`, city: `City ${n}`, fax: `${n}` },
    ...{ createdon: dayOf(n), modifiedon: dayOf(n, 1) },
    ...columns,
  });

function start(plan: EntityPlan): void {
  bench.events.length = 0;
  bench.source.calls.length = 0;
  run = bench.start([plan, account], {}, { isCompleted: true });
}

const done = (fields: string, times = 1) => {
  const isDone = ({ progress: { refreshes } }: { progress: SyncProgress }) =>
    refreshes.filter((one) => one.endedAt !== null && one.fields.join() === fields).length === times;
  return Promise.race([bench.event('progress', isDone), bench.event('cycle-completed', isDone)]);
};

async function startUntilDone(plan: EntityPlan, fields: string, times = 1) {
  start(plan);
  const { progress } = await done(fields, times);
  await run.stop();
  return progress;
}

/** By number of the row, those that have a value. */
const filled = (field: string): number[] =>
  bench
    .rows(`SELECT leadid FROM lead WHERE ${field} IS NOT NULL ORDER BY leadid`)
    .map(({ leadid }) => Number(String(leadid).slice(-4)));
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
const filledFor = (field: string) =>
  bench.rows(`SELECT filled_for FROM _field WHERE entity = 'lead' AND name = '${field}'`)[0]?.filled_for;
const januaryRows = "createdon >= '2026-01-11T00:00:00Z' AND createdon < '2026-01-21T00:00:00Z'";

/** The second page of the fields stands still until it is let go. */
async function inTheMiddle(plan: EntityPlan): Promise<() => void> {
  const gate = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  let pages = 0;
  bench.source.before = async ({ entity, kind }) => {
    if (entity !== 'lead' || kind !== 'page' || ++pages === 1) return;
    reached.resolve();
    await gate.promise;
  };
  start(plan);
  await reached.promise;
  return () => {
    bench.source.before = () => {};
    gate.resolve();
  };
}

async function stopInTheMiddle(plan: EntityPlan): Promise<void> {
  const letGo = await inTheMiddle(plan);
  run.abort();
  letGo();
  await run.ended;
}

test('a field is filled in for the rows of its period, over a stop, and comes with every change', async () => {
  const before = bench.rows('SELECT leadid, lastname, _synced_at, _version FROM lead ORDER BY leadid');
  await stopInTheMiddle(withCity);
  expect(bench.rows('SELECT read, ended_at FROM _refresh')).toEqual([{ read: 0, ended_at: null }]);

  const letGo = await inTheMiddle(withCity);
  const { progress } = await bench.event('cycle-completed');
  expect(progress.conditions).toMatchObject([
    { kind: 'refreshing', entity: 'lead', details: { fields: 'city', period: JSON.stringify(january) } },
  ]);
  expect(progress.conditions[0]?.details).not.toHaveProperty('rows');
  put(2, { city: 'Moved' });
  put(36, {});
  await nextCycle(bench);
  letGo();
  const end = await done('city');
  expect(end.progress.refreshes).toMatchObject([{ period: january, read: 10, stored: 10 }]);
  expect(end.progress.conditions).toEqual([]);
  await run.stop();
  expect(filled('city')).toEqual([2, ...numbers(11, 20), 36]);
  expect(
    bench.rows('SELECT city FROM lead WHERE city IS NOT NULL ORDER BY leadid').map(({ city }) => city),
  ).toEqual(['Moved', ...numbers(11, 20).map((n) => `City ${n}`), 'City 36']);
  const after = bench.rows('SELECT leadid, lastname, _synced_at, _version FROM lead ORDER BY leadid');
  const untouched = ({ leadid }: Record<string, unknown>) => ![2, 36].map(sampleId).includes(String(leadid));
  expect(after.filter(untouched)).toEqual(before.filter(untouched));
  // Whoever looks into the database sees it there, too.
  expect(filledFor('city')).toBe(januaryRows);
  expect(filledFor('lastname')).toBeNull();

  // It is asked for once: the same plan finds nothing to do.
  start(withCity);
  const again = await bench.event('cycle-completed');
  expect(again.progress.refreshes).toHaveLength(1);
  expect(bench.source.pagesOf('lead')).toEqual([]);
});

test('another field for another period follows, and neither is mixed up with the other', async () => {
  await stopInTheMiddle(withCity);
  const both = { city: tickedFor(january), fax: tickedFor(spring, '2026-11-26T13:00:00.000Z') };
  start(planOf({ city: 'String', fax: 'String' }, both));
  const { progress } = await done('fax');
  await run.stop();
  expect(progress.refreshes.map(({ fields, period, stored }) => [fields, period, stored])).toEqual([
    [['city'], january, 10],
    [['fax'], spring, 20],
  ]);
  expect(filled('city')).toEqual(numbers(11, 20));
  expect(filled('fax')).toEqual(numbers(16, 35));
  expect(filledFor('fax')).toBe("modifiedon >= '2026-02-16T00:00:00Z'");
});

test('fields that come at once are fetched together where they are for the same rows', async () => {
  const periods = { city: tickedFor(january), fax: tickedFor(spring) };
  start(planOf({ city: 'String', fax: 'String', statecode: 'State' }, periods));
  await Promise.all([done('city'), done('fax'), done('statecode')]);
  await run.stop();
  expect(filled('city')).toEqual(numbers(11, 20));
  expect(filled('fax')).toEqual(numbers(16, 35));
});

test('ticked again for all rows, the others are filled in, also before the untick was seen', async () => {
  await startUntilDone(withCity, 'city');
  const whole = planOf({ city: 'String' }, {});
  const progress = await startUntilDone(whole, 'city', 2);
  expect(progress.refreshes.map(({ period }) => period)).toEqual([january, null]);
  expect(filled('city')).toEqual(numbers(1, 35));
  expect(filledFor('city')).toBeNull();
});

test('ticked again while it is under way, it is fetched as it was chosen the last time', async () => {
  await stopInTheMiddle(withCity);
  const later = planOf({ city: 'String' }, { city: tickedFor(spring, '2026-11-26T13:00:00.000Z') });
  const progress = await startUntilDone(later, 'city');
  expect(progress.refreshes.map(({ period }) => period)).toEqual([spring]);
  expect(filled('city')).toEqual(numbers(16, 35));
});

test('a large table is read in ranges, of which some have no row of the period', async () => {
  bench.source.inRanges = true;
  for (let n = 36; n <= 200; n++) put(n, {});
  await startUntilDone(withCity, 'city');
  expect(bench.source.pagesOf('lead').some(({ from }) => from?.includes('range='))).toBe(true);
  expect(filled('city')).toEqual([...numbers(11, 20), ...numbers(36, 200)]);
});

test('a period without any row ends as well', async () => {
  const nothing: Period = { ...january, from: '2025-01-01', to: '2025-01-01' };
  const progress = await startUntilDone(planOf({ city: 'String' }, { city: tickedFor(nothing) }), 'city');
  expect(progress.refreshes).toMatchObject([{ period: nothing, read: 0, stored: 0 }]);
  expect(filled('city')).toEqual([]);
});

test.each([
  ['refuses', 'request-refused', {}],
  ['does not know the date', 'field-unknown', { field: 'createdon' }],
])(
  'where Dynamics %s, the fields are filled in for all rows, and that is said',
  async (_how, code, details) => {
    const { readPages } = bench.source;
    bench.source.readPages = async function* (plan, ...rest) {
      if (plan.within) throw new AppError(code, 'no', { recovery: 'ask-admin', details });
      yield* readPages(plan, ...rest);
    };
    const progress = await startUntilDone(withCity, 'city');
    expect(progress.refreshes).toMatchObject([{ period: null, read: 35, stored: 35 }]);
    expect(filled('city')).toEqual(numbers(1, 35));
    expect(filledFor('city')).toBeNull();
  },
);

const { periods } = withCity;
test.each<[string, EntityPlan]>([
  [
    'a table without the date',
    samplePlan(
      'lead',
      { lastname: 'String', city: 'String' },
      { hasModifiedOn: true, ...(periods && { periods }) },
    ),
  ],
  [
    'a table whose filter is changed as well',
    planOf({ new_synctomkto: 'Boolean', city: 'String' }, periods ?? {}, { filter: true }),
  ],
])('%s is filled in as a whole', async (_name, plan) => {
  const progress = await startUntilDone(plan, 'city');
  expect(progress.refreshes).toMatchObject([{ period: null, stored: 35 }]);
  expect(filled('city')).toEqual(numbers(1, 35));
  expect(filledFor('city')).toBeNull();
});

test('a table that has to be read again meanwhile brings all rows, and that is said', async () => {
  const letGo = await inTheMiddle(withCity);
  bench.source.expireLinks();
  await nextCycleFrom();
  letGo();
  const { progress } = await done('city');
  expect(progress.refreshes).toMatchObject([{ period: null, stored: 35 }]);
  await run.stop();
  expect(filled('city')).toEqual(numbers(1, 35));
  expect(filledFor('city')).toBeNull();
});

async function nextCycleFrom(): Promise<void> {
  await bench.clock.nextSleep();
  bench.clock.advance(300_000);
  await expect.poll(() => bench.source.pagesOf('lead').filter(({ from }) => from === null).length).toBe(2);
}

test('what has been filled in for a period is read for all rows once the field has been away', async () => {
  await startUntilDone(withCity, 'city');
  start(planOf({}, periods ?? {}, { gone: ['city'] }));
  await bench.event('cycle-completed');
  await run.stop();
  put(3, { city: 'Moved' });
  const progress = await startUntilDone(withCity, 'city', 2);
  expect(progress.refreshes.at(-1)).toMatchObject({ period: null });
  expect(bench.rows(`SELECT city FROM lead WHERE leadid = '${sampleId(3)}'`)).toEqual([{ city: 'Moved' }]);
  expect(filled('city')).toEqual(numbers(1, 35));
});
