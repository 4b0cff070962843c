import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqlite } from '../../src/destinations/sqlite.ts';
import { openSqliteReader } from '../../src/destinations/sqlite-reader.ts';
import { openSqliteInThread } from '../../src/destinations/sqlite-thread.ts';
import { batchOf, destinationContract } from '../contracts/destination.ts';
import { readRows } from '../sync/engine-bench.ts';
import { sampleId, samplePlan } from '../sync/sample-plan.ts';

const organization = '11111111-2222-4333-8444-555555555555';

for (const [name, open] of [
  ['SQLite', openSqlite],
  ['SQLite in a thread', openSqliteInThread],
] as const) {
  destinationContract(name, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'destination-'));
    const path = join(folder, 'marketing.db');
    return {
      open: () => open({ path }),
      rows: async (sql) => readRows(path, sql),
      dispose: async () => rmSync(folder, { recursive: true }),
    };
  });
}

describe('the file', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'destination-'));
    path = join(folder, 'marketing.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const lead = samplePlan('lead', {
    firstname: 'String',
    ownerid: 'Owner',
    revenue: 'Money',
    exchangerate: 'Decimal',
    latitude: 'Double',
    donotphone: 'Boolean',
    leadsourcecode: 'Picklist',
    versionnumber: 'BigInt',
    createdon: 'DateTime',
    donotphone_label: 'String',
  });

  test('has the columns of the contract, in its order', async () => {
    const destination = openSqlite({ path });
    await destination.prepare(organization, [lead]);
    await destination.close();
    const columns = readRows(path, "SELECT name, type, pk FROM pragma_table_info('lead')");
    expect(columns.map(({ name, type, pk }) => `${name} ${type}${pk ? ' key' : ''}`)).toEqual([
      'leadid TEXT key',
      'firstname TEXT',
      'ownerid TEXT',
      'ownerid_label TEXT',
      'revenue TEXT',
      'exchangerate TEXT',
      'latitude REAL',
      'donotphone INTEGER',
      'leadsourcecode INTEGER',
      'leadsourcecode_label TEXT',
      'versionnumber INTEGER',
      'createdon TEXT',
      'donotphone_label TEXT',
      '_synced_at TEXT',
      '_deleted_at TEXT',
      '_stale_since TEXT',
      '_version INTEGER',
    ]);
    expect(readRows(path, 'PRAGMA page_size')).toEqual([{ page_size: 16384 }]);
    expect(readRows(path, 'PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
  });

  test('of before periods were known is taken further', async () => {
    const old = new DatabaseSync(path);
    old.exec(`CREATE TABLE _field (
      entity TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, updated_until TEXT, PRIMARY KEY (entity, name)
    ) STRICT`);
    old.exec(`CREATE TABLE _refresh (
      key TEXT PRIMARY KEY NOT NULL, entity TEXT NOT NULL, fields TEXT NOT NULL, next TEXT,
      by_reread INTEGER NOT NULL DEFAULT 0, started_at TEXT NOT NULL, ended_at TEXT,
      read INTEGER NOT NULL DEFAULT 0, stored INTEGER NOT NULL DEFAULT 0
    ) STRICT`);
    old.exec(`CREATE TABLE lead (leadid TEXT PRIMARY KEY NOT NULL, _synced_at TEXT, _deleted_at TEXT,
      _stale_since TEXT, _version INTEGER) STRICT`);
    old.exec(`INSERT INTO _refresh (key, entity, fields, next, started_at)
      VALUES ('1', 'lead', '["firstname"]', 'page 2', '2026-11-25T00:00:00Z')`);
    old.close();
    const period = { by: 'createdon', from: '2026-01-01', to: '2026-01-31', timeZone: 'UTC' } as const;
    const begin = [{ key: '2', fields: ['revenue'], period }];
    const destination = openSqlite({ path });
    await destination.prepare(organization, [lead]);
    await destination.commit(lead, {
      ...{ upserts: [], deletes: [], stale: [], failures: [], read: 0, filtered: 0, checkpoint: null },
      at: '2026-11-26T00:00:00Z',
      refreshes: { begin, drop: [] },
    });
    expect(await destination.refreshes()).toMatchObject([
      { key: '1', fields: ['firstname'], period: null, next: 'page 2' },
      { key: '2', fields: ['revenue'], period, next: null },
    ]);
    await destination.close();
    expect(readRows(path, 'SELECT name, filled_for FROM _field WHERE filled_for IS NOT NULL')).toEqual([
      {
        name: 'revenue',
        filled_for: "createdon >= '2026-01-01T00:00:00Z' AND createdon < '2026-02-01T00:00:00Z'",
      },
    ]);
  });

  test('is not made by a check', async () => {
    const deep = join(folder, 'a', 'b', 'marketing.db');
    await openSqlite({ path: deep }).check(organization);
    expect(readdirSync(folder)).toEqual([]);
    const destination = openSqlite({ path: deep });
    await destination.prepare(organization, []);
    await destination.check(organization);
    await destination.close();
    expect(existsSync(deep)).toBe(true);
  });

  test('that is no database is left alone', async () => {
    writeFileSync(
      path,
      'a text that is longer than the header of a database file, by far and for sure.'.repeat(20),
    );
    const refused = {
      code: 'destination-unwritable',
      recovery: 'ask-admin',
      details: { reason: 'not-a-database' },
    };
    await expect(openSqlite({ path }).check(organization)).rejects.toMatchObject(refused);
    await expect(openSqlite({ path }).prepare(organization, [])).rejects.toMatchObject(refused);
  });

  test('in a folder that is none is refused', async () => {
    writeFileSync(join(folder, 'file'), '');
    const nowhere = openSqlite({ path: join(folder, 'file', 'marketing.db') });
    await expect(nowhere.prepare(organization, [])).rejects.toMatchObject({ code: 'destination-unwritable' });
    await expect(nowhere.check(organization)).rejects.toMatchObject({ code: 'destination-unwritable' });
    mkdirSync(path);
    const folderItself = openSqlite({ path });
    await expect(folderItself.prepare(organization, [])).rejects.toMatchObject({
      code: 'destination-unwritable',
    });
  });

  test('that is full keeps what was committed, and may be written later', async () => {
    const plan = samplePlan('lead', { description: 'Memo' });
    const destination = openSqlite({ path });
    await destination.prepare(organization, [plan]);
    await destination.close();
    // The limit belongs to a connection; shrinking it is the one way to fill a disk that others use too.
    const limited = openSqlite({ path, maxPages: 40 });
    await limited.prepare(organization, [plan]);
    const row = (n: number, size: number) => ({ values: [sampleId(n), 'x'.repeat(size)], version: 1n });
    await limited.commit(plan, batchOf({ upserts: [row(1, 10)] }));
    await expect(limited.commit(plan, batchOf({ upserts: [row(2, 5_000_000)] }))).rejects.toMatchObject({
      code: 'destination-unwritable',
      recovery: 'retry',
      details: { reason: 'disk-full' },
    });
    await limited.commit(plan, batchOf({ upserts: [row(3, 10)] }));
    expect(readRows(path, 'SELECT leadid FROM lead')).toEqual([
      { leadid: sampleId(1) },
      { leadid: sampleId(3) },
    ]);
    await limited.close();
  });

  test('can be read while it is written, and before it is there', async () => {
    const reader = openSqliteReader({ path });
    expect(await reader.tallies()).toEqual([]);
    expect(existsSync(path)).toBe(false);
    const plan = samplePlan('lead', { lastname: 'String' });
    const destination = openSqlite({ path });
    await destination.prepare(organization, [plan]);
    expect(await reader.tallies()).toMatchObject([{ entity: 'lead', phase: 'waiting', stored: 0 }]);
    const writer = new DatabaseSync(path);
    writer.exec('BEGIN IMMEDIATE');
    expect(await reader.tallies()).toMatchObject([{ stored: 0 }]);
    writer.exec('ROLLBACK');
    writer.close();
    const failures = [{ id: sampleId(2), code: 'row-malformed', message: 'x' }];
    const upserts = [{ values: [sampleId(1), 'Abe'], version: null }];
    await destination.commit(plan, batchOf({ upserts, failures }));
    expect(await reader.tallies()).toMatchObject([{ stored: 1, failed: 1 }]);
    expect(await reader.failures()).toMatchObject([{ code: 'row-malformed', rows: 1 }]);
    await reader.close();
    await reader.close();
    await destination.close();
  });

  test('that another process has locked is waited for by the caller', async () => {
    const plan = samplePlan('lead', { lastname: 'String' });
    const destination = openSqlite({ path, busyMilliseconds: 20 });
    await destination.prepare(organization, [plan]);
    const writer = new DatabaseSync(path);
    writer.exec('BEGIN IMMEDIATE');
    await expect(destination.commit(plan, batchOf({}))).rejects.toMatchObject({
      code: 'destination-unwritable',
      recovery: 'retry',
      details: { reason: 'locked' },
    });
    writer.exec('ROLLBACK');
    writer.close();
    await destination.commit(plan, batchOf({}));
    await destination.close();
  });
});
