import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createDynamics } from '../../src/dynamics/dynamics.ts';
import { AppError } from '../../src/lib/errors.ts';
import { createLogger } from '../../src/lib/log.ts';
import { allPassed, type Check, type CheckId } from '../../src/model/check.ts';
import type { Credentials } from '../../src/model/credentials.ts';
import type { CheckOptions } from '../../src/ports/dynamics.ts';
import { createCertificates } from '../../src/sandbox/certificates.ts';
import { createHandClock } from './hand-clock.ts';
import {
  definition,
  type Override,
  organizationId,
  organizationScript,
  root,
} from './scripted-organization.ts';
import {
  clientSecret,
  json,
  organizationHost,
  refuse,
  type ScriptedServer,
  startScriptedServer,
} from './scripted-server.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function open(override?: Override): Promise<ScriptedServer> {
  const server = await startScriptedServer(organizationScript(override));
  closing.push(server.close);
  return server;
}

async function check(credentials: Credentials, more: Partial<CheckOptions> = {}) {
  const lines: string[] = [];
  const log = createLogger({ level: 'debug', write: (line) => lines.push(line) });
  const progress: (readonly Check[])[] = [];
  const report = await createDynamics({ log, clock: createHandClock(), random: () => 1 }).check(credentials, {
    entities: ['lead', 'contact'],
    lockedTo: null,
    checkDestination: async () => {},
    onProgress: (checks) => progress.push(checks),
    signal: new AbortController().signal,
    ...more,
  });
  const everything = JSON.stringify([lines, report, progress]);
  expect(everything).not.toContain(clientSecret);
  expect(everything).not.toContain('token-1');
  return { ...report, progress, outcome: (id: CheckId) => report.checks.find((line) => line.id === id) };
}

/** Of what must be right: whatever else is found out fails nothing, and has tests of its own. */
const outcomes = (checks: readonly Check[]) =>
  checks
    .filter(({ id }) => !['secret-expiry', 'filter', 'marketo'].includes(id))
    .map(({ outcome }) => outcome);

test('good credentials pass every check, live', async () => {
  const server = await open();
  const asked: string[] = [];
  const checkDestination = async (id: string) => void asked.push(id);
  const { checks, organization, progress } = await check(server.credentials, { checkDestination });
  expect(outcomes(checks)).toEqual(Array.from({ length: 7 }, () => 'passed'));
  expect(allPassed(checks)).toBe(true);
  expect(organization).toEqual({
    id: organizationId,
    friendlyName: 'Contoso Sales',
    uniqueName: 'contoso',
    url: server.origin,
  });
  expect(asked).toEqual([organizationId]);
  expect(progress[0]?.some(({ outcome }) => outcome === 'running')).toBe(true);
  expect(progress.at(-1)).toEqual(checks);
  expect(progress.length).toBeGreaterThanOrEqual(14);
});

test('a user named DOMAIN\\user is known, and one whose columns cannot be read is not held against them', async () => {
  const server = await open();
  const domain = await check({ ...server.credentials, username: 'contoso\\SYNC' });
  expect(domain.outcome('user')).toEqual({ id: 'user', outcome: 'passed' });
  const closed = await open((url, response) => {
    if (url.includes('systemusers(')) refuse(response, 403, '0x80040220', 'missing prvReadUser privilege');
  });
  expect((await check(closed.credentials)).outcome('user')?.outcome).toBe('passed');
});

const entra: [name: string, number: number, code: string, secret?: string][] = [
  ['a wrong secret', 7000215, 'secret-wrong'],
  ["a secret's id", 7000215, 'secret-is-id', '33333333-3333-4333-8333-333333333333'],
  ['an expired secret', 7000222, 'secret-expired'],
  ['an unknown app', 700016, 'app-unknown'],
  ['a disabled app', 7000112, 'app-disabled'],
  ['an unknown tenant', 90002, 'tenant-unknown'],
  ['a malformed tenant', 900023, 'tenant-malformed'],
  ['another cloud', 90038, 'cloud-wrong'],
  ['an organization of another tenant', 500011, 'organization-not-in-tenant'],
  ['no consent', 65001, 'consent-missing'],
  ['conditional access', 53003, 'sign-in-blocked'],
  ['too many sign-ins', 90055, 'sign-in-throttled'],
  ['something else', 70011, 'sign-in-failed'],
];

test.each(entra)(
  'signing in with %s (%i) is told as %s',
  async (_name, number, code, secret = clientSecret) => {
    const server = await open((url, response) => {
      if (!url.includes('/oauth2/')) return;
      json(response, number === 90055 ? 429 : 401, {
        error: 'invalid_client',
        error_codes: [number],
        error_description: `AADSTS${number}: Trouble with ${secret}. Trace ID: …`,
        timestamp: '2026-11-23 04:05:06Z',
        trace_id: 'trace-1',
        correlation_id: 'correlation-1',
      });
    });
    const { checks, organization, outcome } = await check({
      ...server.credentials,
      proof: { kind: 'secret', secret },
    });
    expect(outcomes(checks)).toEqual([
      'passed',
      'failed',
      'skipped',
      'skipped',
      'skipped',
      'skipped',
      'skipped',
    ]);
    expect(organization).toBeNull();
    expect(outcome('sign-in')).toMatchObject({
      fault: { code, original: `AADSTS${number}`, requestId: 'trace-1', at: '2026-11-23T04:05:06.000Z' },
    });
  },
);

