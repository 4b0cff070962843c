import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createDynamics } from '../../src/dynamics/dynamics.ts';
import { AppError } from '../../src/lib/errors.ts';
import { silentLogger } from '../../src/lib/log.ts';
import { allPassed, type Check } from '../../src/model/check.ts';
import type { Credentials } from '../../src/model/credentials.ts';
import { standardEntities } from '../../src/model/entity.ts';
import { defaultSelection, type EntityPlan, planEntity } from '../../src/model/selection.ts';
import type { ChangePage, Connection, Dynamics, Page } from '../../src/ports/dynamics.ts';
import { createCertificates } from '../../src/sandbox/certificates.ts';
import { type Dataverse, startDataverse } from '../../src/sandbox/dataverse/server.ts';
import { type Entra, startEntra } from '../../src/sandbox/entra/server.ts';
import { rowsOf } from '../../src/sync/page-rows.ts';
import { createHandClock, type HandClock } from './hand-clock.ts';

const never = new AbortController().signal;
const secret = 'Q8~sandboxsecret';
const expired = 'Q8~expiredsecret';
const secretId = '33333333-3333-4333-8333-333333333333';
const tenant = {
  id: '11111111-1111-4111-8111-111111111111',
  domain: 'contoso.example',
  apps: [
    {
      clientId: '22222222-2222-4222-8222-222222222222',
      name: 'Sync',
      secrets: [
        { id: secretId, value: secret },
        { id: '44444444-4444-4444-8444-444444444444', value: expired, expiresAt: 1 },
      ],
    },
    {
      clientId: '55555555-5555-4555-8555-555555555555',
      name: 'Another',
      secrets: [{ id: '66666666-6666-4666-8666-666666666666', value: secret }],
    },
  ],
};

let entra: Entra;
let dataverse: Dataverse;
let credentials: Credentials;
let clock: HandClock;
let dynamics: Dynamics;
let connection: Connection;

beforeAll(async () => {
  const hosts = ['contoso.crm7.dynamics.localhost', 'login.microsoftonline.localhost'];
  const tls = await createCertificates({ hosts });
  setDefaultCACertificates([...getCACertificates('default'), tls.caPem]);
  entra = await startEntra({ tls, tenants: [tenant] });
  dataverse = await startDataverse({ tls, entra, rows: 400 });
  credentials = {
    address: { origin: dataverse.origin, authority: entra.origin },
    tenantId: tenant.id,
    clientId: tenant.apps[0]?.clientId ?? '',
    proof: { kind: 'secret', secret },
    username: dataverse.applicationUser.email,
  };
});

afterAll(async () => {
  await dataverse.close();
  await entra.close();
});

beforeEach(() => {
  clock = createHandClock();
  dynamics = createDynamics({ log: silentLogger, clock, random: () => 1, maxPageSize: 50 });
  connection = dynamics.connect(credentials);
});

afterEach(async () => {
  dataverse.clear();
  entra.clear();
  await connection.close();
});

async function check(change: Partial<Credentials> = {}): Promise<readonly Check[]> {
  const { checks } = await dynamics.check(
    { ...credentials, ...change },
    {
      entities: standardEntities,
      lockedTo: null,
      checkDestination: async () => {},
      onProgress: () => {},
      signal: never,
    },
  );
  return checks;
}

/** The lines that are not simply green, as `id: fault`. */
function troubles(checks: readonly Check[]): string[] {
  return checks.flatMap((line) => ('fault' in line ? [`${line.id}: ${line.fault.code}`] : []));
}

async function all<T extends Page>(pages: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const page of pages) found.push(page);
  return found;
}

async function planOf(entity: string): Promise<EntityPlan> {
  const [schema] = await connection.readSchemas([entity], never);
  if (!schema) throw new Error(`no ${entity}`);
  return planEntity(schema, defaultSelection(schema));
}

test('good credentials pass every check, quickly', async () => {
  const started = performance.now();
  const checks = await check();
  expect(performance.now() - started).toBeLessThan(3000);
  expect(troubles(checks)).toEqual([]);
  expect(allPassed(checks)).toBe(true);
});

