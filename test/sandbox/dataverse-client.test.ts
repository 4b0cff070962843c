import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { DynamicsWebApi } from 'dynamics-web-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Row, Stage } from './dataverse-harness.ts';
import { CLIENT, setStage, TENANT } from './dataverse-harness.ts';

let stage: Stage;
let client: DynamicsWebApi;

beforeAll(async () => {
  // The client uses Node's own resolver and trust, hence plain localhost and the process's CAs.
  stage = await setStage({ host: 'localhost', rows: 300 });
  setDefaultCACertificates([...getCACertificates('default'), stage.tls.caPem]);
  const { entra, dataverse } = stage;
  client = new DynamicsWebApi({
    serverUrl: dataverse.origin,
    dataApi: { version: '9.2' },
    onTokenRefresh: async () =>
      entra.issueToken({ tenantId: TENANT, clientId: CLIENT, resource: dataverse.origin }),
  });
});
afterAll(() => stage.close());

test('dynamics-web-api pages through a table', async () => {
  const seen = new Set<string>();
  let link: string | undefined;
  let pages = 0;
  do {
    const page = await client.retrieveMultiple<Row>(
      {
        collection: 'contacts',
        select: ['fullname', '_ownerid_value'],
        maxPageSize: 50,
        includeAnnotations: '*',
      },
      link,
    );
    for (const row of page.value) seen.add(String(row.contactid));
    link = page.oDataNextLink;
    pages += 1;
  } while (link);
  expect(seen.size).toBe(stage.dataverse.table('contact').count());
  expect(pages).toBe(3);
});

test('dynamics-web-api follows changes and deletes', async () => {
  const { dataverse } = stage;
  const [first, second] = dataverse.table('lead').all();
  const start = await client.retrieveMultiple<Row>({
    collection: 'leads',
    select: ['subject'],
    trackChanges: true,
  });
  expect(start.value).toHaveLength(dataverse.table('lead').count());
  dataverse.update('lead', String(first?.leadid), { subject: '変更済み' });
  dataverse.delete('lead', String(second?.leadid));
  const delta = await client.retrieveMultiple<Row>(
    { collection: 'leads', select: ['subject'], trackChanges: true },
    start.oDataDeltaLink,
  );
  expect(delta.value).toMatchObject([
    { leadid: first?.leadid, subject: '変更済み' },
    { id: second?.leadid, reason: 'deleted' },
  ]);
  expect(delta.oDataDeltaLink).not.toBe(start.oDataDeltaLink);
});

test('dynamics-web-api retrieves one row, counts, and is told what does not exist', async () => {
  const [account] = stage.dataverse.table('account').all();
  const key = String(account?.accountid);
  const row = await client.retrieve<Row>({ collection: 'accounts', key, select: ['name'] });
  expect(row.name).toBe(account?.name);
  expect(await client.count({ collection: 'accounts' })).toBe(stage.dataverse.table('account').count());
  const unknown = client.retrieve({ collection: 'accounts', key: TENANT });
  await expect(unknown).rejects.toMatchObject({ status: 404, code: '0x80040217' });
});

test('dynamics-web-api reads metadata and calls functions', async () => {
  const entity = await client.retrieveEntity<Row>({
    key: "LogicalName='lead'",
    select: ['LogicalName', 'EntitySetName', 'ChangeTrackingEnabled'],
  });
  expect(entity).toMatchObject({ EntitySetName: 'leads', ChangeTrackingEnabled: true });
  const attributes = await client.retrieveAttributes<Row>({
    entityKey: "LogicalName='lead'",
    castType: 'Microsoft.Dynamics.CRM.BooleanAttributeMetadata',
    select: ['LogicalName'],
  });
  expect(attributes.value.map(({ LogicalName }) => LogicalName)).toContain('new_synctomkto');
  const who = (await client.callFunction('WhoAmI')) as Row;
  expect(who.OrganizationId).toBe(stage.dataverse.organization.id);
});
