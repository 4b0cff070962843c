import { afterEach, expect, test } from 'vitest';
import { createDynamics } from '../../src/dynamics/dynamics.ts';
import { silentLogger } from '../../src/lib/log.ts';
import { allPassed, type CheckId } from '../../src/model/check.ts';
import { createHandClock } from './hand-clock.ts';
import {
  definition,
  type Override,
  organizationId,
  organizationScript,
  root,
} from './scripted-organization.ts';
import {
  json,
  organizationHost,
  refuse,
  type ScriptedServer,
  startScriptedServer,
} from './scripted-server.ts';

/** Servers that answer otherwise than the sandbox: gateways, older and thinner ones. */

let server: ScriptedServer;
afterEach(() => server.close());

async function check(override: Override, entities: readonly string[] = ['lead', 'contact']) {
  server = await startScriptedServer(organizationScript(override));
  const dynamics = createDynamics({ log: silentLogger, clock: createHandClock(), random: () => 1 });
  const report = await dynamics.check(server.credentials, {
    entities,
    lockedTo: null,
    checkDestination: async () => {},
    onProgress: () => {},
    signal: new AbortController().signal,
  });
  return { ...report, line: (id: CheckId) => report.checks.find((entry) => entry.id === id) };
}

type Answer = (response: Parameters<Override>[1]) => void;
const page: Answer = (response) =>
  void response.writeHead(404, { 'content-type': 'text/html' }).end('<html>Not here</html>');
const isBare = (url: string) => url === `${root}/`;
const wrongSecret: Answer = (response) => json(response, 401, { error_codes: [7000215] });

const bareAnswers: [name: string, answer: Answer][] = [
  ['401 without a challenge', (response) => void response.writeHead(401).end()],
  ['404 with a page', page],
  ['404 with nothing', (response) => void response.writeHead(404).end()],
  ['403 with text', (response) => void response.writeHead(403, { 'content-type': 'text/plain' }).end('no')],
  ['400 in JSON', (response) => json(response, 400, { title: 'Bad Request' })],
];

test.each(bareAnswers)('a bare root that answers %s is no failure by itself', async (_name, answer) => {
  const { checks } = await check((url, response) => {
    if (isBare(url)) answer(response);
  });
  expect(checks.filter(({ outcome }) => !['passed', 'unread'].includes(outcome))).toEqual([]);
});

test('where the bare root says nothing, a refusal of WhoAmI with its reason is an answer', async () => {
  const { line } = await check((url, response) => {
    if (isBare(url)) page(response);
    if (url.endsWith('/WhoAmI')) refuse(response, 403, '0x80072560');
  });
  expect(line('url')?.outcome).toBe('passed');
  expect(line('user')).toMatchObject({ outcome: 'failed', fault: { code: 'user-missing' } });
});

