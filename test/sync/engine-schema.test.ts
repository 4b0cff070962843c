import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../src/lib/errors.ts';
import type { EntityPlan } from '../../src/model/selection.ts';
import type { EngineJob } from '../../src/sync/engine-deps.ts';
import { createEngineBench, type EngineBench, nextCycle } from './engine-bench.ts';
import type { Call } from './fake-source.ts';
import { sampleId, samplePlan } from './sample-plan.ts';

const lead = samplePlan('lead', { lastname: 'String', city: 'String' });
const without = samplePlan('lead', { lastname: 'String' }, { gone: ['city'] });
const numbered = samplePlan('lead', { lastname: 'String', city: 'Integer' });
const account = samplePlan('account', { name: 'String' });

let bench: EngineBench;
/** What Dynamics has at this moment. */
let present: readonly EntityPlan[];
let looks: number;

beforeEach(() => {
  bench = createEngineBench();
  looks = 0;
  for (let n = 1; n <= 30; n++) {
    bench.source.put('lead', sampleId(n), { lastname: `Name ${n}`, city: 'Kyoto' });
  }
  bench.source.put('account', sampleId(1), { name: 'Firm' });
});
afterEach(() => bench.close());

const refusal = (code: string, details: Record<string, string> = {}) =>
  new AppError(code, 'no', { recovery: 'ask-admin', details });

function start(plans: readonly EntityPlan[] = [lead, account], job: Partial<EngineJob> = {}) {
  present = plans;
  const readPlans = async () => {
    looks += 1;
    return present;
  };
  return bench.start(plans, { readPlans }, job);
}

const isRows = ({ kind, entity }: Call) => entity === 'lead' && kind !== 'link';
const places = () => bench.source.pagesOf('lead').map(({ from }) => from);

/** From the given call on the field is gone: rows are refused until it is no longer asked for. */
function takeFieldAway(fits: (call: Call) => boolean = () => true): void {
  let isGone = false;
  bench.source.before = (call) => {
    if (!isRows(call)) return;
    isGone ||= fits(call);
    if (!isGone || present[0] === without) return;
    present = [without, account];
    throw refusal('field-unknown', { entity: 'lead', field: 'city' });
  };
}

describe('a field that is gone', () => {
  test('in the middle of the copy is left out, said, and nothing is read twice', async () => {
    start();
    takeFieldAway(({ from }) => from === 'lead?skip=10');
    const { summary } = await bench.event('initial-completed');
    expect(summary.entities).toMatchObject([
      { entity: 'lead', stored: 30, read: 30 },
      { entity: 'account', stored: 1 },
    ]);
    // The page that was refused is asked for once more.
    expect(places()).toEqual([null, 'lead?skip=10', 'lead?skip=10', 'lead?skip=20']);
    const { progress } = await bench.event('progress', (event) => event.progress.nextCycleAt !== null);
    expect(progress.conditions).toMatchObject([
      { kind: 'fields-gone', entity: 'lead', details: { fields: 'city' } },
    ]);
    expect(bench.rows('SELECT count(*) AS n FROM lead WHERE lastname IS NOT NULL')).toEqual([{ n: 30 }]);
    const kept = "SELECT name, updated_until IS NULL AS now FROM _field WHERE entity = 'lead' ORDER BY name";
    expect(bench.rows(kept)).toEqual([
      { name: 'city', now: 0 },
      { name: 'lastname', now: 1 },
      { name: 'leadid', now: 1 },
    ]);
  });

  test('between cycles is left out, and everything is read again once it is back', async () => {
    start();
    await bench.event('initial-completed');
    expect(looks).toBe(1);
    takeFieldAway();
    bench.source.put('lead', sampleId(1), { lastname: 'New' });
    const { cycle, progress } = await nextCycle(bench);
    expect(cycle).toMatchObject({ changed: 1 });
    expect(progress.conditions).toMatchObject([{ kind: 'fields-gone', entity: 'lead' }]);
    expect(looks).toBe(2);
    expect(bench.rows(`SELECT lastname, city FROM lead WHERE leadid = '${sampleId(1)}'`)).toEqual([
      { lastname: 'New', city: 'Kyoto' },
    ]);
    present = [lead, account];
    bench.source.before = () => {};
    bench.source.put('lead', sampleId(2), { city: 'Nara' });
    await nextCycle(bench);
    expect(bench.rows(`SELECT city FROM lead WHERE leadid = '${sampleId(2)}'`)).toEqual([{ city: 'Nara' }]);
    const { progress: after } = await bench.event('progress', (event) =>
      event.progress.refreshes.some(({ endedAt }) => endedAt !== null),
    );
    expect(after.conditions).toEqual([]);
    expect(bench.rows('SELECT count(*) AS n FROM lead WHERE city IS NOT NULL')).toEqual([{ n: 30 }]);
    expect(looks).toBe(3);
    await nextCycle(bench);
    expect(looks).toBe(3);
  });

  test('for whoever starts again is said again', async () => {
    start([without, account]);
    const { progress } = await bench.event('progress', (event) => event.progress.nextCycleAt !== null);
    expect(progress.conditions).toMatchObject([{ kind: 'fields-gone', details: { fields: 'city' } }]);
  });

  test('though it is still said to be there is left out', async () => {
    let refusals = 0;
    start();
    bench.source.before = (call) => {
      if (isRows(call) && refusals++ === 0) throw refusal('field-unknown', { field: 'city' });
    };
    const { progress } = await bench.event('progress', (event) => event.progress.nextCycleAt !== null);
    expect(progress.conditions).toMatchObject([{ kind: 'fields-gone', details: { fields: 'city' } }]);
    expect(bench.rows('SELECT count(lastname) AS names, count(city) AS cities FROM lead')).toEqual([
      { names: 30, cities: 0 },
    ]);
  });

  test.each([
    ['the key', lead, 'leadid'],
    ['the filter', samplePlan('lead', { new_synctomkto: 'Boolean' }, { filter: true }), 'new_synctomkto'],
    ['nobody knows which', lead, ''],
  ])('stops the sync where it is %s', async (_name, plan, field) => {
    start([plan, account]);
    bench.source.before = (call) => {
      if (isRows(call)) throw refusal('field-unknown', { field });
    };
    const { fault } = await bench.event('stopped');
    expect(fault).toMatchObject({ code: 'field-unknown', details: { field } });
  });

  test('while Dynamics says nothing of its schema is waited for', async () => {
    let failures = 1;
    present = [lead, account];
    bench.start(present, {
      readPlans: async () => {
        if (present[0] === without && failures-- > 0) {
          throw new AppError('server-failed', 'down', { recovery: 'retry' });
        }
        return present;
      },
    });
    takeFieldAway(({ from }) => from === 'lead?skip=20');
    // It is refused until the schema has been read.
    const refuse = bench.source.before;
    bench.source.before = (call) => {
      if (isRows(call) && present[0] === without && failures > 0) throw refusal('field-unknown');
      return refuse(call);
    };
    bench.clock.advance(await bench.clock.nextSleep());
    const { summary } = await bench.event('initial-completed');
    expect(summary.entities).toMatchObject([{ stored: 30, read: 30 }, {}]);
    expect(places().filter((from) => from === null)).toHaveLength(1);
  });
});