const dataverse: [name: string, code: string, fault: string][] = [
  ['no application user', '0x80072560', 'user-missing'],
  ['a disabled user', '0x80040225', 'user-disabled'],
  ['a disabled user, in capitals', '0x8004A112', 'user-disabled'],
  ['a user without a role', '0x80042F09', 'role-missing'],
  ['a blocked application', '0x80095ffc', 'application-blocked'],
  ['administration mode', '0x8004A113', 'administration-mode'],
  ['a disabled organization', '0x8004A104', 'organization-disabled'],
];

test.each(dataverse)('Dynamics refusing %s (%s) is told as %s', async (_name, code, fault) => {
  const server = await open((url, response) => {
    if (url.includes('WhoAmI')) refuse(response, 403, code, 'No.');
  });
  const { checks, outcome } = await check(server.credentials);
  expect(outcomes(checks)).toEqual([
    'passed',
    'passed',
    'failed',
    'skipped',
    'skipped',
    'skipped',
    'skipped',
  ]);
  expect(outcome('user')).toMatchObject({
    fault: { code: fault, original: code.toLowerCase(), requestId: 'req-1' },
  });
});

test('a user who is disabled, or another one than named, fails by that', async () => {
  const user = { fullname: '# Sync', internalemailaddress: 'other@contoso.com', domainname: null };
  const disabled = await open((url, response) => {
    if (url.includes('systemusers(')) json(response, 200, { ...user, isdisabled: true });
  });
  expect((await check(disabled.credentials)).outcome('user')).toMatchObject({
    fault: { code: 'user-disabled' },
  });
  const other = await open((url, response) => {
    if (url.includes('systemusers(')) json(response, 200, { ...user, isdisabled: false });
  });
  const { checks, outcome } = await check(other.credentials);
  expect(outcome('user')).toMatchObject({
    fault: {
      code: 'user-mismatch',
      details: { username: 'sync@contoso.com', expected: 'other@contoso.com' },
    },
  });
  expect(outcomes(checks).filter((line) => line === 'passed')).toHaveLength(6);
});

test('all missing privileges are named at once', async () => {
  const server = await open((url, response) => {
    if (url.includes('/leads?'))
      refuse(response, 403, '0x80040220', 'Principal user is missing prvReadLead privilege');
    if (url.includes('/contacts?'))
      refuse(response, 403, '0x80040231', 'PrivilegeName: prvReadContact, Depth: Global');
  });
  const { checks, outcome } = await check(server.credentials);
  expect(outcome('access')).toMatchObject({
    fault: {
      code: 'privilege-missing',
      details: { entities: 'lead, contact', privileges: 'prvReadLead, prvReadContact' },
      original: '0x80040220',
    },
  });
  expect(outcomes(checks).filter((line) => line === 'passed')).toHaveLength(6);
});

test('reading is tried as the sync will read, for the whole organization', async () => {
  const server = await startScriptedServer((request, response) => {
    const isTracked = request.headers.prefer?.includes('odata.track-changes');
    if (isTracked && request.url?.includes('/leads'))
      refuse(response, 403, '0x80040220', 'PrivilegeName: prvReadLead');
    else if (isTracked && request.url?.includes('/contacts')) refuse(response, 501, '0x80060888');
    else organizationScript()(request, response);
  });
  closing.push(server.close);
  expect((await check(server.credentials)).outcome('access')).toMatchObject({
    fault: { code: 'privilege-missing', details: { entities: 'lead', privileges: 'prvReadLead' } },
  });
});

test('an entity that does not exist is a remark; none that exists is a failure', async () => {
  const server = await open();
  const some = await check(server.credentials, { entities: ['lead', 'contact', 'boat'] });
  expect(some.outcome('access')).toMatchObject({
    outcome: 'warned',
    fault: { code: 'entity-unknown', details: { entities: 'boat' } },
  });
  expect(allPassed(some.checks)).toBe(true);
  const none = await open((url, response) => {
    if (url.includes('EntityDefinitions')) json(response, 200, { value: [] });
  });
  expect((await check(none.credentials)).outcome('access')).toMatchObject({
    outcome: 'failed',
    fault: { code: 'entity-unknown', details: { entities: 'lead, contact' } },
  });
});

test('change tracking that is off is a remark that names the entities', async () => {
  const server = await open((url, response) => {
    if (!url.includes('EntityDefinitions')) return;
    json(response, 200, {
      value: [definition('lead', { ChangeTrackingEnabled: false }), definition('contact')],
    });
  });
  expect((await check(server.credentials)).outcome('change-tracking')).toMatchObject({
    outcome: 'warned',
    fault: { code: 'change-tracking-off', details: { entities: 'lead' } },
  });
});

