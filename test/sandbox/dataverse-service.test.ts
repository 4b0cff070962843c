import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FaultKind } from '../../src/sandbox/dataverse/faults.ts';
import { faultKinds } from '../../src/sandbox/dataverse/faults.ts';
import { startDataverse } from '../../src/sandbox/dataverse/server.ts';
import type { Row, Stage } from './dataverse-harness.ts';
import { CLIENT, createTenant, setStage, TENANT } from './dataverse-harness.ts';

let stage: Stage;

describe('signing in', () => {
  beforeEach(async () => {
    stage = await setStage({ rows: 100 });
  });
  afterEach(() => stage.close());

  const ask = async (token?: string, path = '/api/data/v9.2/') => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const reply = await request(stage.dataverse.origin + path, { dispatcher: stage.dispatcher, headers });
    const text = await reply.body.text();
    return { status: reply.statusCode, challenge: reply.headers['www-authenticate'], text };
  };
  const grant = (change: { clientId?: string; resource?: string } = {}) => ({
    tenantId: TENANT,
    clientId: CLIENT,
    resource: stage.dataverse.origin,
    ...change,
  });

  test('an unauthenticated request learns authority and resource', async () => {
    const { entra, dataverse } = stage;
    for (const path of ['/api/data/', '/api/data/v9.2/', '/api/data/v9.2/WhoAmI']) {
      const { status, challenge } = await ask(undefined, path);
      expect(status).toBe(401);
      expect(challenge).toBe(
        `Bearer authorization_uri=${entra.origin}/${TENANT}/oauth2/authorize, resource_id=${dataverse.origin}/`,
      );
    }
    expect((await ask(undefined, '/')).status).toBe(404);
  });

  test('expired, revoked, foreign and forged tokens are refused with 401', async () => {
    const { entra } = stage;
    expect((await ask(entra.issueToken(grant(), -5))).status).toBe(401);
    expect((await ask(entra.issueToken(grant({ resource: 'https://other.crm.dynamics.com' })))).status).toBe(
      401,
    );
    expect((await ask('forged')).status).toBe(401);
    const token = entra.issueToken(grant());
    expect((await ask(token)).status).toBe(200);
    entra.revokeTokens();
    expect((await ask(token)).status).toBe(401);
  });

  test('an app without an application user is no member', async () => {
    const token = stage.entra.issueToken(grant({ clientId: '00000000-1111-4222-8333-444444444444' }));
    const { status, text } = await ask(token, '/api/data/v9.2/WhoAmI');
    expect([status, JSON.parse(text).error.code]).toEqual([403, '0x80072560']);
  });

  test('a disabled user, one without roles and one without the privilege are told so', async () => {
    const { dataverse, get } = stage;
    const codeOf = async (path: string) => (await get(path)).body.error.code;
    dataverse.setApplicationUser({ isDisabled: true });
    expect(await codeOf('WhoAmI')).toBe('0x80040225');
    dataverse.setApplicationUser({ isDisabled: false, roles: [] });
    expect(await codeOf('WhoAmI')).toBe('0x80042f09');
    dataverse.setApplicationUser({ roles: ['Marketing Sync'] });
    dataverse.setReadPrivilege('opportunity', undefined);
    expect((await get('opportunities?$top=1')).body.error).toMatchObject({
      code: '0x80040220',
      message: expect.stringContaining('is missing prvReadOpportunity privilege'),
    });
    expect((await get('leads?$top=1')).status).toBe(200);
  });

  test('the organisation, its version, its user, roles and privileges', async () => {
    const { dataverse, get } = stage;
    const { organization, applicationUser } = dataverse;
    const who = (await get('WhoAmI()')).body;
    expect(who).toMatchObject({ UserId: applicationUser.id, OrganizationId: organization.id });
    const access = "AccessType=Microsoft.Dynamics.CRM.EndpointAccessType'Default'";
    expect((await get(`RetrieveCurrentOrganization(${access})`)).body.Detail).toMatchObject({
      FriendlyName: organization.friendlyName,
      UniqueName: organization.uniqueName,
      OrganizationId: organization.id,
      Endpoints: { Values: expect.arrayContaining([`${dataverse.origin}/`]) },
    });
    expect((await get('RetrieveVersion()')).body.Version).toMatch(/^9\.2\./);
    expect((await get('organizations?$select=name,expirechangetrackingindays')).body.value).toMatchObject([
      { organizationid: organization.id, expirechangetrackingindays: 7 },
    ]);
    const user = `systemusers(${applicationUser.id})`;
    const expanded = `${user}?$select=fullname,applicationid,isdisabled&$expand=systemuserroles_association($select=name)`;
    expect((await get(expanded)).body).toMatchObject({
      applicationid: CLIENT,
      isdisabled: false,
      systemuserroles_association: [{ name: 'Marketing Sync' }, { name: 'Basic User' }],
    });
    expect((await get(`${user}/systemuserroles_association?$select=name`)).body.value).toHaveLength(2);
    const { RolePrivileges } = (await get(`${user}/Microsoft.Dynamics.CRM.RetrieveUserPrivileges`)).body;
    expect(RolePrivileges).toContainEqual(
      expect.objectContaining({ PrivilegeName: 'prvReadLead', Depth: 'Global' }),
    );
    expect((await get("solutions?$filter=uniquename eq 'MarketoLeadManagement'")).body.value).toEqual([]);
    const found = await get(`systemusers?$select=fullname&$filter=applicationid eq ${CLIENT}`);
    expect(found.body.value).toMatchObject([{ fullname: applicationUser.fullName }]);
  });
});

