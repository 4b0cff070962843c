import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeWindow } from '../../src/model/modified-window.ts';
import { packedRows } from '../../src/model/packed-rows.ts';
import { packPage } from '../../src/model/row-packer.ts';
import type { EntityPlan } from '../../src/model/selection.ts';
import type { StoredValue } from '../../src/model/upsert-row.ts';
import type { Batch, Checkpoint, Destination } from '../../src/ports/destination.ts';
import { sampleId, samplePlan } from '../sync/sample-plan.ts';

/** What a suite needs of an implementation. */
export interface DestinationHarness {
  /** Another handle on the same store. */
  open(): Destination;
  /** Rows of a table or view, keys as columns. */
  rows(sql: string): Promise<Record<string, unknown>[]>;
  /** Removes the store. Every handle has been closed. */
  dispose(): Promise<void>;
}

const organization = '11111111-2222-4333-8444-555555555555';
const other = '99999999-2222-4333-8444-555555555555';
const lead = samplePlan('lead', { lastname: 'String', revenue: 'Money', statecode: 'State' });
const copying: Checkpoint = { phase: 'copying', link: 'lead?token=1', next: 'lead?skip=1', asked: 'x' };
const current: Checkpoint = { phase: 'current', link: 'lead?token=2', next: null, asked: 'x' };

/** A batch with nothing in it but what is given. */
export function batchOf(parts: Partial<Batch>): Batch {
  return {
    upserts: [],
    deletes: [],
    stale: [],
    failures: [],
    read: 0,
    filtered: 0,
    checkpoint: copying,
    at: '2026-11-23T01:00:00.000Z',
    ...parts,
  };
}

function leadRow(n: number, lastname: StoredValue, version: bigint | null = BigInt(n)) {
  return { values: [sampleId(n), lastname, '10.5000', 0, 'Open'], version };
}