describe('an entity that is gone', () => {
  const takeAway = (fits: (call: Call) => boolean = () => true) => {
    let isGone = false;
    bench.source.before = (call) => {
      isGone ||= isRows(call) && fits(call);
      if (!isGone || call.entity !== 'lead') return;
      present = [account];
      throw refusal('entity-unknown', { entity: 'lead' });
    };
  };

  test('in the middle of its copy does not hold up the others', async () => {
    start();
    takeAway(({ from }) => from === 'lead?skip=20');
    const { summary } = await bench.event('initial-completed');
    expect(summary.entities).toMatchObject([{ entity: 'account', stored: 1 }]);
    const { progress } = await bench.event('progress', (event) => event.progress.nextCycleAt !== null);
    expect(progress.conditions).toMatchObject([{ kind: 'entity-gone', entity: 'lead' }]);
    expect(bench.rows('SELECT count(*) AS n FROM lead')).toEqual([{ n: 20 }]);
    // It comes back, and goes on where it was.
    present = [lead, account];
    bench.source.before = () => {};
    bench.source.calls.length = 0;
    const after = await nextCycle(bench);
    expect(after.progress.conditions).toEqual([]);
    expect(places()).toEqual(['lead?skip=20']);
    expect(after.progress.entities).toMatchObject([{ stored: 30, read: 30 }, {}]);
  });

  test('between cycles, after it had failed for another reason, does not hold up the others', async () => {
    start();
    await bench.event('initial-completed');
    bench.source.before = ({ entity }) => {
      if (entity === 'lead') throw new AppError('server-failed', 'down', { recovery: 'retry' });
    };
    await nextCycle(bench);
    takeAway();
    const { progress } = await nextCycle(bench);
    expect(progress.conditions).toMatchObject([{ kind: 'entity-gone', entity: 'lead' }]);
    expect(progress.waiting).toBeNull();
    bench.source.put('account', sampleId(2), { name: 'Other' });
    expect((await nextCycle(bench)).cycle).toMatchObject({ changed: 1 });
  });

  test('stops the sync when it is the last one', async () => {
    start([lead]);
    bench.source.before = () => {
      present = [];
      throw refusal('entity-unknown', { entity: 'lead' });
    };
    const { fault } = await bench.event('stopped');
    expect(fault).toMatchObject({ code: 'entity-unknown', details: { entity: 'lead' } });
  });
});