describe('metadata', () => {
  beforeEach(async () => {
    stage = await setStage({ rows: 20, language: 1041 });
  });
  afterEach(() => stage.close());

  test('tables by name, with labels in both languages', async () => {
    const select =
      '$select=LogicalName,EntitySetName,PrimaryIdAttribute,PrimaryNameAttribute,ChangeTrackingEnabled,DisplayName';
    const filter = "$filter=LogicalName eq 'lead' or LogicalName eq 'opportunity'";
    const { body } = await stage.get(`EntityDefinitions?${select}&${filter}`);
    expect(body.value.map(({ LogicalName }) => LogicalName).sort()).toEqual(['lead', 'opportunity']);
    const lead = body.value.find(({ LogicalName }) => LogicalName === 'lead');
    expect(lead).toMatchObject({
      PrimaryIdAttribute: 'leadid',
      DisplayName: { UserLocalizedLabel: { Label: 'リード', LanguageCode: 1041 } },
    });
    expect((await stage.get('EntityDefinitions?$select=LogicalName')).body.value).toHaveLength(6);
  });

  test('columns with what a picker needs, and selectable ones are selectable', async () => {
    const expand =
      '$expand=Attributes($select=LogicalName,AttributeType,AttributeTypeName,DisplayName,IsValidForRead,IsValidODataAttribute,AttributeOf,RequiredLevel)';
    for (const [table, set] of [
      ['lead', 'leads'],
      ['systemuser', 'systemusers'],
      ['account', 'accounts'],
    ]) {
      const { body } = await stage.get(
        `EntityDefinitions(LogicalName='${table}')?$select=LogicalName&${expand}`,
      );
      const columns = body.Attributes as Row[];
      const offered = columns.filter(
        (column) => column.IsValidODataAttribute && column.AttributeType !== 'Virtual',
      );
      const names = offered.map(({ LogicalName, AttributeType }) =>
        ['Lookup', 'Owner', 'Customer'].includes(String(AttributeType))
          ? `_${LogicalName}_value`
          : String(LogicalName),
      );
      expect((await stage.get(`${set}?$top=1&$select=${names.join(',')}`)).status).toBe(200);
    }
  });

  test('choices with both languages, states of reasons, targets of lookups', async () => {
    const cast = (type: string) =>
      `EntityDefinitions(LogicalName='lead')/Attributes/Microsoft.Dynamics.CRM.${type}AttributeMetadata`;
    const query = '$select=LogicalName&$expand=OptionSet($select=Options),GlobalOptionSet';
    const quality = await stage.get(`${cast('Picklist')}?${query}&$filter=LogicalName eq 'leadqualitycode'`);
    const set = quality.body.value[0]?.OptionSet as {
      Options: { Value: number; Label: { LocalizedLabels: Row[] } }[];
    };
    expect(set.Options[0]).toMatchObject({
      Value: 1,
      Label: { LocalizedLabels: [{ Label: 'Hot', LanguageCode: 1033 }, { LanguageCode: 1041 }] },
    });
    const status = await stage.get(`${cast('Status')}?$select=LogicalName&$expand=OptionSet`);
    expect(status.text).toContain('"State":2');
    const flags = await stage.get(
      `${cast('Boolean')}?$select=LogicalName&$expand=OptionSet&$filter=LogicalName eq 'new_synctomkto'`,
    );
    expect(flags.body.value[0]).toMatchObject({
      OptionSet: { TrueOption: { Value: 1 }, FalseOption: { Value: 0 } },
    });
    const lookups = await stage.get(
      `${cast('Lookup')}?$select=LogicalName,Targets&$filter=LogicalName eq 'ownerid'`,
    );
    expect(lookups.body.value[0]?.Targets).toEqual(['systemuser', 'team']);
    expect((await stage.get(`${cast('Enum')}`)).status).toBe(501);
    expect((await stage.get('EntityDefinitions?$select=Nonsense')).status).toBe(400);
  });

  test('the filter column can be missing', async () => {
    await stage.close();
    stage = await setStage({ rows: 20, filterColumn: false });
    const path =
      "EntityDefinitions(LogicalName='lead')/Attributes?$select=LogicalName&$filter=LogicalName eq 'new_synctomkto'";
    expect((await stage.get(path)).body.value).toEqual([]);
    expect((await stage.get('leads?$select=new_synctomkto')).status).toBe(400);
  });
});