const wrong: [change: Partial<Credentials>, trouble: string][] = [
  [{ proof: { kind: 'secret', secret: 'Q8~anothersecret' } }, 'sign-in: secret-wrong'],
  [{ proof: { kind: 'secret', secret: secretId } }, 'sign-in: secret-is-id'],
  [{ proof: { kind: 'secret', secret: expired } }, 'sign-in: secret-expired'],
  [{ clientId: '99999999-9999-4999-8999-999999999999' }, 'sign-in: app-unknown'],
  [{ tenantId: '99999999-9999-4999-8999-999999999999' }, 'sign-in: tenant-unknown'],
  [{ clientId: '55555555-5555-4555-8555-555555555555' }, 'user: user-missing'],
  [{ username: 'somebody.else@contoso.example' }, 'user: user-mismatch'],
];

test.each(wrong)('%o is told as %s', async (change, trouble) => {
  expect(troubles(await check(change))).toEqual([trouble]);
});

test('an organization Entra ID does not know in the tenant is told apart from a wrong address', async () => {
  const address = { origin: dataverse.origin.replace('contoso.crm7.dynamics.', ''), authority: entra.origin };
  expect(troubles(await check({ address }))).toEqual(['sign-in: organization-not-in-tenant']);
});

const refusals = [
  ['disabled-user', 'user: user-disabled'],
  ['no-roles', 'user: role-missing'],
  ['app-blocked', 'user: application-blocked'],
  ['admin-mode', 'user: administration-mode'],
  ['throttled-requests', 'url: throttled'],
  ['html-page', 'url: not-dynamics'],
  ['bad-gateway', 'url: server-failed'],
  ['cut-connection', 'url: connection-failed'],
] as const;

test.each(refusals)('Dynamics playing "%s" is told as %s', async (kind, trouble) => {
  const isForCaller = trouble.startsWith('user');
  dataverse.play({ kind, count: Number.POSITIVE_INFINITY, ...(isForCaller ? { path: 'WhoAmI' } : {}) });
  expect(troubles(await check())).toEqual([trouble]);
});

test('privileges are looked at as far as the sync needs them', async () => {
  dataverse.setReadPrivilege('lead', undefined);
  dataverse.setReadPrivilege('contact', 'Basic');
  const access = (await check()).find(({ id }) => id === 'access');
  dataverse.setReadPrivilege('lead', 'Global');
  dataverse.setReadPrivilege('contact', 'Global');
  expect(access).toMatchObject({
    fault: {
      code: 'privilege-missing',
      details: { entities: 'contact, lead', privileges: 'prvReadContact, prvReadLead' },
    },
  });
});

test('schemas have types and labels in both languages, and every field of them can be read', async () => {
  const schemas = await connection.readSchemas([...standardEntities, 'boat'], never);
  expect(schemas.map(({ name }) => name)).toEqual(standardEntities);
  for (const schema of schemas) {
    const fields = schema.fields.map(({ name }) => name);
    const plan = planEntity(schema, { fields, filter: false });
    expect(plan.columns).toHaveLength(fields.length);
    const pages = await all(connection.readPages(plan, null, never));
    expect(pages.flatMap(({ rows }) => rowsOf(rows))).toHaveLength(dataverse.table(schema.name).count());
  }
  const lead = schemas.find(({ name }) => name === 'lead');
  const field = (name: string) => lead?.fields.find((entry) => entry.name === name);
  expect(lead).toMatchObject({ entitySetName: 'leads', primaryId: 'leadid', primaryName: 'fullname' });
  expect(lead?.label.en).toBe('Lead');
  expect(field('lastname')).toMatchObject({
    type: 'String',
    label: { en: 'Last Name', ja: expect.any(String) },
  });
  expect(field('ownerid')?.type).toBe('Owner');
  expect(field('estimatedclosedate')?.type).toBe('DateOnly');
  expect(field('new_synctomkto')?.type).toBe('Boolean');
  expect(field('owneridname')).toBeUndefined();
  expect(field('entityimage')).toBeUndefined();
});

test('rows come with the labels of choices and lookups', async () => {
  const pages = await all(connection.readPages(await planOf('lead'), null, never));
  const [row] = rowsOf(pages[0]?.rows ?? []);
  expect(pages.length).toBeGreaterThan(1);
  expect(row?.['statecode@OData.Community.Display.V1.FormattedValue']).toEqual(expect.any(String));
  expect(row?.['_ownerid_value@OData.Community.Display.V1.FormattedValue']).toEqual(expect.any(String));
  expect(row?.['@odata.etag']).toMatch(/^W\/"\d+"$/);
});