/** The promises of the port, for every implementation. */
export function destinationContract(name: string, createHarness: () => Promise<DestinationHarness>): void {
  describe(`${name} keeps the promises of a destination`, () => {
    let harness: DestinationHarness;
    let handles: Destination[];
    beforeEach(async () => {
      harness = await createHarness();
      handles = [];
    });
    afterEach(async () => {
      for (const handle of handles) await handle.close();
      await harness.dispose();
    });

    const open = (): Destination => {
      const handle = harness.open();
      handles.push(handle);
      return handle;
    };
    const prepared = async (plans: readonly EntityPlan[] = [lead]): Promise<Destination> => {
      const handle = open();
      await handle.prepare(organization, plans);
      return handle;
    };
    const leads = () =>
      harness.rows('SELECT leadid, lastname, _deleted_at, _stale_since, _version FROM lead ORDER BY leadid');
    const tally = async (handle: Destination) =>
      (await handle.tallies()).find(({ entity }) => entity === 'lead');

    storing({ prepared, leads, tally });
    counting({ prepared, leads, tally });
    reading({ prepared, leads, tally });

    test('belongs to the first organization it was prepared for', async () => {
      const first = open();
      await first.check(organization);
      await first.prepare(organization, [lead]);
      await first.check(organization.toUpperCase());
      const foreign = { code: 'destination-foreign', recovery: 'stop', details: { organization } };
      await expect(first.check(other)).rejects.toMatchObject(foreign);
      await expect(open().prepare(other, [lead])).rejects.toMatchObject(foreign);
      await open().prepare(organization, [lead]);
    });

    test('keeps everything over a restart', async () => {
      const first = await prepared();
      await first.commit(lead, batchOf({ upserts: [leadRow(1, 'Abe')], read: 3, filtered: 2 }));
      await first.close();
      const second = await prepared();
      expect(await second.checkpoint('lead')).toEqual(copying);
      expect(await tally(second)).toMatchObject({ phase: 'copying', stored: 1, read: 3, filtered: 2 });
    });

    test('gets the columns a plan has grown by, and loses none', async () => {
      const first = await prepared();
      await first.commit(lead, batchOf({ upserts: [leadRow(1, 'Abe')] }));
      await first.close();
      const grown = samplePlan('lead', { emailaddress1: 'String', lastname: 'String' });
      const second = await prepared([grown]);
      const values = [sampleId(2), 'b@example.com', 'Bea'];
      await second.commit(grown, batchOf({ upserts: [{ values, version: 2n }] }));
      expect(
        await harness.rows('SELECT lastname, emailaddress1, revenue, statecode_label FROM lead'),
      ).toEqual([
        { lastname: 'Abe', emailaddress1: null, revenue: '10.5000', statecode_label: 'Open' },
        { lastname: 'Bea', emailaddress1: 'b@example.com', revenue: null, statecode_label: null },
      ]);
    });

    test('says until when a field was kept up to date that is in no plan any more', async () => {
      const account = samplePlan('account', { name: 'String' });
      const handle = await prepared([lead, account]);
      const at = '2026-11-23T02:00:00.000Z';
      await handle.commit(lead, batchOf({ upserts: [leadRow(1, 'Abe')], followed: true, at }));
      const fields = () =>
        harness.rows('SELECT entity, name, updated_until FROM _field WHERE updated_until IS NOT NULL');
      expect(await fields()).toEqual([]);
      const less = samplePlan('lead', { lastname: 'String', statecode: 'State' });
      await handle.prepare(organization, [less]);
      const gone = await fields();
      expect(gone.map(({ entity, name }) => `${entity}.${name}`).sort()).toEqual([
        'account.accountid',
        'account.name',
        'lead.revenue',
      ]);
      expect(gone.find(({ name }) => name === 'revenue')?.updated_until).toBe(at);
      const values = [sampleId(1), 'Bea', 0, 'Open'];
      await handle.commit(less, batchOf({ upserts: [{ values, version: 2n }] }));
      expect(await harness.rows('SELECT lastname, revenue FROM lead')).toEqual([
        { lastname: 'Bea', revenue: '10.5000' },
      ]);
      await handle.prepare(organization, [lead, account]);
      expect(await fields()).toEqual([]);
    });

    test('says what is stored with which type, and since when a plan has said that it is another one', async () => {
      const handle = open();
      expect(await handle.fields()).toEqual([]);
      await handle.prepare(organization, [lead]);
      const lastname = async () => (await handle.fields()).find(({ field }) => field === 'lastname');
      expect(await lastname()).toEqual({
        entity: 'lead',
        field: 'lastname',
        type: 'String',
        changedAt: null,
      });
      await handle.commit(lead, batchOf({ upserts: [leadRow(1, 'Abe'), leadRow(2, '12')] }));
      const otherTypes = [{ field: 'lastname', type: 'Integer', stored: 'String' }] as const;
      await handle.prepare(organization, [{ ...lead, otherTypes }]);
      const noticed = await lastname();
      expect(noticed).toMatchObject({ type: 'String', changedAt: expect.stringMatching(/Z$/) });
      await handle.prepare(organization, [{ ...lead, otherTypes }]);
      expect(await lastname()).toEqual(noticed);
      // As long as nobody agrees: also where the field cannot be asked for meanwhile.
      const without = {
        ...lead,
        columns: lead.columns.filter(({ name }) => name !== 'lastname'),
        otherTypes,
      };
      await handle.prepare(organization, [without]);
      expect(await lastname()).toEqual(noticed);
      await handle.prepare(organization, [samplePlan('lead', { lastname: 'Integer', revenue: 'Money' })]);
      expect(await lastname()).toMatchObject({ type: 'Integer', changedAt: null });
      expect(await harness.rows('SELECT lastname FROM lead ORDER BY leadid')).toEqual([
        { lastname: null },
        { lastname: 12 },
      ]);
      // What is taken out is nothing that has changed.
      await handle.prepare(organization, [{ ...without, otherTypes: [] }]);
      expect(await lastname()).toBeUndefined();
    });

    test('closes twice', async () => {
      const handle = await prepared();
      await handle.close();
      await handle.close();
    });
  });
}

interface Tools {
  prepared: (plans?: readonly EntityPlan[]) => Promise<Destination>;
  leads: () => Promise<Record<string, unknown>[]>;
  tally: (handle: Destination) => Promise<unknown>;
}