describe('faults', () => {
  beforeEach(async () => {
    stage = await setStage({ rows: 100 });
  });
  afterEach(() => stage.close());

  const expected: Record<
    Exclude<FaultKind, 'cut-connection' | 'endless-body' | 'malformed' | 'slow'>,
    [status: number, code: string | undefined]
  > = {
    'throttled-requests': [429, '0x80072322'],
    'throttled-time': [429, '0x80072321'],
    'throttled-concurrency': [429, '0x80072326'],
    'server-error': [500, '0x80040216'],
    'sql-timeout': [500, '0x80044151'],
    'invalid-argument': [400, '0x80040203'],
    'bad-gateway': [502, undefined],
    unavailable: [503, '0x80044507'],
    'html-page': [200, undefined],
    'not-found-page': [404, undefined],
    redirect: [302, undefined],
    'foreign-link': [200, undefined],
    'looping-link': [200, undefined],
    'no-page': [200, undefined],
    'other-json': [200, undefined],
    'token-revoked': [401, undefined],
    'not-a-member': [403, '0x80072560'],
    'app-blocked': [403, '0x80095ffc'],
    'access-denied': [403, '0x80048405'],
    'location-blocked': [403, '0x80072561'],
    'tenant-restricted': [403, '0x80044507'],
    'organization-disabled': [403, '0x8004A104'],
    'ticket-expired': [401, '0x8004A101'],
    'disabled-user': [403, '0x80040225'],
    'no-roles': [403, '0x80042f09'],
    'missing-privilege': [403, '0x80040220'],
    'admin-mode': [403, '0x8004A113'],
    'expired-delta-link': [400, '0x80044352'],
    'not-tracked': [400, '0x80072491'],
  };

  test.each(Object.entries(expected))('%s, once', async (kind, [status, code]) => {
    const link = (await stage.get('leads?$select=leadid', { prefer: 'odata.track-changes' })).body[
      '@odata.deltaLink'
    ];
    stage.dataverse.play({ kind: kind as FaultKind, entity: 'lead', retryAfterSeconds: 3 });
    const reply = await stage.get(String(link));
    expect([reply.status, reply.body.error?.code]).toEqual([status, code]);
    if (status === 429) expect(reply.headers['retry-after']).toBe('3');
    expect((await stage.get(String(link))).status).toBe(200);
  });

  test('every kind is tested', () => {
    expect([...Object.keys(expected), 'cut-connection', 'endless-body', 'malformed', 'slow'].sort()).toEqual(
      [...faultKinds].sort(),
    );
  });

  test.each(['cut-connection', 'malformed'] as const)('%s: a body that ends in its middle', async (kind) => {
    stage.dataverse.play({ kind });
    await expect(stage.get('leads')).rejects.toThrow();
    expect((await stage.get('leads')).status).toBe(200);
  });

  test('wait their turn, last their count and meet only their table or path', async () => {
    const { dataverse, get } = stage;
    dataverse.play({ kind: 'server-error', entity: 'contact', after: 1, count: 2 });
    dataverse.play({ kind: 'admin-mode', path: /WhoAmI/, count: Number.POSITIVE_INFINITY });
    const statuses: number[] = [];
    for (const path of ['leads', 'contacts', 'contacts', 'contacts', 'contacts', 'WhoAmI', 'WhoAmI']) {
      statuses.push((await get(path)).status);
    }
    expect(statuses).toEqual([200, 200, 500, 500, 200, 403, 403]);
    dataverse.clear();
    expect((await get('WhoAmI')).status).toBe(200);
    expect(dataverse.requests.map(({ status }) => status)).toEqual([...statuses, 200]);
  });

  test('a hook can change rows before an answer', async () => {
    const { dataverse, get } = stage;
    const id = String(dataverse.table('lead').all()[0]?.leadid);
    const off = dataverse.onRequest(() =>
      dataverse.update('lead', id, { firstname: '花子', lastname: '山田' }),
    );
    expect((await get(`leads(${id})?$select=fullname`)).body.fullname).toBe('山田 花子');
    off();
    const { versionnumber } = dataverse.table('lead').get(id) ?? {};
    await get('WhoAmI');
    expect(dataverse.table('lead').get(id)?.versionnumber).toBe(versionnumber);
  });
});