test('rows are counted, by the filter as well', async () => {
  const schemas = await connection.readSchemas(['lead', 'systemuser'], never);
  const leads = dataverse.table('lead').count();
  expect(await connection.countRows(schemas, never)).toEqual({
    lead: leads,
    systemuser: dataverse.table('systemuser').count(),
  });
  const [lead] = schemas;
  if (!lead) throw new Error('no lead');
  const { yes, empty, no } = await connection.countFilter(lead, never);
  expect(yes + empty + no).toBe(leads);
  expect(no).toBeGreaterThan(0);
});

test('what happens after the link was taken comes as changes and deletes, once', async () => {
  const plan = await planOf('contact');
  const link = (await connection.takeDeltaLink(plan, never)) ?? '';
  const [first, second] = dataverse.table('contact').all();
  const changed = String(first?.contactid);
  const gone = String(second?.contactid);
  dataverse.update('contact', changed, { jobtitle: 'Chief of everything' });
  const made = dataverse.create('contact', { firstname: 'New', lastname: 'Person' });
  dataverse.delete('contact', gone);
  expect(await connection.countChanges(plan, link, never)).toBe(3);
  const { modifiedon } = dataverse.table('contact').get(changed) ?? {};
  expect(Date.parse((await connection.oldestChange(plan, link, never)) ?? '')).toBe(
    Date.parse(String(modifiedon)),
  );

  const pages = await all<ChangePage>(connection.readChanges(plan, link, never));
  const rows = pages.flatMap((page) => page.rows);
  expect(rows.map(({ contactid, lastname }) => [contactid, lastname])).toEqual([
    [changed, first?.lastname],
    [made, 'Person'],
  ]);
  expect(rows[0]).toMatchObject({ jobtitle: 'Chief of everything' });
  expect(rows[0]?.['_ownerid_value@OData.Community.Display.V1.FormattedValue']).toEqual(expect.any(String));
  expect(pages.flatMap(({ deleted }) => deleted)).toEqual([gone]);

  const following = pages.at(-1)?.deltaLink ?? '';
  expect(await connection.countChanges(plan, following, never)).toBe(0);
  expect(await connection.oldestChange(plan, following, never)).toBeNull();
  const [quiet] = await all<ChangePage>(connection.readChanges(plan, following, never));
  expect(quiet).toMatchObject({ rows: [], deleted: [], next: null });
});

test('many changes come in pages, and what happens between two pages is in the next changes', async () => {
  const plan = await planOf('account');
  const link = (await connection.takeDeltaLink(plan, never)) ?? '';
  const ids = dataverse
    .table('account')
    .all()
    .map(({ accountid }) => String(accountid));
  for (const id of ids) dataverse.update('account', id, { description: 'all of them' });
  const seen: string[] = [];
  let following = '';
  for await (const page of connection.readChanges(plan, link, never)) {
    if (seen.length === 0) dataverse.update('account', ids[0] ?? '', { description: 'again' });
    seen.push(...page.rows.map(({ accountid }) => String(accountid)));
    following = page.deltaLink ?? '';
  }
  const [after] = await all<ChangePage>(connection.readChanges(plan, following, never));
  expect(new Set([...seen, ...(after?.rows ?? []).map(({ accountid }) => String(accountid))])).toEqual(
    new Set(ids),
  );
  expect(after?.rows.map(({ description }) => description)).toEqual(['again']);
});

test('an expired link says so', async () => {
  const plan = await planOf('opportunity');
  const link = (await connection.takeDeltaLink(plan, never)) ?? '';
  dataverse.expireDeltaLinks('opportunity');
  await expect(all(connection.readChanges(plan, link, never))).rejects.toMatchObject({
    code: 'delta-expired',
  });
});

test('throttling, gateways, cuts and withdrawn tokens on the way are survived', async () => {
  const plan = await planOf('lead');
  dataverse.play({ kind: 'throttled-time', entity: 'lead', after: 1, retryAfterSeconds: 11 });
  dataverse.play({ kind: 'cut-connection', entity: 'lead', after: 1 });
  dataverse.play({ kind: 'token-revoked', entity: 'lead', after: 1 });
  dataverse.play({ kind: 'bad-gateway', entity: 'lead', after: 1 });
  const pages = await all(connection.readPages(plan, null, never));
  const ids = pages.flatMap(({ rows }) => rowsOf(rows).map(({ leadid }) => leadid));
  expect(new Set(ids).size).toBe(dataverse.table('lead').count());
  expect(ids).toHaveLength(dataverse.table('lead').count());
  expect(clock.waits).toContain(11_000);
});