function storing({ prepared, leads }: Tools): void {
  test('replaces a row by its key, unless it is older', async () => {
    const handle = await prepared();
    await handle.commit(lead, batchOf({ upserts: [leadRow(1, 'Five', 5n), leadRow(2, 'Two')] }));
    await handle.commit(lead, batchOf({ upserts: [leadRow(1, 'Four', 4n), leadRow(2, 'Same', 2n)] }));
    expect(await leads()).toMatchObject([{ lastname: 'Five' }, { lastname: 'Same' }]);
    await handle.commit(lead, batchOf({ upserts: [leadRow(1, 'Unknown', null)] }));
    expect(await leads()).toMatchObject([{ lastname: 'Unknown' }, { lastname: 'Same' }]);
    await handle.commit(lead, batchOf({ upserts: [leadRow(1, 'One', 1n)] }));
    expect(await leads()).toMatchObject([{ lastname: 'One' }, { lastname: 'Same' }]);
  });

  test('takes rows that are packed like others', async () => {
    const handle = await prepared();
    const pages = [[leadRow(1, 'Abe', 5n)], [leadRow(2, 'Bea'), leadRow(1, 'Older', 4n)]].map(packPage);
    await handle.commit(
      lead,
      batchOf({
        upserts: packedRows(pages),
        refreshes: { begin: [{ key: 'k', fields: ['lastname'], period: null }], drop: [] },
      }),
    );
    expect(await leads()).toMatchObject([{ lastname: 'Abe' }, { lastname: 'Bea' }]);
    const rows = packedRows([packPage([{ values: [sampleId(2), 'Filled'], version: 2n }])]);
    const columns = ['leadid', 'lastname'];
    const fill = { key: 'k', next: null, isDone: true, columns, rows, failures: [], read: 1 };
    await handle.commit(lead, batchOf({ fill }));
    expect(await leads()).toMatchObject([{ lastname: 'Abe' }, { lastname: 'Filled' }]);
  });

  test('takes back a deleted row, also in an older version', async () => {
    const handle = await prepared();
    await handle.commit(lead, batchOf({ upserts: [leadRow(1, 'Nine', 9n)] }));
    await handle.commit(lead, batchOf({ deletes: [sampleId(1)] }));
    await handle.commit(lead, batchOf({ upserts: [leadRow(1, 'Restored', 3n)] }));
    expect(await leads()).toMatchObject([{ lastname: 'Restored', _deleted_at: null, _version: 3 }]);
  });

  test('marks deleted and stale rows once, and clears both when they come back', async () => {
    const handle = await prepared();
    await handle.commit(lead, batchOf({ upserts: [leadRow(1, 'Abe'), leadRow(2, 'Bea')] }));
    const marks = { deletes: [sampleId(1), sampleId(9)], stale: [sampleId(2), sampleId(9)] };
    await handle.commit(lead, batchOf({ ...marks, at: '2026-11-23T02:00:00.000Z' }));
    await handle.commit(lead, batchOf({ ...marks, at: '2026-11-23T03:00:00.000Z' }));
    expect(await leads()).toMatchObject([
      { lastname: 'Abe', _deleted_at: '2026-11-23T02:00:00.000Z', _stale_since: null },
      { lastname: 'Bea', _deleted_at: null, _stale_since: '2026-11-23T02:00:00.000Z' },
    ]);
    await handle.commit(lead, batchOf({ upserts: [leadRow(1, 'Abe', 8n), leadRow(2, 'Bea', 9n)] }));
    expect(await leads()).toMatchObject([
      { _deleted_at: null, _stale_since: null },
      { _deleted_at: null, _stale_since: null },
    ]);
  });

  test('moves the checkpoint with the rows', async () => {
    const handle = await prepared();
    expect(await handle.checkpoint('lead')).toBeNull();
    await handle.commit(lead, batchOf({}));
    expect(await handle.checkpoint('lead')).toEqual(copying);
    await handle.commit(lead, batchOf({ checkpoint: current }));
    expect(await handle.checkpoint('lead')).toEqual(current);
  });

  test('refuses what goes on from a batch that is not stored', async () => {
    const handle = await prepared();
    const [second, third] = ['lead?skip=2', 'lead?skip=3'].map((next) => ({ ...copying, next }));
    const goOn = (n: number, checkpoint: Checkpoint | undefined, continues: string | null) =>
      handle.commit(
        lead,
        batchOf({ upserts: [leadRow(n, 'Abe')], read: 1, checkpoint: checkpoint ?? copying, continues }),
      );
    const isBehind = { code: 'destination-unwritable', recovery: 'retry' };
    await expect(goOn(1, copying, 'lead?skip=0')).rejects.toMatchObject(isBehind);
    expect(await handle.checkpoint('lead')).toBeNull();
    await handle.commit(lead, batchOf({}));
    await goOn(1, second, 'lead?skip=1');
    // Handed over together, as they are while a copy runs; the second one's place was never reached.
    const both = await Promise.allSettled([goOn(2, third, 'lead?skip=1'), goOn(3, current, 'lead?skip=3')]);
    expect(both).toMatchObject([
      { status: 'rejected', reason: isBehind },
      { status: 'rejected', reason: isBehind },
    ]);
    expect(await leads()).toHaveLength(1);
    expect(await handle.checkpoint('lead')).toEqual(second);
    await Promise.all([goOn(2, third, 'lead?skip=2'), goOn(3, { ...current }, 'lead?skip=3')]);
    expect(await leads()).toHaveLength(3);
    expect(await handle.checkpoint('lead')).toEqual(current);

    const begin = [{ key: 'k', fields: ['lastname'], period: null }];
    await handle.commit(lead, batchOf({ checkpoint: null, refreshes: { begin, drop: [] } }));
    const fill = (next: string, continues?: string) => {
      const rows = { columns: ['leadid', 'lastname'], rows: [], failures: [], read: 1 };
      const parts = { checkpoint: null, fill: { key: 'k', next, isDone: false, ...rows } };
      return handle.commit(lead, batchOf(continues === undefined ? parts : { ...parts, continues }));
    };
    await fill('page 2');
    await expect(fill('page 4', 'page 3')).rejects.toMatchObject(isBehind);
    await fill('page 3', 'page 2');
    expect(await handle.refreshes()).toMatchObject([{ next: 'page 3', read: 2 }]);
    // The whole table is read again meanwhile: what is still on its way comes to nothing, and is no fault.
    await handle.commit(lead, batchOf({ checkpoint: { ...copying, phase: 'rereading' }, reread: 'begin' }));
    await fill('page 4', 'page 3');
    expect(await handle.refreshes()).toMatchObject([{ isReread: true, read: 2 }]);
  });

  test('refuses one row, and stores the others', async () => {
    const handle = await prepared();
    const upserts = [leadRow(1, 'Abe'), leadRow(2, {} as unknown as string), leadRow(3, 'Cid')];
    await handle.commit(lead, batchOf({ upserts }));
    expect(await leads()).toMatchObject([{ lastname: 'Abe' }, { lastname: 'Cid' }]);
    expect(await handle.failures()).toMatchObject([{ entity: 'lead', code: 'row-refused', rows: 1 }]);
    expect(await handle.checkpoint('lead')).toEqual(copying);
  });

  test('takes any text as a name or a value', async () => {
    const odd = samplePlan('new_order', { group: 'String', 'o"x': 'String' });
    const handle = await prepared([odd]);
    const text = '\'"; DROP TABLE lead; -- 山田\u0000太郎 😀\n';
    await handle.commit(odd, batchOf({ upserts: [{ values: [sampleId(1), text, 'x'], version: 1n }] }));
    expect(await handle.tallies()).toMatchObject([{ entity: 'new_order', stored: 1, failed: 0 }]);
  });
}