describe('limits', () => {
  afterEach(() => stage.close());

  test('a budget of requests is given back when its window has passed', async () => {
    let time = Date.parse('2026-11-02T00:00:00Z');
    stage = await setStage({ rows: 20, limits: { requests: 3, windowSeconds: 10 }, now: () => time });
    for (let i = 0; i < 3; i++) expect((await stage.get('WhoAmI')).status).toBe(200);
    const refused = await stage.get('WhoAmI');
    expect([refused.status, refused.body.error.code]).toEqual([429, '0x80072322']);
    expect(refused.headers['retry-after']).toBe('10');
    expect(refused.headers['x-ms-ratelimit-burst-remaining-xrm-requests']).toBe('0');
    for (let i = 0; i < 3; i++) await stage.get('WhoAmI');
    expect(Number((await stage.get('WhoAmI')).headers['retry-after'])).toBeGreaterThan(10);
    time += 10_001;
    expect((await stage.get('WhoAmI')).status).toBe(200);
  });

  test('a column that is made anew has another type in its metadata and rows, and no row has changed', async () => {
    stage = await setStage({ rows: 200 });
    const { dataverse } = stage;
    const select = 'leads?$select=jobtitle,industrycode';
    const link = String(
      (await stage.get(select, { prefer: 'odata.track-changes' })).body['@odata.deltaLink'],
    );
    const [lead] = dataverse.table('lead').all();
    dataverse.changeColumnType('lead', 'jobtitle', 'Integer');
    dataverse.changeColumnType('lead', 'industrycode', 'String', (value) => value && `Industry ${value}`);
    const typeOf = async (name: string) => {
      const path = `EntityDefinitions(LogicalName='lead')/Attributes?$select=LogicalName,AttributeTypeName`;
      const { value } = (await stage.get(path)).body;
      return value.find(({ LogicalName }) => LogicalName === name)?.AttributeTypeName;
    };
    expect(await typeOf('jobtitle')).toEqual({ Value: 'IntegerType' });
    expect(await typeOf('industrycode')).toEqual({ Value: 'StringType' });
    expect((await stage.get(link)).body.value).toEqual([]);
    dataverse.update('lead', String(lead?.leadid), { jobtitle: 7, industrycode: 'Wine' });
    expect((await stage.get(link)).body.value).toMatchObject([{ jobtitle: 7, industrycode: 'Wine' }]);
    const { rows } = await stage.readAll(select);
    expect(new Set(rows.map(({ jobtitle }) => typeof jobtitle))).toEqual(new Set(['object', 'number']));
  });

  test('too many at once are refused', async () => {
    stage = await setStage({ rows: 20, limits: { concurrent: 2 }, latencyMs: 1_000 });
    const replies = await Promise.all(Array.from({ length: 5 }, () => stage.get('WhoAmI')));
    const refused = replies.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(3);
    expect(refused[0]?.body.error.code).toBe('0x80072326');
  });
});