test('a table that turns out not to be tracked is followed by modifiedon', async () => {
  const plan = await planOf('lead');
  dataverse.play({ kind: 'not-tracked', entity: 'lead' });
  expect(await connection.takeDeltaLink(plan, never)).toMatch(/^modifiedon .*"isRefused":true/);
});

test('a field that has vanished is named', async () => {
  const plan = await planOf('lead');
  const gone = { name: 'new_gone', type: 'String', select: 'new_gone', label: false } as const;
  const reading = all(connection.readPages({ ...plan, columns: [...plan.columns, gone] }, null, never));
  const thrown = await reading.catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(AppError);
  expect(thrown).toMatchObject({ code: 'field-unknown', details: { field: 'new_gone', entity: 'lead' } });
});

test('changes come with their columns, so that no row is read by id', () => {
  const byId = dataverse.requests.filter(({ path }) => /\$filter=\w+id%20eq/.test(path));
  expect(byId).toEqual([]);
});

test('msal asks for nothing but tokens', () => {
  expect(entra.requests.filter(({ method }) => method !== 'POST')).toEqual([]);
});

test("another table's token that is refused as expired costs a walk, and no more", async () => {
  const [plan, small] = [await planOf('contact'), await planOf('systemuser')];
  dataverse.play({ kind: 'expired-delta-link', path: /contacts\?.*deltatoken/ });
  const from = dataverse.requests.length;
  const [, { holds }] = await Promise.all([
    connection.startCopy(small, never),
    connection.startCopy(plan, never),
  ]);
  expect(await holds).toBe(false);
  const refused = dataverse.requests.slice(from).filter(({ status }) => status === 400);
  expect(refused.map(({ path }) => /contacts\?.*deltatoken/.test(path))).toEqual([true]);
  dataverse.play({ kind: 'expired-delta-link', path: /contacts\?.*deltatoken/ });
  expect(await connection.takeDeltaLink(plan, never)).toContain('deltatoken');
});

test('a large table is offered in ranges that hold each row once, with a link that took no walk', async () => {
  const plan = await planOf('contact');
  const small = await planOf('systemuser');
  const [, { link, span, holds }] = await Promise.all([
    connection.startCopy(small, never),
    connection.startCopy(plan, never),
  ]);
  if (!span) throw new Error('no span');
  expect(await holds).toBe(true);
  const middle = String((BigInt(span.lowest) + BigInt(span.highest)) / 2n);
  const ranges = [
    { from: span.lowest, to: middle },
    { from: middle, to: null },
  ];
  const parts = await Promise.all(
    ranges.map(async (range) => {
      const ids: unknown[] = [];
      for await (const { rows } of connection.readPages(plan, null, never, { range })) {
        ids.push(...rowsOf(rows).map((row) => row.contactid));
      }
      return ids;
    }),
  );
  const whole: unknown[] = [];
  for await (const { rows } of connection.readPages(plan, null, never)) {
    whole.push(...rowsOf(rows).map((row) => row.contactid));
  }
  expect(parts.flat().toSorted()).toEqual(whole.toSorted());
  expect(parts.every((ids) => ids.length > 0)).toBe(true);
  const rows = dataverse.table('contact').all();
  const from = String(rows.map(({ createdon }) => String(createdon)).toSorted()[Math.floor(rows.length / 2)]);
  const within = { by: 'createdon', from, before: '2999-01-01T00:00:00Z' } as const;
  const ofPeriod: unknown[] = [];
  for (const range of [...ranges, undefined]) {
    for await (const page of connection.readPages({ ...plan, within }, null, never, { range })) {
      ofPeriod.push(...rowsOf(page.rows).map((row) => row.contactid));
    }
  }
  const later = rows.filter(({ createdon }) => String(createdon) >= from).map((row) => row.contactid);
  expect(later.length).toBeLessThan(rows.length);
  expect(ofPeriod.toSorted()).toEqual([...later, ...later].toSorted());
  const made = dataverse.create('contact', { lastname: 'Made after the link' });
  const changed: unknown[] = [];
  for await (const { rows } of connection.readChanges(plan, link ?? '', never)) {
    changed.push(...rows.map((row) => row.contactid));
  }
  expect(changed).toEqual([made]);
});
