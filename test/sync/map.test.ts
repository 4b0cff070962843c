import { describe, expect, test } from 'vitest';
import type { FieldType } from '../../src/model/entity.ts';
import { storedColumns } from '../../src/model/stored-columns.ts';
import type { WireRow } from '../../src/ports/dynamics.ts';
import { createPageMapper } from '../../src/sync/map.ts';
import { label, sampleId, samplePlan } from './sample-plan.ts';

const id = '0000AAAA-0000-4000-8000-00000000000F';

/** One row of one field, mapped: its stored values by column, or the failure. */
function mapOne(type: FieldType, columns: WireRow): Record<string, unknown> {
  const plan = samplePlan('lead', { field: type });
  const { upserts, failures } = createPageMapper(plan)([{ leadid: id, ...columns }]);
  const values = upserts[0]?.values;
  if (!values) return { failure: failures[0] };
  const pairs = storedColumns(plan).map(({ name }, index) => [name, values[index]] as const);
  return Object.fromEntries(pairs.slice(1));
}

describe('values', () => {
  test.each<[FieldType, unknown, unknown]>([
    ['String', 'Müller 山田', 'Müller 山田'],
    ['Memo', 'x'.repeat(1_048_576), 'x'.repeat(1_048_576)],
    ['Integer', -7, -7],
    ['Double', 1.5, 1.5],
    ['Double', '1.5', 1.5],
    ['BigInt', 42, 42n],
    ['BigInt', '9007199254740993', 9007199254740993n],
    ['Money', '1234567890123.4500', '1234567890123.4500'],
    ['Money', 12.5, '12.5'],
    ['Decimal', 1e-7, '0.0000001'],
    ['Decimal', -1.25e-9, '-0.00000000125'],
    ['Decimal', 1e21, '1000000000000000000000'],
    ['Decimal', '1.5E3', '1500'],
    ['Decimal', '1.2345E2', '123.45'],
    ['DateTime', '2026-11-23T04:05:06Z', '2026-11-23T04:05:06Z'],
    ['DateTime', '2026-11-23T04:05:06+09:00', '2026-11-22T19:05:06.000Z'],
    ['DateTime', '2026-11-23', '2026-11-23'],
    ['DateTime', '2026-11-23T04:05:06', '2026-11-23T04:05:06.000Z'],
    ['DateTime', '2026-11-23 04:05:06', '2026-11-23T04:05:06.000Z'],
    ['DateTime', '2026-11-23T04:05:06-0530', '2026-11-23T09:35:06.000Z'],
    ['DateOnly', '2026-11-23', '2026-11-23'],
    ['Uniqueidentifier', id, id.toLowerCase()],
    ['EntityName', 'account', 'account'],
  ])('%s %j', (type, sent, stored) => {
    expect(mapOne(type, { field: sent })).toEqual({ field: stored });
    expect(mapOne(type, { field: null })).toEqual({ field: null });
    expect(mapOne(type, {})).toEqual({ field: null });
  });

  test.each<[FieldType, unknown, unknown]>([
    ['Boolean', true, 1],
    ['Boolean', false, 0],
    ['Picklist', 3, 3],
    ['State', 0, 0],
    ['Status', 1, 1],
    ['MultiSelectPicklist', '1,2', '1,2'],
  ])('%s %j with its label', (type, sent, stored) => {
    const row = { field: sent, [label('field')]: 'A label' };
    expect(mapOne(type, row)).toEqual({ field: stored, field_label: 'A label' });
    expect(mapOne(type, { field: null })).toEqual({ field: null, field_label: null });
  });

  test.each<FieldType>(['Lookup', 'Customer', 'Owner'])('%s as its id, with the name', (type) => {
    const row = { _field_value: id, [label('_field_value')]: 'Contoso' };
    expect(mapOne(type, row)).toEqual({ field: id.toLowerCase(), field_label: 'Contoso' });
  });

  test.each<[FieldType, unknown]>([
    ['String', 5],
    ['Integer', 1.5],
    ['Integer', 'many'],
    ['BigInt', '99999999999999999999'],
    ['Money', 'free'],
    ['Double', 'INF'],
    ['Boolean', 1],
    ['DateTime', 'yesterday'],
    ['DateTime', '2026-13-45'],
    ['DateOnly', 20261123],
    ['Uniqueidentifier', ''],
  ])('%s refuses %j, without telling it', (type, sent) => {
    const { failure } = mapOne(type, { field: sent });
    expect(failure).toMatchObject({ id: id.toLowerCase(), code: 'row-malformed' });
    expect(JSON.stringify(failure)).toContain(`field should be of type ${type}`);
    expect(JSON.stringify(failure)).not.toContain('99999999999999999999');
  });
});

