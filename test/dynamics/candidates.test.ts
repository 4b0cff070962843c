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

async function open(override: Override): Promise<void> {
  server = await startScriptedServer(organizationScript(override));
  const dynamics = createDynamics({ log: silentLogger, clock: createHandClock(), maxPageSize: 2 });
  connection = dynamics.connect(server.credentials);
}

afterEach(async () => {
  await connection.close();
  await server.close();
});

const table = (LogicalName: string, referenced: string[] | null, more: object = {}) => ({
  LogicalName,
  EntitySetName: `${LogicalName}s`,
  ManyToOneRelationships: referenced?.map((ReferencedEntity) => ({ ReferencedEntity })),
  ...more,
});

test('offered is what is linked, can be reached and may be read', async () => {
  await open((url, response) => {
    if (url.includes('IsCustomEntity')) {
      const value = [
        table('new_visit', ['systemuser', 'contact', 'lead', 'contact'], { ChangeTrackingEnabled: false }),
        table('new_color', ['systemuser']),
        table('new_link', ['contact'], { IsIntersect: true }),
        table('new_inner', ['contact'], { IsPrivate: true }),
        table('new_unreached', ['contact'], { EntitySetName: '' }),
        table('new_untold', null),
        table('new_locked', ['account']),
        table('new_award', ['account']),
      ];
      return json(response, 200, { value });
    }
    if (url.includes('Privileges&') || url.includes('LogicalName,Privileges')) {
      const value = ['new_visit', 'new_locked', 'new_award'].map((LogicalName) => ({
        LogicalName,
        Privileges: [{ Name: `prvRead${LogicalName}`, PrivilegeType: 'Read' }],
      }));
      return json(response, 200, { value });
    }
    if (url.includes('RetrieveUserPrivileges')) {
      const RolePrivileges = ['new_visit', 'new_award'].map((name) => ({
        PrivilegeName: `prvRead${name}`,
        Depth: 'Global',
      }));
      return json(response, 200, { RolePrivileges });
    }
  });
  const found = await connection.findEntities(never);
  expect(found).toMatchObject([
    { name: 'new_award', linkedTo: ['account'], changeTracking: true },
    { name: 'new_visit', linkedTo: ['lead', 'contact'], changeTracking: false },
  ]);
  expect(found).toHaveLength(2);
});

test('nothing is offered where Dynamics does not describe it', async () => {
  await open((url, response) => {
    if (url.includes('IsCustomEntity')) refuse(response, 501, '0x80060888');
  });
  expect(await connection.findEntities(never)).toEqual([]);
});

test('where nobody says who may read what, all are offered', async () => {
  await open((url, response) => {
    if (url.includes('IsCustomEntity')) json(response, 200, { value: [table('new_visit', ['lead'])] });
    else if (/Privileges/.test(url)) refuse(response, 403, '0x80040220');
  });
  expect((await connection.findEntities(never)).map(({ name }) => name)).toEqual(['new_visit']);
});
