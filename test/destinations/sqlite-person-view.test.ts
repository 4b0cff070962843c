import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqlite } from '../../src/destinations/sqlite.ts';
import { personNames } from '../../src/destinations/sqlite-person-view.ts';
import type { EntityPlan } from '../../src/model/selection.ts';
import { batchOf } from '../contracts/destination.ts';
import { readRows } from '../sync/engine-bench.ts';
import { sampleId, samplePlan } from '../sync/sample-plan.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'person-'));
  path = join(folder, 'marketing.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const organization = '11111111-2222-4333-8444-555555555555';
const lead = samplePlan('lead', { lastname: 'String', leadsourcecode: 'Picklist', donotphone: 'Boolean' });
const contact = samplePlan('contact', { lastname: 'String', mkt_leadscore: 'Integer', statecode: 'State' });

async function store(plans: readonly EntityPlan[], rows: [EntityPlan, ...(string | number | null)[]][] = []) {
  const destination = openSqlite({ path });
  await destination.prepare(organization, plans);
  for (const [plan, ...values] of rows) {
    await destination.commit(plan, batchOf({ upserts: [{ values, version: null }] }));
  }
  return destination;
}

const columns = () => readRows(path, "SELECT name FROM pragma_table_info('person')").map(({ name }) => name);

test('joins leads and contacts under their marketing names', async () => {
  const destination = await store(
    [lead, contact],
    [
      [lead, sampleId(1), 'Abe', 3, 'Web', 1, 'Yes'],
      [contact, sampleId(2), 'Bea', 80, 0, 'Active'],
    ],
  );
  await destination.commit(contact, batchOf({ deletes: [sampleId(2)] }));
  await destination.close();
  expect(readRows(path, 'SELECT * FROM person ORDER BY "Id"')).toMatchObject([
    {
      Id: sampleId(1),
      'Microsoft Type': 'Lead',
      Last: 'Abe',
      'Person Source': 'Web',
      'Do Not Call': 1,
      'Person Score': null,
      First: null,
      'Microsoft is Deleted': 0,
    },
    {
      Id: sampleId(2),
      'Microsoft Type': 'Contact',
      Last: 'Bea',
      'Person Status': 'Active',
      'Person Score': 80,
      'Person Source': null,
      'Microsoft is Deleted': 1,
    },
  ]);
});

test('always has all names, the extra ones around them', async () => {
  await (await store([lead])).close();
  expect(columns()).toEqual(['Id', 'Microsoft Type', ...personNames(), 'Microsoft is Deleted']);
  const lower = personNames().map((name) => name.toLowerCase());
  expect(new Set(lower).size).toBe(lower.length);
});

test('follows the columns that are added, and the entities', async () => {
  await (await store([lead])).close();
  const grown = samplePlan('lead', { lastname: 'String', emailaddress1: 'String' });
  const rows: [EntityPlan, ...string[]][] = [[grown, sampleId(1), 'Abe', 'a@example.com']];
  await (await store([grown, contact], rows)).close();
  expect(readRows(path, 'SELECT "Email", "Microsoft Type" FROM person')).toEqual([
    { Email: 'a@example.com', 'Microsoft Type': 'Lead' },
  ]);
});

test('is left out while there is neither a lead nor a contact table', async () => {
  await (await store([samplePlan('account', { name: 'String' })])).close();
  expect(columns()).toEqual([]);
});