test.each(['Asia/Tokyo', 'America/New_York'])('a time without a zone is UTC, also in %s', (zone) => {
  const before = process.env.TZ;
  process.env.TZ = zone;
  try {
    const stored = { field: '2026-11-23T04:05:06.000Z' };
    expect(mapOne('DateTime', { field: '2026-11-23T04:05:06' })).toEqual(stored);
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
});

describe('rows', () => {
  const plan = samplePlan('lead', { lastname: 'String' });
  const map = createPageMapper(plan);

  test('without an id fail alone', () => {
    const page = map([{ lastname: 'Abe' }, { leadid: sampleId(1), lastname: 'Bea' }, { leadid: 5 }]);
    expect(page).toMatchObject({ read: 3, filtered: [] });
    expect(page.upserts).toEqual([{ values: [sampleId(1), 'Bea'], version: null }]);
    expect(page.failures).toMatchObject([{ id: '', code: 'row-without-id' }, { code: 'row-without-id' }]);
  });

  test.each<[WireRow, bigint | null]>([
    [{ '@odata.etag': 'W/"123"' }, 123n],
    [{ versionnumber: 77 }, 77n],
    [{ versionnumber: '9007199254740993' }, 9007199254740993n],
    [{ versionnumber: Number.MAX_SAFE_INTEGER + 1 }, null],
    [{ '@odata.etag': 'W/"abc"' }, null],
    [{}, null],
  ])('take their version from %j', (columns, version) => {
    expect(map([{ leadid: id, ...columns }]).upserts[0]?.version).toBe(version);
  });

  test('of which the filter keeps some out', () => {
    const filtered = createPageMapper(samplePlan('lead', { new_synctomkto: 'Boolean' }, { filter: true }));
    const rows = [false, true, null, undefined].map((sent, n) => ({
      leadid: sampleId(n),
      new_synctomkto: sent,
    }));
    const page = filtered(rows);
    expect(page.filtered).toEqual([sampleId(0)]);
    expect(page.upserts).toHaveLength(3);
  });

  test('keep a field whose name is that of a label', () => {
    const odd = samplePlan('lead', { status: 'Status', status_label: 'String' });
    expect(storedColumns(odd).map(({ name, kind }) => [name, kind])).toEqual([
      ['leadid', 'value'],
      ['status', 'value'],
      ['status_label', 'value'],
    ]);
  });
});

test('the table a lookup points to is stored beside it, unless a field has that name', () => {
  const plan = samplePlan('lead', { ownerid: 'Owner', customerid: 'Customer', customerid_table: 'String' });
  const columns = plan.columns.map((column) =>
    column.select === column.name ? column : { ...column, table: true as const },
  );
  const row = {
    leadid: sampleId(1),
    _ownerid_value: sampleId(2),
    '_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'team',
    '_ownerid_value@OData.Community.Display.V1.FormattedValue': 'Sales',
    _customerid_value: null,
    customerid_table: 'mine',
  };
  const { upserts } = createPageMapper({ ...plan, columns })([row]);
  expect(upserts[0]?.values).toEqual([sampleId(1), sampleId(2), 'Sales', 'team', null, null, 'mine']);
});