test('another organization than the locked one is refused, and named', async () => {
  const server = await open();
  const same = await check(server.credentials, { lockedTo: organizationId.toUpperCase() });
  expect(allPassed(same.checks)).toBe(true);
  const { checks, organization, outcome } = await check(server.credentials, { lockedTo: 'cccc' });
  expect(outcome('organization')).toMatchObject({
    fault: { code: 'organization-other', details: { organization: 'Contoso Sales', expected: 'cccc' } },
  });
  expect(organization?.id).toBe(organizationId);
  expect(outcome('destination')?.outcome).toBe('skipped');
  expect(allPassed(checks)).toBe(false);
});

test('an organization that does not name itself is called by its row, then by its host', async () => {
  const row = await open((url, response) => {
    if (url.includes('RetrieveCurrentOrganization')) refuse(response, 501, '0x80060888');
  });
  expect((await check(row.credentials)).organization?.friendlyName).toBe('contoso-row');
  const host = await open((url, response) => {
    if (/RetrieveCurrentOrganization|organizations/.test(url)) refuse(response, 403, '0x80040220');
  });
  expect((await check(host.credentials)).organization).toMatchObject({
    friendlyName: organizationHost,
    uniqueName: 'org',
  });
});

test('a destination that cannot be written fails its own check', async () => {
  const server = await open();
  const checkDestination = () =>
    Promise.reject(new AppError('destination-foreign', 'x', { recovery: 'ask-admin' }));
  const { outcome } = await check(server.credentials, { checkDestination });
  expect(outcome('destination')).toMatchObject({ fault: { code: 'destination-foreign' } });
});

const strangers: [name: string, override: Override, fault: string][] = [
  [
    'a web page',
    (_url, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
    'not-dynamics',
  ],
  ['nothing', (_url, response) => void response.writeHead(404).end(), 'not-dynamics'],
  [
    'a redirect',
    (_url, response) => void response.writeHead(302, { location: 'https://x.localhost/' }).end(),
    'not-dynamics',
  ],
  ['a broken gateway', (_url, response) => void response.writeHead(503).end('<html>'), 'server-failed'],
  [
    'a busy server',
    (_url, response) => refuse(response, 429, '0x80072322', '', { 'retry-after': '60' }),
    'throttled',
  ],
  ['a dropped connection', (_url, response) => void response.destroy(), 'connection-failed'],
];

test.each(strangers)('an address where %s answers fails', async (_name, answer, fault) => {
  const server = await open((url, response) => {
    if (url.startsWith(root)) answer(url, response);
  });
  const { checks } = await check(server.credentials);
  expect(outcomes(checks)).toEqual([
    'failed',
    'passed',
    'skipped',
    'skipped',
    'skipped',
    'skipped',
    'skipped',
  ]);
  expect(checks[0]).toMatchObject({ fault: { code: fault } });
});

test('hosts that do not exist or do not listen are told apart', async () => {
  const server = await open();
  const at = (origin: string) =>
    check({ ...server.credentials, address: { ...server.credentials.address, origin } });
  expect((await at('https://org.invalid')).outcome('url')).toMatchObject({
    fault: { code: 'host-unknown', details: { host: 'org.invalid' } },
  });
  expect((await at('https://org.localhost:1')).outcome('url')).toMatchObject({
    fault: { code: 'connection-failed' },
  });
});

test('a certificate nobody vouches for is refused', async () => {
  const server = await open();
  const strange = await createCertificates({ hosts: [organizationHost] });
  const other = createServer({ key: strange.key, cert: strange.cert });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => other.close(() => resolve())));
  const origin = `https://${organizationHost}:${(other.address() as AddressInfo).port}`;
  const { outcome } = await check({
    ...server.credentials,
    address: { ...server.credentials.address, origin },
  });
  expect(outcome('url')).toMatchObject({ fault: { code: 'tls-untrusted' } });
});

test('an address that the rules do not admit gets no request at all', async () => {
  const server = await open();
  const dynamics = createDynamics({
    log: createLogger({ level: 'error', write: () => {} }),
    clock: createHandClock(),
    rules: { allowedHosts: [] },
  });
  const { checks } = await dynamics.check(server.credentials, {
    entities: [],
    lockedTo: null,
    checkDestination: async () => {},
    onProgress: () => {},
    signal: new AbortController().signal,
  });
  expect(outcomes(checks).slice(0, 3)).toEqual(['failed', 'skipped', 'skipped']);
  expect(server.seen).toEqual([]);
  expect(() => dynamics.connect(server.credentials)).toThrow(AppError);
});

test('stopping the check ends it', async () => {
  let hanging = false;
  const server = await open((url, response) => {
    if (!url.includes('WhoAmI')) return;
    hanging = true;
    response.flushHeaders();
  });
  const stop = new AbortController();
  const running = expect(check(server.credentials, { signal: stop.signal })).rejects.toThrow('enough');
  await expect.poll(() => hanging).toBe(true);
  stop.abort(new Error('enough'));
  await running;
});
