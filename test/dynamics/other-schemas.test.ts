import { afterEach, expect, test } from 'vitest';
import { createDynamics } from '../../src/dynamics/dynamics.ts';
import { silentLogger } from '../../src/lib/log.ts';
import { standardEntities } from '../../src/model/entity.ts';
import type { Connection } from '../../src/ports/dynamics.ts';
import { createHandClock } from './hand-clock.ts';
import { leadAttributes, type Override, organizationScript, root } from './scripted-organization.ts';
import { json, refuse, type ScriptedServer, startScriptedServer } from './scripted-server.ts';

let server: ScriptedServer;
let connection: Connection;
const never = new AbortController().signal;

async function open(override: Override): Promise<void> {
  server = await startScriptedServer(organizationScript(override));
  const dynamics = createDynamics({ log: silentLogger, clock: createHandClock(), maxPageSize: 2 });
  connection = dynamics.connect(server.credentials);
}

afterEach(async () => {
  await connection.close();
  await server.close();
});

const attributes = "EntityDefinitions(LogicalName='lead')/Attributes";

test.each([
  ['refused', (response) => refuse(response, 501, '0x80060888')],
  ['empty', (response) => json(response, 200, { value: [] })],
] satisfies [string, (response: Parameters<Override>[1]) => void][])(
  'where the list of definitions is %s each is asked for, and named as everywhere',
  async (_name, answer) => {
    await open((url, response) => {
      if (url.includes('EntityDefinitions?')) answer(response);
      else if (/\/Attributes/.test(url)) json(response, 200, { value: [{ LogicalName: 'createdon' }] });
      else if (url.includes("LogicalName='boat'")) refuse(response, 404, '0x80060888');
      else if (url.includes('EntityDefinitions(')) {
        json(response, 200, { LogicalName: /='(\w+)'/.exec(url)?.[1] });
      }
    });
    const schemas = await connection.readSchemas([...standardEntities, 'boat'], never);
    const found = schemas.map(({ entitySetName, primaryId, primaryName }) => [
      entitySetName,
      primaryId,
      primaryName,
    ]);
    expect(found).toEqual([
      ['accounts', 'accountid', 'name'],
      ['contacts', 'contactid', 'fullname'],
      ['leads', 'leadid', 'fullname'],
      ['opportunities', 'opportunityid', 'name'],
      ['systemusers', 'systemuserid', 'fullname'],
    ]);
    expect(schemas.every(({ changeTracking }) => changeTracking)).toBe(true);
  },
);

test('definitions that are all refused are a refusal, not missing entities', async () => {
  await open((url, response) => {
    if (url.includes('EntityDefinitions')) refuse(response, 403, '0x80040220', 'missing prvReadEntity');
  });
  await expect(connection.readSchemas(['lead'], never)).rejects.toMatchObject({ code: 'privilege-missing' });
});

test.each([
  ['refused', (response) => refuse(response, 501, '0x80060888')],
  ['empty', (response) => json(response, 200, { value: [] })],
] satisfies [string, (response: Parameters<Override>[1]) => void][])(
  'where the list of attributes is %s the definition is expanded',
  async (_name, answer) => {
    await open((url, response) => {
      if (url.includes(attributes)) answer(response);
      if (url.endsWith("(LogicalName='lead')?$expand=Attributes")) {
        const closing = { LogicalName: 'closing', AttributeType: 'DateTime', Format: 'DateOnly' };
        json(response, 200, { LogicalName: 'lead', Attributes: [...leadAttributes, closing] });
      }
    });
    const [lead] = await connection.readSchemas(['lead'], never);
    expect(lead?.fields.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'leadid Uniqueidentifier',
      'lastname String',
      'ownerid Owner',
      'createdon DateTime',
      'estimatedclosedate DateTime',
      'hobbies MultiSelectPicklist',
      'bare Money',
      'closing DateOnly',
    ]);
  },
);

test('attributes that can be had in no way are a refusal', async () => {
  await open((url, response) => {
    if (/Attributes/.test(url)) refuse(response, 403, '0x80040220', 'missing prvReadAttribute');
  });
  await expect(connection.readSchemas(['lead'], never)).rejects.toMatchObject({ code: 'privilege-missing' });
});