test.each([
  ['a page', (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')],
  ['404', page],
  ['404 in JSON', (response) => json(response, 404, {})],
  ['something else in JSON', (response) => json(response, 200, { hello: 'world' })],
] satisfies [string, Answer][])(
  'where WhoAmI answers with %s too, it is not Dynamics',
  async (_name, answer) => {
    const { line } = await check((url, response) => {
      if (isBare(url)) page(response);
      if (url.endsWith('/WhoAmI')) answer(response);
    });
    expect(line('url')).toMatchObject({ outcome: 'failed', fault: { code: 'not-dynamics' } });
    expect(line('sign-in')?.outcome).toBe('passed');
  },
);

test('where the sign-in fails, WhoAmI is asked without it', async () => {
  const { line } = await check((url, response) => {
    if (url.includes('/oauth2/')) wrongSecret(response);
    if (isBare(url)) page(response);
  });
  expect(line('url')?.outcome).toBe('passed');
  expect(line('sign-in')).toMatchObject({ fault: { code: 'secret-wrong' } });
});

test('what cannot be told without the sign-in is left open, unless Entra ID does not know it either', async () => {
  const closed: Override = (url, response) => {
    if (url.includes('/oauth2/')) wrongSecret(response);
    else page(response);
  };
  const open = await check(closed);
  expect(open.line('url')?.outcome).toBe('skipped');
  expect(open.line('sign-in')?.outcome).toBe('failed');
  await server.close();
  const stranger = await check((url, response) => {
    if (url.includes('/oauth2/')) json(response, 400, { error_codes: [500011] });
    else page(response);
  });
  expect(stranger.line('url')).toMatchObject({ fault: { code: 'not-dynamics' } });
  expect(stranger.line('sign-in')?.outcome).toBe('skipped');
});

test.each([
  ['missing', {}],
  ['empty', { error_codes: [] }],
])('where error_codes is %s the code is taken from the description', async (_name, more) => {
  const { line } = await check((url, response) => {
    if (!url.includes('/oauth2/')) return;
    const error_description = 'AADSTS7000222: The provided client secret keys are expired.';
    json(response, 401, { error: 'invalid_client', error_description, ...more });
  });
  expect(line('sign-in')).toMatchObject({ fault: { code: 'secret-expired', original: 'AADSTS7000222' } });
});

test.each([
  ['without a code', (response) => void response.writeHead(404).end()],
  ['of a segment', (response) => refuse(response, 404, '0x80060888', "segment 'contacts'")],
  ['of an object', (response) => refuse(response, 404, '0x80040217')],
] satisfies [string, Answer][])(
  'a set that is not served, 404 %s, is an entity that is missing',
  async (_name, answer) => {
    const some = await check((url, response) => {
      if (url.includes('/contacts?')) answer(response);
    });
    expect(some.line('access')).toMatchObject({
      outcome: 'warned',
      fault: { code: 'entity-unknown', details: { entities: 'contact' } },
    });
    expect(allPassed(some.checks)).toBe(true);
    await server.close();
    const none = await check((url, response) => {
      if (/\/(leads|contacts)\?/.test(url)) answer(response);
    });
    expect(none.line('access')).toMatchObject({
      outcome: 'failed',
      fault: { code: 'entity-unknown', details: { entities: 'lead, contact' } },
    });
  },
);

test('a missing privilege is told before a missing entity', async () => {
  const { line } = await check((url, response) => {
    if (url.includes('/contacts?')) refuse(response, 404, '0x80060888');
    if (url.includes('/leads?')) refuse(response, 403, '0x80040220', 'is missing prvReadLead privilege');
  });
  expect(line('access')).toMatchObject({
    fault: { code: 'privilege-missing', details: { entities: 'lead' } },
  });
});

test.each([
  ['404', (response) => refuse(response, 404, '0x80040217')],
  ['404 without a body', (response) => void response.writeHead(404).end()],
  ['501', (response) => refuse(response, 501, '0x80060888')],
  ['403', (response) => refuse(response, 403, '0x80040220', 'is missing prvReadUser privilege')],
] satisfies [string, Answer][])(
  'a user whose row answers %s is the one WhoAmI has named',
  async (_name, answer) => {
    const { line } = await check((url, response) => {
      if (url.includes('systemusers(')) answer(response);
    });
    expect(line('user')).toEqual({ id: 'user', outcome: 'passed' });
  },
);

test('a user row refused because there is no such user is a failure', async () => {
  const { line } = await check((url, response) => {
    if (url.includes('systemusers(')) refuse(response, 403, '0x80072560');
  });
  expect(line('user')).toMatchObject({ fault: { code: 'user-missing' } });
});

test('an organization is named by itself, by its row, or by its host', async () => {
  await check(() => {});
  const target = "RetrieveCurrentOrganization(AccessType=Microsoft.Dynamics.CRM.EndpointAccessType'Default')";
  expect(server.seen).toContain(`GET ${root}/${target}`);
  await server.close();
  const row = await check((url, response) => {
    if (url.includes('RetrieveCurrentOrganization')) json(response, 200, { Detail: { UniqueName: '' } });
  });
  expect(server.seen).toContain(`GET ${root}/organizations?$select=name,organizationid`);
  expect(row.organization).toMatchObject({ id: organizationId, friendlyName: 'contoso-row' });
  await server.close();
  const bare = await check((url, response) => {
    if (/RetrieveCurrentOrganization|organizations/.test(url)) page(response);
  });
  expect(bare.organization).toMatchObject({ friendlyName: organizationHost, uniqueName: 'org' });
  await server.close();
  // It stands in one sentence with the address, which it must not turn round.
  const turned = await check((url, response) => {
    const Detail = { FriendlyName: 'شركة\n\u202eosotnoC\u202c', UniqueName: 'contoso' };
    if (url.includes('RetrieveCurrentOrganization')) json(response, 200, { Detail });
  });
  expect(turned.organization).toMatchObject({ friendlyName: 'شركة osotnoC' });
});

test('definitions that say little are tried, not given up', async () => {
  const { checks } = await check(
    (url, response) => {
      if (url.includes('EntityDefinitions')) json(response, 200, { value: [{ LogicalName: 'lead' }] });
    },
    ['lead'],
  );
  expect(allPassed(checks)).toBe(true);
  expect(server.seen).toContain(`GET ${root}/leads?$select=leadid`);
  await server.close();
  const off = await check(
    (url, response) => {
      if (!url.includes('EntityDefinitions')) return;
      json(response, 200, { value: [definition('lead', { ChangeTrackingEnabled: false })] });
    },
    ['lead'],
  );
  expect(off.line('change-tracking')).toMatchObject({ fault: { code: 'change-tracking-off' } });
});

const privilegesOf = (lead: string | null): Override => {
  const names = ['prvReadContact', ...(lead ? ['prvReadLead'] : [])];
  const RolePrivileges = names.map((PrivilegeName) => ({
    PrivilegeName,
    Depth: PrivilegeName === 'prvReadLead' ? lead : 'Global',
  }));
  return (url, response) => {
    if (url.includes('RetrieveUserPrivileges')) json(response, 200, { RolePrivileges });
  };
};

test.each([null, 'Basic'])('where a tracked read works, a role that says %s is a remark', async (depth) => {
  const { line, checks } = await check(privilegesOf(depth));
  expect(line('access')).toMatchObject({
    outcome: 'warned',
    fault: { code: 'privilege-unclear', details: { entities: 'lead', privilege: 'prvReadLead' } },
  });
  expect(allPassed(checks)).toBe(true);
});

test.each([null, 'Basic'])('where it cannot be tried, a role that says %s is a failure', async (depth) => {
  const { line } = await check((url, response) => {
    privilegesOf(depth)(url, response);
    if (response.headersSent || !url.includes('EntityDefinitions?')) return;
    const [contact, lead] = [definition('contact'), definition('lead', { ChangeTrackingEnabled: false })];
    json(response, 200, { value: [contact, lead] });
  });
  expect(line('access')).toMatchObject({
    outcome: 'failed',
    fault: { code: 'privilege-missing', details: { entities: 'lead', privilege: 'prvReadLead' } },
  });
});

test('roles that say nothing are no failure', async () => {
  const { line } = await check((url, response) => {
    if (url.includes('RetrieveUserPrivileges')) json(response, 200, { RolePrivileges: [] });
  });
  expect(line('access')).toEqual({ id: 'access', outcome: 'passed' });
});
