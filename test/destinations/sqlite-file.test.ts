import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqlite } from '../../src/destinations/sqlite.ts';
import { openSqliteReader } from '../../src/destinations/sqlite-reader.ts';
import type { EntityPlan } from '../../src/model/selection.ts';
import type { Checkpoint, Destination } from '../../src/ports/destination.ts';
import { batchOf } from '../contracts/destination.ts';
import { readRows } from '../sync/engine-bench.ts';
import { sampleId, samplePlan } from '../sync/sample-plan.ts';

const organization = '11111111-2222-4333-8444-555555555555';
const lead = samplePlan('lead', { firstname: 'String', annualincome: 'String' });
const account = samplePlan('account', { name: 'String' });
const current: Checkpoint = { phase: 'current', link: 'lead?token=2', next: null, asked: 'x' };

let folder: string;
let path: string;
let handles: Pick<Destination, 'close'>[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'destination-'));
  path = join(folder, 'marketing.db');
  handles = [];
});
afterEach(async () => {
  for (const handle of handles) await handle.close();
  rmSync(folder, { recursive: true });
});

async function prepared(plans: readonly EntityPlan[]): Promise<Destination> {
  const destination = openSqlite({ path });
  handles.push(destination);
  await destination.prepare(organization, plans);
  return destination;
}

function change(sql: string): void {
  const db = new DatabaseSync(path);
  db.exec(sql);
  db.close();
}

const row = (n: number, text: string) => ({ values: [sampleId(n), 'Abe', text], version: 1n });

test('a table that was dropped is copied anew, the others are not', async () => {
  const first = await prepared([lead, account]);
  await first.commit(lead, batchOf({ upserts: [row(1, '5')], read: 1, checkpoint: current }));
  await first.commit(account, batchOf({ read: 1, checkpoint: current }));
  await first.close();
  change(`INSERT INTO _met VALUES ('lead', '${sampleId(1)}'); DROP VIEW person; DROP TABLE lead;`);
  const second = await prepared([lead, account]);
  expect(await second.checkpoint('lead')).toBeNull();
  expect(await second.checkpoint('account')).toEqual(current);
  expect(await second.tallies()).toMatchObject([
    { entity: 'account', phase: 'current', read: 1 },
    { entity: 'lead', phase: 'waiting', stored: 0, read: 0 },
  ]);
  expect(readRows(path, 'SELECT * FROM _met')).toEqual([]);
});

test('a column of another type is made anew, with the values that fit; views over it stay', async () => {
  const first = await prepared([lead]);
  const upserts = [row(1, '50'), row(2, 'a lot'), row(3, '007')];
  await first.commit(lead, batchOf({ upserts, checkpoint: current }));
  await first.close();
  change('CREATE VIEW rich AS SELECT leadid, annualincome FROM lead');
  const numbers = samplePlan('lead', { firstname: 'String', annualincome: 'Integer' });
  const second = await prepared([numbers]);
  expect(readRows(path, 'SELECT firstname, annualincome FROM lead ORDER BY leadid')).toEqual([
    { firstname: 'Abe', annualincome: 50 },
    { firstname: 'Abe', annualincome: null },
    { firstname: 'Abe', annualincome: null },
  ]);
  const values = [sampleId(2), 'Abe', 9];
  await second.commit(numbers, batchOf({ upserts: [{ values, version: 1n }] }));
  expect(await second.failures()).toEqual([]);
  expect(readRows(path, "SELECT type FROM pragma_table_info('lead') WHERE name = 'annualincome'")).toEqual([
    { type: 'INTEGER' },
  ]);
  expect(readRows(path, 'SELECT count(annualincome) AS n FROM rich')).toEqual([{ n: 2 }]);
  expect(readRows(path, 'SELECT count(*) AS n FROM person')).toEqual([{ n: 3 }]);
});

describe('a file that is deleted beside us', () => {
  const remove = () => {
    for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
  };

  test('is made anew; nothing is stored before the checkpoint was asked for again', async () => {
    const destination = await prepared([lead, account]);
    await destination.commit(lead, batchOf({ upserts: [row(1, 'x')], checkpoint: current }));
    remove();
    const late = batchOf({ upserts: [row(2, 'x')] });
    const gone = { code: 'destination-unwritable', recovery: 'retry', details: { reason: 'gone' } };
    await expect(destination.commit(lead, late)).rejects.toMatchObject(gone);
    expect(await destination.checkpoint('account')).toBeNull();
    await expect(destination.commit(lead, late)).rejects.toMatchObject(gone);
    expect(await destination.checkpoint('lead')).toBeNull();
    await destination.commit(lead, late);
    expect(readRows(path, 'SELECT leadid FROM lead')).toEqual([{ leadid: sampleId(2) }]);
  });

  test('is noticed by the reader', async () => {
    const destination = await prepared([lead]);
    const reader = openSqliteReader({ path });
    handles.push(reader);
    await destination.commit(lead, batchOf({ upserts: [row(1, 'x')] }));
    expect(await reader.tallies()).toMatchObject([{ stored: 1 }]);
    remove();
    expect(await reader.tallies()).toEqual([]);
    expect(await destination.checkpoint('lead')).toBeNull();
    expect(await reader.tallies()).toMatchObject([{ stored: 0, phase: 'waiting' }]);
  });
});

test('a file that knows no next attempts yet is read as it is, and gets them', async () => {
  const failures = [{ id: sampleId(1), code: 'a', message: 'x' }];
  const first = await prepared([lead]);
  await first.commit(lead, batchOf({ failures }));
  await first.close();
  change('ALTER TABLE _sync_error DROP COLUMN next_at');
  const reader = openSqliteReader({ path });
  handles.push(reader);
  expect(await reader.failedRows({}, 0, 9)).toMatchObject([{ id: sampleId(1), nextAttemptAt: null }]);
  const second = await prepared([lead]);
  const dueAt = '2026-11-23T01:00:00.000Z';
  expect(await second.failedRows({ entity: 'lead', dueAt }, 0, 9)).toHaveLength(1);
  await second.commit(lead, batchOf({ failures }));
  expect(await second.failedRows({ entity: 'lead', dueAt }, 0, 9)).toEqual([]);
});
