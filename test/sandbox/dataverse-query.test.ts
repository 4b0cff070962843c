import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Row, Stage } from './dataverse-harness.ts';
import { setStage } from './dataverse-harness.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage({ rows: 14_000 });
});
afterAll(() => stage.close());

const all = (name: string) => stage.dataverse.table(name).all();

describe('selection', () => {
  test('gives selected columns with explicit nulls, the key and the etag', async () => {
    const { body } = await stage.get('contacts?$select=fullname,fax,_parentcustomerid_value&$top=3');
    for (const row of body.value) {
      expect(Object.keys(row).sort()).toEqual([
        '@odata.etag',
        '_parentcustomerid_value',
        'contactid',
        'fax',
        'fullname',
      ]);
      expect(row.fax).toBeNull();
      const stored = stage.dataverse.table('contact').get(String(row.contactid));
      expect(row['@odata.etag']).toBe(`W/"${stored?.versionnumber}"`);
    }
    expect(body['@odata.context']).toMatch(/\$metadata#contacts\(fullname,fax,_parentcustomerid_value\)$/);
  });

  test('gives every selectable column without $select', async () => {
    const { body } = await stage.get('leads?$top=1');
    const row = body.value[0] ?? {};
    expect(row).toHaveProperty('_ownerid_value');
    expect(row).not.toHaveProperty('owneridname');
    expect(row).not.toHaveProperty('leadqualitycodename');
    expect(Object.keys(row).length).toBeGreaterThan(150);
  });

  test.each(['nonsense', 'ownerid', 'owneridname'])('refuses %s', async (name) => {
    const { status, body } = await stage.get(`leads?$select=subject,${name}`);
    expect(status).toBe(400);
    expect(body.error).toEqual({
      code: '0x80060888',
      message: `Could not find a property named '${name}' on type 'Microsoft.Dynamics.CRM.lead'.`,
    });
  });

  test('writes amounts with four digits, as text when asked', async () => {
    const path = 'opportunities?$select=estimatedvalue,exchangerate,versionnumber&$top=1';
    expect((await stage.get(path)).text).toMatch(/"estimatedvalue":\d+\.\d{4},/);
    const exact = await stage.get(path, { accept: 'application/json;IEEE754Compatible=true' });
    expect(exact.body.value[0]).toMatchObject({
      estimatedvalue: expect.stringMatching(/^\d+\.\d{4}$/),
      versionnumber: expect.stringMatching(/^\d+$/),
      _transactioncurrencyid_value: expect.any(String),
    });
  });
});

describe('annotations', () => {
  const path =
    'contacts?$select=_parentcustomerid_value,statecode,donotemail,createdon&$top=1&$filter=_parentcustomerid_value ne null';
  const [FORMATTED, TABLE] = [
    'OData.Community.Display.V1.FormattedValue',
    'Microsoft.Dynamics.CRM.lookuplogicalname',
  ];

  test('come when asked for, and only those', async () => {
    expect((await stage.get(path)).text).not.toContain('FormattedValue');
    const { body, headers } = await stage.get(path, {
      prefer: `odata.include-annotations="${FORMATTED},${TABLE}"`,
    });
    const row = body.value[0] ?? {};
    const account = stage.dataverse.table('account').get(String(row._parentcustomerid_value));
    expect(row).toMatchObject({
      [`_parentcustomerid_value@${FORMATTED}`]: account?.name,
      [`_parentcustomerid_value@${TABLE}`]: 'account',
      [`statecode@${FORMATTED}`]: expect.stringMatching(/^(Active|Inactive)$/),
      [`donotemail@${FORMATTED}`]: expect.stringMatching(/^(Yes|No)$/),
      [`createdon@${FORMATTED}`]: expect.stringMatching(/^\d+\/\d+\/\d{4} \d+:\d\d [AP]M$/),
    });
    expect(Object.keys(row).some((name) => name.includes('associatednavigationproperty'))).toBe(false);
    expect(headers['preference-applied']).toContain(FORMATTED);
  });

  test('all of them with a star', async () => {
    const { body } = await stage.get(path, { prefer: 'odata.include-annotations="*"' });
    const name = '_parentcustomerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty';
    expect(body.value[0]?.[name]).toBe('parentcustomerid_account');
  });
});

describe('filters', () => {
  const ids = async (filter: string) => {
    const { rows } = await stage.readAll(`leads?$select=leadid&$filter=${encodeURIComponent(filter)}`);
    return rows.map(({ leadid }) => leadid).sort();
  };
  const expected = (passes: (lead: Row) => boolean) =>
    all('lead')
      .filter(passes)
      .map(({ leadid }) => leadid)
      .sort();
  const text = (value: unknown) => String(value ?? '').toLowerCase();

  test.each<[string, (lead: Row) => boolean]>([
    ['statecode eq 2', (lead) => lead.statecode === 2],
    [
      'statecode ne 0 and (leadqualitycode eq 1 or leadqualitycode eq 3)',
      (l) => l.statecode !== 0 && (l.leadqualitycode === 1 || l.leadqualitycode === 3),
    ],
    ['new_synctomkto ne false', (lead) => lead.new_synctomkto !== false],
    ['new_synctomkto eq null', (lead) => lead.new_synctomkto === undefined],
    ["lastname eq 'o''brien'", (lead) => text(lead.lastname) === "o'brien"],
    ["contains(companyname,'システムズ')", (lead) => text(lead.companyname).includes('システムズ')],
    ["not startswith(subject,'interested')", (lead) => !text(lead.subject).startsWith('interested')],
    [
      "endswith(emailaddress1,'.example') and createdon ge 2024-01-01T00:00:00.500Z",
      (l) => text(l.emailaddress1).endsWith('.example') && String(l.createdon) >= '2024-01-01T00:00:01Z',
    ],
    ['createdon lt 2023-06-01', (lead) => String(lead.createdon) < '2023-06-01'],
    ['revenue gt 1000000000.5', (lead) => Number(lead.revenue ?? 0) > 1_000_000_000.5],
  ])('%s', async (filter, passes) => {
    const wanted = expected(passes);
    expect(wanted.length).toBeGreaterThan(0);
    expect(await ids(filter)).toEqual(wanted);
  });

  test('ids are compared as SQL Server does, in the order of pages', async () => {
    const { rows } = await stage.readAll('leads?$select=leadid', { prefer: 'odata.maxpagesize=700' });
    const order = rows.map(({ leadid }) => leadid);
    expect(order).not.toEqual([...order].sort());
    const behind = await ids(`leadid gt ${order[2000]}`);
    expect(behind).toEqual(order.slice(2001).sort());
  });

  test.each([
    ["statecode eq 'x'", '0x80060888'],
    ['statecode eq', '0x80060888'],
    ['nothing eq 1', '0x80060888'],
    ['statecode eq 1 or', '0x80060888'],
  ])('refuses %s', async (filter, code) => {
    const { status, body } = await stage.get(`leads?$filter=${encodeURIComponent(filter)}`);
    expect([status, body.error.code]).toEqual([400, code]);
  });
});

describe('paging', () => {
  test.each([
    'createdon,contactid',
    'createdon desc',
    'lastname desc,firstname',
    'birthdate',
    'versionnumber',
  ])('by %s: every row once, in order', async (orderby) => {
    const { rows } = await stage.readAll(
      `contacts?$select=${orderby.replace(' desc', '')}&$orderby=${orderby}`,
      {
        prefer: 'odata.maxpagesize=333',
      },
    );
    expect(new Set(rows.map(({ contactid }) => contactid)).size).toBe(
      stage.dataverse.table('contact').count(),
    );
    expect(rows).toHaveLength(stage.dataverse.table('contact').count());
  });

  test('in a range of createdon survives a bulk import of one moment', async () => {
    const counts = new Map<string, number>();
    for (const { createdon } of all('contact'))
      counts.set(String(createdon), (counts.get(String(createdon)) ?? 0) + 1);
    const [moment, size] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? ['', 0];
    expect(size).toBeGreaterThan(1000);
    const { rows } = await stage.readAll(
      `contacts?$select=createdon&$filter=createdon ge ${moment} and createdon le ${moment}&$orderby=createdon,contactid`,
      { prefer: 'odata.maxpagesize=500' },
    );
    expect(new Set(rows.map(({ contactid }) => contactid)).size).toBe(size);
  });

  test('ranges of createdon, rising and falling, leave nothing out', async () => {
    const cut = '2023-05-05T05:05:05Z';
    for (const direction of ['', ' desc']) {
      const before = await stage.readAll(
        `leads?$select=leadid&$filter=createdon lt ${cut}&$orderby=createdon${direction}`,
      );
      const after = await stage.readAll(
        `leads?$select=leadid&$filter=createdon ge ${cut}&$orderby=createdon${direction}`,
      );
      const ids = new Set([...before.rows, ...after.rows].map(({ leadid }) => leadid));
      expect(ids.size).toBe(stage.dataverse.table('lead').count());
    }
  });

  test('survives rows that vanish and appear between pages', async () => {
    const contacts = (await stage.readAll('contacts?$select=contactid')).rows;
    const { body } = await stage.get('contacts?$select=contactid', { prefer: 'odata.maxpagesize=100' });
    stage.dataverse.delete('contact', String(body.value.at(-1)?.contactid));
    const rest = await stage.readAll(String(body['@odata.nextLink']), { prefer: 'odata.maxpagesize=5000' });
    expect(rest.rows).toHaveLength(contacts.length - 100);
  });

  test('gives 5,000 rows at most, and lets $top end the answer', async () => {
    const { body } = await stage.get('contacts?$select=contactid', { prefer: 'odata.maxpagesize=9999' });
    expect(body.value).toHaveLength(5000);
    expect(body['@odata.nextLink']).toBeDefined();
    const top = (await stage.get('contacts?$select=contactid&$top=7')).body;
    expect([top.value.length, top['@odata.nextLink']]).toEqual([7, undefined]);
  });

  test('refuses a cookie of another query', async () => {
    const { body } = await stage.get('contacts?$select=contactid', { prefer: 'odata.maxpagesize=10' });
    const other = await stage.get(`${body['@odata.nextLink']}&$orderby=createdon`);
    expect(other.body.error.code).toBe('0x80041129');
    expect((await stage.get('contacts?$skiptoken=nonsense')).status).toBe(400);
  });
});

describe('counts', () => {
  test('stop at 5,000', async () => {
    const { body } = await stage.get('contacts?$select=contactid&$count=true&$top=1', {
      prefer: 'odata.include-annotations="*"',
    });
    expect(body['@odata.count']).toBe(5000);
    expect(body['@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded']).toBe(true);
    expect((await stage.get('contacts/$count')).text).toBe('\ufeff5000');
    const filtered = await stage.get('leads/$count?$filter=statecode eq 1');
    expect(filtered.text).toBe(`\ufeff${all('lead').filter(({ statecode }) => statecode === 1).length}`);
  });

  test('by group', async () => {
    const apply = 'leads?$apply=filter(statecode eq 0)/groupby((new_synctomkto),aggregate($count as n))';
    const { body } = await stage.get(apply);
    const total = body.value.reduce((sum, { n }) => sum + Number(n), 0);
    expect(body.value).toHaveLength(3);
    expect(total).toBe(all('lead').filter(({ statecode }) => statecode === 0).length);
    const sum = await stage.get(
      'opportunities?$apply=aggregate(estimatedvalue_base with sum as total,$count as n)',
    );
    expect(sum.body.value[0]).toMatchObject({ n: stage.dataverse.table('opportunity').count() });
  });

  test('as the service counted them once a day', async () => {
    const path = 'RetrieveTotalRecordCount(EntityNames=@p)?@p=["lead","account"]';
    const before = (await stage.get(path)).body.EntityRecordCountCollection;
    stage.dataverse.create('lead', { subject: 'one more' });
    expect((await stage.get(path)).body.EntityRecordCountCollection).toEqual(before);
    expect((await stage.get("RetrieveTotalRecordCount(EntityNames=['nothing'])")).body.error.code).toBe(
      '0x80040203',
    );
  });
});

test('compresses when asked', async () => {
  const path = 'contacts?$select=fullname,emailaddress1';
  const plain = await stage.get(path);
  const packed = await stage.get(path, { 'accept-encoding': 'gzip' });
  expect(packed.headers['content-encoding']).toBe('gzip');
  expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 2);
  expect(gunzipSync(packed.bytes).toString('utf8')).toBe(plain.text);
});

test.each([
  ['leads?$skip=10', 400],
  ['leads?$search=x', 400],
  ['leads?$expand=ownerid', 501],
  ['leads?$frobnicate=1', 501],
  ['leads?frobnicate=1', 501],
  ['leads(00000000-0000-4000-8000-000000000000)', 404],
  ['leads/nothing', 404],
  ['tasks', 404],
  ['leads(%', 400],
  ['Frobnicate()', 404],
  ['$batch', 501],
  ["EntityDefinitions(LogicalName='task')", 404],
])('never answers in silence what it does not know: %s', async (path, status) => {
  const reply = await stage.get(path);
  expect(reply.status).toBe(status);
  expect(reply.body.error.code).toMatch(/^0x/);
});
