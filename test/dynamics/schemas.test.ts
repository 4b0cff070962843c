import { afterEach, expect, test } from 'vitest';
import { createDynamics } from '../../src/dynamics/dynamics.ts';
import { silentLogger } from '../../src/lib/log.ts';
import type { Connection } from '../../src/ports/dynamics.ts';
import { createHandClock } from './hand-clock.ts';
import { type Override, organizationScript } from './scripted-organization.ts';
import { json, refuse, type ScriptedServer, startScriptedServer } from './scripted-server.ts';

let server: ScriptedServer;
let connection: Connection;
const never = new AbortController().signal;

async function open(override?: Override): Promise<void> {
  server = await startScriptedServer(organizationScript(override));
  const dynamics = createDynamics({ log: silentLogger, clock: createHandClock(), maxPageSize: 2 });
  connection = dynamics.connect(server.credentials);
}

afterEach(async () => {
  await connection.close();
  await server.close();
});

const text =
  (body: string): Override =>
  (_url, response) =>
    void response.writeHead(200, { 'content-type': 'text/plain' }).end(body);

test('a schema has the fields that can be read and stored, with both languages', async () => {
  await open();
  const schemas = await connection.readSchemas(['boat', 'lead'], never);
  expect(schemas).toEqual([
    {
      name: 'lead',
      entitySetName: 'leads',
      primaryId: 'leadid',
      primaryName: 'fullname',
      changeTracking: true,
      label: { en: 'Lead', ja: '潜在顧客' },
      fields: [
        { name: 'leadid', type: 'Uniqueidentifier', label: { en: 'leadid' } },
        { name: 'lastname', type: 'String', label: { en: 'Last Name', ja: '姓' } },
        { name: 'ownerid', type: 'Owner', label: { en: 'ownerid' } },
        { name: 'createdon', type: 'DateTime', label: { en: 'createdon' } },
        { name: 'estimatedclosedate', type: 'DateOnly', label: { en: 'estimatedclosedate' } },
        { name: 'hobbies', type: 'MultiSelectPicklist', label: { en: 'hobbies' } },
        { name: 'bare', type: 'Money', label: { en: '' } },
      ],
    },
  ]);
});

test('without the details of dates they are dates with time', async () => {
  await open((url, response) => {
    if (url.includes('DateTimeAttributeMetadata')) refuse(response, 501, '0x80060888');
  });
  const [lead] = await connection.readSchemas(['lead'], never);
  expect(lead?.fields.find(({ name }) => name === 'estimatedclosedate')?.type).toBe('DateTime');
});

const counted = [
  { name: 'lead', entitySetName: 'leads', primaryId: 'leadid' },
  { name: 'contact', entitySetName: 'contacts', primaryId: 'contactid' },
];

test('rows are counted in one request, and a zero is looked into', async () => {
  await open((url, response) => {
    if (url.includes('RetrieveTotalRecordCount')) {
      expect(url).toContain('["lead","contact"]');
      json(response, 200, {
        EntityRecordCountCollection: { Count: 2, Keys: ['lead', 'contact'], Values: [12_345, 0] },
      });
    }
    if (url.includes('contacts/$count')) text('\ufeff7')(url, response);
  });
  expect(await connection.countRows(counted, never)).toEqual({ lead: 12_345, contact: 7 });
});

test('where the total is refused each entity is counted, as far as it can be', async () => {
  await open((url, response) => {
    if (url.includes('RetrieveTotalRecordCount')) refuse(response, 400, '0x80040203');
    if (url.includes('/$count')) text('5000')(url, response);
    if (url.includes('leads?$apply=')) json(response, 200, { value: [{ n: 7001 }] });
    if (/contacts\?\$(apply|select)=/.test(url)) refuse(response, 400, '0x8004e023');
  });
  expect(await connection.countRows(counted, never)).toEqual({ lead: 7001, contact: null });
});

test('the filter is counted by groups, or by a walk where that is refused', async () => {
  let isRefused = false;
  await open((url, response) => {
    if (url.includes('$apply=')) {
      const value = [{ new_synctomkto: true, n: 3 }, { new_synctomkto: false, n: '2' }, { n: 4 }];
      if (isRefused) refuse(response, 400, '0x8004e023');
      else json(response, 200, { value });
    } else if (url.includes('leads?$select=leadid,new_synctomkto')) {
      const value = [true, null, false, null].map((new_synctomkto, n) => ({
        leadid: `${n}`,
        new_synctomkto,
      }));
      json(response, 200, { value });
    }
  });
  const [lead] = await connection.readSchemas(['lead'], never);
  if (!lead) throw new Error('no lead');
  expect(await connection.countFilter(lead, never)).toEqual({ yes: 3, empty: 4, no: 2 });
  isRefused = true;
  expect(await connection.countFilter(lead, never)).toEqual({ yes: 1, empty: 2, no: 1 });
});