test('an attribute is known by the kind of its metadata, and nothing is held against what is not said', async () => {
  await open((url, response) => {
    if (url.includes(`${attributes}?`)) {
      json(response, 200, {
        value: [
          { LogicalName: 'a', '@odata.type': '#Microsoft.Dynamics.CRM.StringAttributeMetadata' },
          { LogicalName: 'b', '@odata.type': '#Microsoft.Dynamics.CRM.UniqueIdentifierAttributeMetadata' },
          { LogicalName: 'c' },
          { LogicalName: 'd', AttributeType: 'Memo', IsValidForRead: null, DisplayName: 'odd' },
        ],
      });
    }
  });
  const [lead] = await connection.readSchemas(['lead'], never);
  expect(lead?.fields.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'leadid Uniqueidentifier',
    'a String',
    'b Uniqueidentifier',
    'd Memo',
  ]);
});

test('whether a date has a time goes by its behavior, and by its format where no behavior is told', async () => {
  await open((url, response) => {
    if (url.includes(`${attributes}/`)) {
      const dated = { Format: 'DateOnly', DateTimeBehavior: { Value: 'UserLocal' } };
      json(response, 200, {
        value: [
          { LogicalName: 'createdon', ...dated },
          { LogicalName: 'estimatedclosedate', Format: 'DateOnly' },
        ],
      });
    }
  });
  const [lead] = await connection.readSchemas(['lead'], never);
  const types = lead?.fields.filter(({ type }) => type.startsWith('Date')).map(({ type }) => type);
  expect(types).toEqual(['DateTime', 'DateOnly']);
});

/** Leads without any way to count them but to read them. */
function uncounted(pages: number): Override {
  return (url, response) => {
    if (/RetrieveTotalRecordCount|\/\$count/.test(url)) refuse(response, 501, '0x80060888');
    // An unknown query option is ignored.
    else if (url.includes('$apply=')) json(response, 200, { value: [{ leadid: '1' }] });
    else if (url.includes('/leads?')) {
      const page = Number(/skiptoken=(\d+)/.exec(url)?.[1] ?? 1);
      const next = `${root}/leads?$select=leadid&$skiptoken=${page + 1}`;
      const value = [{ leadid: `${page}-1` }, { leadid: `${page}-2` }];
      json(response, 200, { value, ...(page < pages ? { '@odata.nextLink': next } : {}) });
    }
  };
}

test.each([
  [3, 6],
  [20, 40],
  [21, null],
])('a table that can only be counted by reading it, in %i pages, has %s rows', async (pages, count) => {
  await open(uncounted(pages));
  const leads = [{ name: 'lead', entitySetName: 'leads', primaryId: 'leadid' }];
  expect(await connection.countRows(leads, never)).toEqual({ lead: count });
  expect(server.seen).toContain(`GET ${root}/leads?$select=leadid`);
});

test('a snapshot that leaves an entity out, or says zero, is not believed', async () => {
  await open((url, response) => {
    if (url.includes('RetrieveTotalRecordCount')) {
      json(response, 200, { EntityRecordCountCollection: { Keys: ['lead'], Values: [0] } });
    }
    if (url.includes('/$count')) response.writeHead(200, { 'content-type': 'text/plain' }).end('12');
  });
  const both = ['lead', 'contact'].map((name) => ({
    name,
    entitySetName: `${name}s`,
    primaryId: `${name}id`,
  }));
  expect(await connection.countRows(both, never)).toEqual({ lead: 12, contact: 12 });
});

test('groups without numbers are no groups: the rows are read', async () => {
  await open((url, response) => {
    if (/leads\?\$(apply|select)=/.test(url)) {
      json(response, 200, { value: [{ leadid: '1', new_synctomkto: false }, { leadid: '2' }] });
    }
  });
  const [lead] = await connection.readSchemas(['lead'], never);
  if (!lead) throw new Error('no lead');
  expect(await connection.countFilter(lead, never)).toEqual({ yes: 0, empty: 1, no: 1 });
});