describe('the demo rows', () => {
  const dump = async (seed: number) => {
    const one = await setStage({ rows: 2000, seed });
    const rows = Object.fromEntries(
      ['account', 'contact', 'lead', 'opportunity', 'systemuser'].map((name) => [
        name,
        one.dataverse.table(name).all(),
      ]),
    );
    await one.close();
    return rows as Record<string, Row[]>;
  };

  test('follow from the seed, fit together and come in both scripts', async () => {
    const [first, again, other] = [await dump(1), await dump(1), await dump(2)];
    expect(again).toEqual(first);
    expect(other.lead?.[0]?.leadid).not.toBe(first.lead?.[0]?.leadid);
    const sizes = Object.values(first).map((rows) => rows.length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(2000);
    const accounts = new Set(first.account?.map(({ accountid }) => accountid));
    const contacts = new Set(first.contact?.map(({ contactid }) => contactid));
    const users = new Set(first.systemuser?.map(({ systemuserid }) => systemuserid));
    for (const row of first.contact ?? []) {
      if (row.parentcustomerid !== undefined) expect(accounts).toContain(row.parentcustomerid);
    }
    for (const row of first.opportunity ?? []) {
      expect(accounts.has(row.customerid) || contacts.has(row.customerid)).toBe(true);
      expect(users).toContain(row.ownerid);
    }
    const names = (first.contact ?? []).map(({ fullname }) => String(fullname));
    expect(names.some((name) => /[\u4e00-\u9fff]/.test(name))).toBe(true);
    expect(names.some((name) => /^[A-Z][a-z]+ [A-Z]/.test(name))).toBe(true);
    const addresses = (first.lead ?? []).flatMap(({ emailaddress1 }) => emailaddress1 ?? []);
    expect(addresses.every((address) => /^[a-z0-9.]+@[a-z0-9.-]+\.example$/.test(String(address)))).toBe(
      true,
    );
  });

  test('need a tenant with an app', async () => {
    const tenant = { ...createTenant(), apps: [] };
    const entra = {
      origin: 'https://x',
      tenants: [tenant],
      addResource: () => {},
      checkToken: () => ({ kind: 'invalid' as const }),
    };
    const starting = startDataverse({ tls: { key: '', cert: '' }, entra });
    await expect(starting).rejects.toThrow('tenant with an app');
  });
});