describe('a field of another type', () => {
  const condition = {
    kind: 'type-changed',
    entity: 'lead',
    details: { fields: 'city', types: 'String Integer' },
  };
  const noon = new Date().toISOString();
  const later = () => new Date(Date.now() + 1000).toISOString();
  const cities = () =>
    bench.rows('SELECT city, typeof(city) AS type, count(*) AS n FROM lead GROUP BY 1, 2 ORDER BY 1');

  /** Copied, then changed in Dynamics, with values of the new type in every row but the last. */
  async function change() {
    const run = start([lead, account], { selectedAt: noon });
    await bench.event('initial-completed');
    present = [numbered, account];
    for (let n = 1; n < 30; n++) bench.source.put('lead', sampleId(n), { city: n });
    bench.source.put('lead', sampleId(30), { lastname: 'Good' });
    bench.source.put('account', sampleId(2), { name: 'Other' });
    const { progress } = await nextCycle(bench);
    // One bad row stops neither its page nor the other tables.
    expect(progress.entities).toMatchObject([{ failed: 29 }, { stored: 2 }]);
    expect(bench.rows("SELECT lastname FROM lead WHERE lastname = 'Good'")).toHaveLength(1);
    expect(bench.rows('SELECT DISTINCT code, message FROM _sync_error')).toEqual([
      { code: 'row-malformed', message: 'city should be of type String, and is not (number)' },
    ]);
    return run;
  }

  test('is an error in its rows and asked about, and nothing of the table changes before an admin agrees', async () => {
    const run = await change();
    expect((await nextCycle(bench)).progress.conditions).toMatchObject([condition]);
    expect(cities()).toEqual([{ city: 'Kyoto', type: 'text', n: 30 }]);
    await run.stop();
    bench.events.length = 0;
    // A restart is no word of anybody.
    start(present, { selectedAt: noon });
    expect((await bench.event('cycle-completed')).progress.conditions).toMatchObject([condition]);
    expect(cities()).toEqual([{ city: 'Kyoto', type: 'text', n: 30 }]);
  });

  test('is taken over once the fields are saved again, and every row is complete', async () => {
    const run = await change();
    await nextCycle(bench);
    await run.stop();
    bench.events.length = 0;
    bench.source.put('lead', sampleId(30), { city: 30 });
    start(present, { selectedAt: later() });
    const { progress } = await bench.event('progress', (event) =>
      event.progress.refreshes.some(({ endedAt }) => endedAt !== null),
    );
    expect(progress.conditions).toEqual([]);
    expect(progress.entities).toMatchObject([{ stored: 30, failed: 0 }, {}]);
    expect(bench.rows('SELECT sum(city) AS n, typeof(city) AS type FROM lead')).toEqual([
      { n: 465, type: 'integer' },
    ]);
  });

  test('that is changed back is forgotten', async () => {
    await change();
    await nextCycle(bench);
    present = [lead, account];
    for (let n = 1; n <= 30; n++) bench.source.put('lead', sampleId(n), { city: 'Nara' });
    await nextCycle(bench);
    expect((await nextCycle(bench)).progress.conditions).toEqual([]);
    expect(cities()).toEqual([{ city: 'Nara', type: 'text', n: 30 }]);
    expect(bench.rows('SELECT count(*) AS n FROM _sync_error')).toEqual([{ n: 0 }]);
  });

  test.each([
    ['a lookup', samplePlan('lead', { lastname: 'String', city: 'Lookup' })],
    ['a text again', lead],
  ])('that is %s cannot be asked for as before, and keeps what it has until then', async (_name, to) => {
    const from = to === lead ? samplePlan('lead', { lastname: 'String', city: 'Lookup' }) : lead;
    for (let n = 1; n <= 30; n++) bench.source.put('lead', sampleId(n), { _city_value: sampleId(n) });
    const run = start([from, account], { selectedAt: noon });
    await bench.event('initial-completed');
    await run.stop();
    bench.events.length = 0;
    const again = start([to, account], { selectedAt: noon });
    const { progress } = await bench.event('cycle-completed');
    expect(progress.conditions).toMatchObject([{ kind: 'type-changed', details: { fields: 'city' } }]);
    expect(bench.rows('SELECT count(city) AS n FROM lead')).toEqual([{ n: 30 }]);
    await again.stop();
    bench.events.length = 0;
    start([to, account], { selectedAt: later() });
    const after = await bench.event('progress', (event) =>
      event.progress.refreshes.some(({ endedAt }) => endedAt !== null),
    );
    expect(after.progress.conditions).toEqual([]);
    expect(bench.rows(`SELECT city FROM lead WHERE leadid = '${sampleId(3)}'`)).toEqual([
      { city: to === lead ? 'Kyoto' : sampleId(3) },
    ]);
  });

  test('that is ticked anew, or like the one before, is nothing to ask about', async () => {
    const run = start([lead, account], { selectedAt: noon });
    await bench.event('initial-completed');
    await run.stop();
    bench.events.length = 0;
    const memo = start([samplePlan('lead', { lastname: 'Memo' }), account], { selectedAt: noon });
    const { conditions } = (await bench.event('cycle-completed')).progress;
    expect(conditions.filter(({ kind }) => kind === 'type-changed')).toEqual([]);
    await memo.stop();
    bench.events.length = 0;
    for (let n = 1; n <= 30; n++) bench.source.put('lead', sampleId(n), { city: n });
    start([numbered, account], { selectedAt: noon });
    await bench.event('progress', ({ progress }) =>
      progress.refreshes.some(({ fields, endedAt }) => fields.includes('city') && endedAt !== null),
    );
    expect(cities()[0]).toEqual({ city: 1, type: 'integer', n: 1 });
  });
});