function counting({ prepared, tally }: Tools): void {
  test('counts exactly what is there', async () => {
    const handle = await prepared();
    expect(await tally(handle)).toEqual({
      entity: 'lead',
      phase: 'waiting',
      stored: 0,
      read: 0,
      filtered: 0,
      failed: 0,
      deleted: 0,
      followedAt: null,
    });
    const upserts = [leadRow(1, 'Abe'), leadRow(2, 'Bea'), leadRow(2, 'Bea again', 3n)];
    await handle.commit(lead, batchOf({ upserts, read: 4, filtered: 1 }));
    await handle.commit(lead, batchOf({ upserts, deletes: [sampleId(1)], read: 4, checkpoint: current }));
    expect(await tally(handle)).toMatchObject({
      phase: 'current',
      stored: 1,
      deleted: 1,
      read: 8,
      filtered: 1,
    });
    await handle.commit(lead, batchOf({ upserts: [leadRow(1, 'Back', 9n)], checkpoint: current }));
    expect(await tally(handle)).toMatchObject({ stored: 2, deleted: 0 });
  });

  test('remembers when everything was fetched, until the next time', async () => {
    const handle = await prepared();
    const at = '2026-11-23T02:00:00.000Z';
    await handle.commit(lead, batchOf({ checkpoint: current, followed: true, at }));
    await handle.commit(lead, batchOf({ checkpoint: current, at: '2026-11-23T03:00:00.000Z' }));
    expect(await tally(handle)).toMatchObject({ followedAt: at });
    expect(await tally(handle)).not.toHaveProperty('isUntracked');
    for (const link of [null, writeWindow({ mark: at, seenAt: null })]) {
      await handle.commit(lead, batchOf({ checkpoint: { ...current, link } }));
      expect(await tally(handle)).toMatchObject({ isUntracked: true });
    }
  });

  test('counts what was written by ten minutes, and forgets it after eight days', async () => {
    const handle = await prepared();
    const upserts = [leadRow(1, 'Abe'), leadRow(2, 'Bea')];
    const write = (at: string, parts: Partial<Batch>) => handle.commit(lead, batchOf({ ...parts, at }));
    await write('2026-11-14T00:00:00.000Z', { upserts });
    await write('2026-11-23T01:09:59.000Z', { upserts, deletes: [sampleId(1)] });
    await write('2026-11-23T01:01:00.000Z', { upserts });
    await write('2026-11-23T01:10:00.000Z', { deletes: [sampleId(1)] });
    await write('2026-11-23T01:20:00.000Z', {});
    const first = { entity: 'lead', at: '2026-11-23T01:00:00.000Z', changed: 4, deleted: 1 };
    const second = { entity: 'lead', at: '2026-11-23T01:10:00.000Z', changed: 0, deleted: 1 };
    expect(await handle.activity('2026-11-01T00:00:00.000Z')).toEqual([first, second]);
    expect(await handle.activity(second.at)).toEqual([second]);
  });

  test('remembers the last cycle, also over a restart', async () => {
    const first = await prepared();
    expect(await first.lastCycle()).toBeNull();
    const at = (minute: number) => `2026-11-23T01:0${minute}:00.000Z`;
    await first.saveCycle({ startedAt: at(1), endedAt: at(2), changed: 4, deleted: 0 });
    const last = { startedAt: at(7), endedAt: at(8), changed: 12, deleted: 3 };
    await first.saveCycle(last);
    await first.close();
    expect(await (await prepared()).lastCycle()).toEqual(last);
  });

  test('remembers deletes that are held back, and the word, until they are settled', async () => {
    const first = await prepared();
    expect(await first.allowHeld('lead')).toBe(false);
    const since = '2026-11-23T01:00:00.000Z';
    const held = { entity: 'lead', deletes: 1_300, rows: 2_000, since, allowed: null };
    await first.saveHeld({ ...held, deletes: 1_200 });
    await first.saveHeld(held);
    await first.close();
    const second = await prepared();
    expect(await second.held()).toEqual([held]);
    expect(await second.allowHeld('lead')).toBe(true);
    expect(await second.held()).toEqual([{ ...held, allowed: 1_300 }]);
    const upserts = [leadRow(1, 'Abe'), leadRow(2, 'Bea')];
    await second.commit(lead, batchOf({ upserts }));
    // A word is used up by what is deleted under it, and by nothing that was gone before.
    const deletes = [sampleId(1), sampleId(9)];
    await second.commit(lead, batchOf({ deletes }));
    await second.commit(lead, batchOf({ deletes }));
    expect(await second.held()).toEqual([{ ...held, deletes: 1_299, allowed: 1_299 }]);
    await second.commit(lead, batchOf({ deletes: [sampleId(2)], settlesHeld: true }));
    expect(await second.held()).toEqual([]);
    expect(await second.allowHeld('lead')).toBe(false);
    await second.saveHeld(held);
    await second.dropHeld('lead');
    expect(await second.held()).toEqual([]);
  });

  test('lists the rows that failed, one by one', async () => {
    const handle = await prepared();
    const failures = [1, 2, 3].map((n) => ({
      id: sampleId(n),
      code: n === 2 ? 'b' : 'a',
      message: `of ${n}`,
    }));
    await handle.commit(lead, batchOf({ failures }));
    const at = '2026-11-23T02:00:00.000Z';
    await handle.commit(lead, batchOf({ failures: failures.slice(0, 1), at }));
    const first = {
      entity: 'lead',
      id: sampleId(1),
      operation: 'upsert',
      direction: 'from-dynamics',
      code: 'a',
      message: 'of 1',
      firstAt: '2026-11-23T01:00:00.000Z',
      lastAt: at,
      attempts: 2,
      nextAttemptAt: '2026-11-23T02:10:00.000Z',
    };
    expect(await handle.failedRows({}, 0, 1)).toEqual([first]);
    expect(await handle.failedRows({}, 1, 9)).toMatchObject([{ message: 'of 2' }, { message: 'of 3' }]);
    expect(await handle.failedRows({ entity: 'lead', code: 'b' }, 0, 9)).toMatchObject([{ message: 'of 2' }]);
    expect(await handle.failedRows({ entity: 'account' }, 0, 9)).toEqual([]);
  });

  test('tries a failed row again at distances that double, up to a day', async () => {
    const handle = await prepared();
    const failures = [{ id: sampleId(1), code: 'a', message: 'x' }];
    const next: (string | null | undefined)[] = [];
    const at = '2026-11-23T00:00:00.000Z';
    for (let attempts = 1; attempts <= 11; attempts++) {
      await handle.commit(lead, batchOf({ failures, at }));
      next.push((await handle.failedRows({}, 0, 1))[0]?.nextAttemptAt);
    }
    const minutes = next.map((time) => (Date.parse(time ?? '') - Date.parse(at)) / 60_000);
    expect(minutes).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440]);
    const due = (dueAt: string) => handle.failedRows({ entity: 'lead', dueAt }, 0, 9);
    expect(await due('2026-11-23T23:59:59.999Z')).toEqual([]);
    // The clock has been set back since.
    expect(await due('2026-11-20T00:00:00.000Z')).toHaveLength(1);
    expect(await due('2026-11-24T00:00:00.000Z')).toMatchObject([{ id: sampleId(1), attempts: 11 }]);
    expect(await handle.failedRows({ ids: [sampleId(1), sampleId(2)] }, 0, 9)).toHaveLength(1);
    expect(await handle.failedRows({ ids: [sampleId(2)] }, 0, 9)).toEqual([]);
  });

  test('stores what was tried again without moving the checkpoint', async () => {
    const handle = await prepared();
    const failures = [1, 2].map((n) => ({ id: sampleId(n), code: 'a', message: 'x' }));
    await handle.commit(lead, batchOf({ failures, checkpoint: current }));
    const upserts = [leadRow(1, 'Good')];
    await handle.commit(lead, batchOf({ upserts, settled: [sampleId(2)], checkpoint: null }));
    expect(await handle.checkpoint('lead')).toEqual(current);
    expect(await tally(handle)).toMatchObject({ stored: 1, failed: 0, deleted: 0 });
  });

  test('counts anew when told so', async () => {
    const handle = await prepared();
    const upserts = [leadRow(1, 'Abe')];
    await handle.commit(lead, batchOf({ upserts, read: 3, filtered: 2 }));
    await handle.commit(lead, batchOf({ recount: true }));
    await handle.commit(lead, batchOf({ upserts, read: 2, filtered: 1 }));
    expect(await tally(handle)).toMatchObject({ stored: 1, read: 2, filtered: 1 });
  });

  test('keeps a sync error until its row succeeds, is deleted or is kept out', async () => {
    const handle = await prepared();
    const failure = (n: number, code: string) => ({ id: sampleId(n), code, message: `${code} of ${n}` });
    const failures = [failure(1, 'a'), failure(2, 'b'), failure(3, 'b'), failure(4, 'b')];
    await handle.commit(lead, batchOf({ failures }));
    await handle.commit(lead, batchOf({ failures: [failure(2, 'b')], at: '2026-11-23T02:00:00.000Z' }));
    expect(await tally(handle)).toMatchObject({ failed: 4 });
    expect(await handle.failures()).toEqual([
      { entity: 'lead', code: 'b', message: 'b of 2', rows: 3, lastAt: '2026-11-23T02:00:00.000Z' },
      { entity: 'lead', code: 'a', message: 'a of 1', rows: 1, lastAt: '2026-11-23T01:00:00.000Z' },
    ]);
    await handle.commit(
      lead,
      batchOf({ upserts: [leadRow(2, 'Good')], deletes: [sampleId(3)], stale: [sampleId(4)] }),
    );
    expect(await handle.failures()).toMatchObject([{ code: 'a', rows: 1 }]);
  });
}

function reading({ prepared, leads, tally }: Tools): void {
  test('says beforehand how many rows would be marked as deleted', async () => {
    const handle = await prepared();
    const ids = (...numbers: number[]) => new Set(numbers.map(sampleId));
    expect(await handle.countPresent(lead, ids(1))).toBe(0);
    const upserts = [1, 2, 3, 4, 5].map((n) => leadRow(n, `Name ${n}`));
    await handle.commit(lead, batchOf({ upserts, deletes: [sampleId(5)], checkpoint: current }));
    expect(await handle.countPresent(lead, ids(1, 2, 5, 9))).toBe(2);
    const checkpoint: Checkpoint = { ...copying, phase: 'rereading' };
    await handle.commit(lead, batchOf({ reread: 'begin', checkpoint }));
    expect(await handle.countUnmet(lead, ids())).toBe(4);
    await handle.commit(lead, batchOf({ reread: 'part', stale: [sampleId(1)], checkpoint }));
    expect(await handle.countUnmet(lead, ids(1, 2, 5, 9))).toBe(2);
  });

  test('compared, marks as deleted what was not met, and remembers when', async () => {
    const handle = await prepared();
    expect(await handle.comparedAt('lead')).toBeNull();
    const upserts = [1, 2, 3, 4].map((n) => leadRow(n, `Name ${n}`));
    const first = '2026-11-23T02:00:00.000Z';
    await handle.commit(lead, batchOf({ upserts, read: 4, at: first }));
    const done = { deletes: [sampleId(4)], checkpoint: current };
    await handle.commit(lead, batchOf({ ...done, at: '2026-11-23T03:00:00.000Z' }));
    expect(await handle.comparedAt('lead')).toBe(first);

    const versions = new Map([0n, 3n, 3n, 4n, 5n].map((version, index) => [sampleId(index + 1), version]));
    expect(await handle.findDiffering(lead, versions)).toEqual([1, 2, 4, 5].map(sampleId));

    const checkpoint = null;
    await handle.commit(lead, batchOf({ compare: 'begin', present: [sampleId(1)], checkpoint }));
    await handle.commit(lead, batchOf({ compare: 'begin', checkpoint }));
    const present = [sampleId(2), sampleId(9)];
    await handle.commit(
      lead,
      batchOf({ compare: 'part', present, upserts: [leadRow(2, 'Older', 1n)], checkpoint }),
    );
    await handle.close();

    const second = await prepared();
    expect(await second.countUnmet(lead, new Set())).toBe(2);
    const at = '2026-11-24T04:00:00.000Z';
    const moved = { ...current, link: 'other' };
    await second.commit(lead, batchOf({ compare: 'end', checkpoint: moved, at }));
    expect(await leads()).toMatchObject([
      { _deleted_at: at },
      { lastname: 'Older', _deleted_at: null },
      { _deleted_at: at },
      { _deleted_at: '2026-11-23T03:00:00.000Z' },
    ]);
    expect(await second.comparedAt('lead')).toBe(at);
    expect(await second.checkpoint('lead')).toEqual(moved);
    // What was counted of the copy stays; what was marked is in the activity.
    expect(await tally(second)).toMatchObject({ stored: 1, deleted: 3, read: 4 });
    expect(await second.activity(at.slice(0, 10))).toMatchObject([{ changed: 0, deleted: 2 }]);
  });

  test('read again, marks as deleted what was not met', async () => {
    const handle = await prepared();
    const upserts = [1, 2, 3, 4, 5].map((n) => leadRow(n, `Name ${n}`));
    await handle.commit(lead, batchOf({ upserts, read: 5, checkpoint: current }));
    const checkpoint: Checkpoint = { ...copying, phase: 'rereading' };
    await handle.commit(lead, batchOf({ reread: 'begin', checkpoint }));
    await handle.commit(
      lead,
      batchOf({ reread: 'part', upserts: [leadRow(1, 'Older', 0n)], checkpoint, read: 1 }),
    );
    expect(await tally(handle)).toMatchObject({ phase: 'current', stored: 5, read: 1 });
    await handle.close();

    const second = await prepared();
    const failures = [{ id: sampleId(3), code: 'row-malformed', message: 'x' }];
    const at = '2026-11-23T04:00:00.000Z';
    const stale = [sampleId(2)];
    await second.commit(lead, batchOf({ reread: 'end', stale, failures, checkpoint: current, at }));
    expect(await leads()).toMatchObject([
      { lastname: 'Older', _deleted_at: null },
      { _deleted_at: null, _stale_since: at },
      { _deleted_at: null },
      { _deleted_at: at },
      { _deleted_at: at },
    ]);
    expect(await tally(second)).toMatchObject({ stored: 3, deleted: 2 });
  });
}
