import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { createDynamics } from '../../src/dynamics/dynamics.ts';
import { silentLogger } from '../../src/lib/log.ts';
import { allPassed, type Check, type CheckId } from '../../src/model/check.ts';
import type { Credentials } from '../../src/model/credentials.ts';
import { standardEntities } from '../../src/model/entity.ts';
import {
  type Certificates,
  createCertificates,
  createSignInCertificate,
} from '../../src/sandbox/certificates.ts';
import type { DataverseOptions } from '../../src/sandbox/dataverse/options.ts';
import { type Dataverse, startDataverse } from '../../src/sandbox/dataverse/server.ts';
import type { EntraApp } from '../../src/sandbox/entra/directory.ts';
import { type Entra, startEntra } from '../../src/sandbox/entra/server.ts';
import { createHandClock } from './hand-clock.ts';

/** What the checklist finds out besides what must be right. */

const day = 86_400_000;
const secret = 'Q8~a-secret-value';
const clientId = '22222222-2222-4222-8222-222222222222';
const tenantId = '11111111-1111-4111-8111-111111111111';
const hosts = ['contoso.crm7.dynamics.localhost', 'login.microsoftonline.localhost'];

let tls: Certificates;
beforeAll(async () => {
  tls = await createCertificates({ hosts });
  setDefaultCACertificates([...getCACertificates('default'), tls.caPem]);
});

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

interface Place {
  entra: Entra;
  dataverse: Dataverse;
  app: EntraApp;
  check(options?: { graph?: string | null; proof?: Credentials['proof'] }): Promise<Lines>;
}

interface Lines {
  checks: readonly Check[];
  expiry: unknown;
  line(id: CheckId): Check | undefined;
}

async function open(options: Partial<DataverseOptions> = {}, more: Partial<EntraApp> = {}): Promise<Place> {
  const app: EntraApp = {
    clientId,
    name: 'Sync',
    secrets: [{ id: 'i', value: secret }],
    mayReadItself: true,
    ...more,
  };
  const entra = await startEntra({
    tls,
    tenants: [{ id: tenantId, domain: 'contoso.example', apps: [app] }],
  });
  const dataverse = await startDataverse({ tls, entra, rows: 100, ...options });
  closing.push(dataverse.close, entra.close);
  const credentials: Credentials = {
    address: { origin: dataverse.origin, authority: entra.origin },
    tenantId,
    clientId,
    proof: { kind: 'secret', secret },
    username: dataverse.applicationUser.email,
  };
  return {
    entra,
    dataverse,
    app,
    async check({ graph = entra.origin, proof = credentials.proof } = {}) {
      const dynamics = createDynamics({
        log: silentLogger,
        clock: createHandClock(),
        random: () => 1,
        graph,
      });
      const report = await dynamics.check(
        { ...credentials, proof },
        {
          entities: standardEntities,
          lockedTo: null,
          checkDestination: async () => {},
          onProgress: () => {},
          signal: new AbortController().signal,
        },
      );
      const { checks, expiry } = report;
      return { checks, expiry, line: (id) => checks.find((one) => one.id === id) };
    },
  };
}

test('all ten lines of a good organization, in less than three seconds', async () => {
  const { check, dataverse } = await open({ marketo: 'application' });
  const started = performance.now();
  const { checks, line } = await check();
  expect(performance.now() - started).toBeLessThan(3_000);
  expect(checks.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 10 }, () => 'passed'));
  expect(line('filter')).toMatchObject({
    note: { kind: 'filter', present: ['contact', 'lead'], absent: ['account', 'opportunity'] },
  });
  expect(line('marketo')).toMatchObject({ note: { kind: 'installed', version: '5.0.2.1' } });
  expect(line('secret-expiry')).toMatchObject({ note: { kind: 'expires', holds: 'secret' } });
  // A slow organization is a hundred milliseconds away.
  dataverse.setLatency(150);
  const again = performance.now();
  expect(allPassed((await check()).checks)).toBe(true);
  expect(performance.now() - again).toBeLessThan(3_000);
});

test('the end of the secret is told from the right one of several, and remarked on when it is near', async () => {
  const near = Date.now() + 12 * day + 1_000_000;
  const { check, app } = await open({}, { secrets: [{ id: 'a', value: secret, expiresAt: near }] });
  app.secrets.push({ id: 'b', value: 'Z9~another', expiresAt: Date.now() - day });
  const { line, checks, expiry } = await check();
  expect(line('secret-expiry')).toMatchObject({
    outcome: 'warned',
    fault: { code: 'secret-expiring', details: { holds: 'secret', days: '12' } },
  });
  expect(expiry).toEqual({ holds: 'secret', at: new Date(near).toISOString() });
  expect(allPassed(checks)).toBe(true);
});

test('of two secrets that begin alike the one that ends first counts', async () => {
  const [first, second] = [Date.now() + 90 * day, Date.now() + 300 * day];
  const { check, app } = await open({}, { secrets: [{ id: 'a', value: secret, expiresAt: second }] });
  app.secrets.push({ id: 'b', value: 'Q8~twin', expiresAt: first });
  expect((await check()).expiry).toEqual({ holds: 'secret', at: new Date(first).toISOString() });
});

test('where Graph says no, is not known, or answers nonsense, that is said and fails nothing', async () => {
  const { check, entra } = await open({}, { mayReadItself: false });
  const unread = (reason: string) => ({ outcome: 'unread', note: { kind: 'expiry-unknown', reason } });
  expect((await check()).line('secret-expiry')).toMatchObject(unread('not-permitted'));
  const asked = entra.requests.length;
  expect((await check({ graph: null })).line('secret-expiry')).toMatchObject(unread('not-asked'));
  expect(entra.requests.length).toBe(asked + 1);
  const nowhere = await check({ graph: 'https://graph.localhost:1' });
  expect(nowhere.line('secret-expiry')).toMatchObject({ outcome: 'unread', note: { kind: 'not-readable' } });
  expect(allPassed(nowhere.checks)).toBe(true);
});

test('a certificate says itself when it ends', async () => {
  const { key, cert } = await createSignInCertificate(20);
  const { check } = await open({}, { secrets: [], certificates: [cert], mayReadItself: false });
  const { line, checks } = await check({ proof: { kind: 'certificate', pem: `${key}${cert}` } });
  expect(line('secret-expiry')).toMatchObject({
    fault: { code: 'secret-expiring', details: { holds: 'certificate', days: '19' } },
  });
  expect(allPassed(checks)).toBe(true);
});

test.each([
  [undefined, { outcome: 'passed', note: { kind: 'not-installed' } }],
  ['application', { outcome: 'passed', note: { kind: 'installed' } }],
  ['other', { outcome: 'warned', fault: { code: 'marketo-user-other' } }],
  ['nobody', { outcome: 'warned', fault: { code: 'marketo-user-unset' } }],
] as const)('the Marketo solution, set to %s', async (marketo, expected) => {
  const { check } = await open(marketo ? { marketo } : {});
  expect((await check()).line('marketo')).toMatchObject(expected);
});

test('what a user may not see of it fails nothing', async () => {
  const { check, dataverse } = await open({ marketo: 'application' });
  for (const path of ['solutioncomponents', 'solutions?', 'Attributes?$select=LogicalName,AttributeType&']) {
    dataverse.play({ kind: 'access-denied', path, count: Number.POSITIVE_INFINITY });
    dataverse.play({ kind: 'server-error', path: 'RetrieveUserPrivileges', count: 2 });
    const { checks, line } = await check();
    expect(allPassed(checks)).toBe(true);
    const id = path.startsWith('solution') ? 'marketo' : 'filter';
    expect(line(id)).toEqual({ id, outcome: 'unread', note: { kind: 'not-readable' } });
    dataverse.clear();
  }
});

test('an organization without the filter column', async () => {
  const { check } = await open({ filterColumn: false });
  expect((await check()).line('filter')).toMatchObject({
    outcome: 'passed',
    note: { present: [], absent: ['account', 'contact', 'lead', 'opportunity'] },
  });
});

test('privileges are named as the tables themselves name them, all at once', async () => {
  const { check, dataverse } = await open();
  dataverse.setReadPrivilege('systemuser', undefined);
  dataverse.setReadPrivilege('lead', undefined);
  dataverse.setReadPrivilege('contact', 'Basic');
  const { line } = await check();
  const fault = line('access');
  expect(fault).toMatchObject({
    outcome: 'failed',
    fault: {
      code: 'privilege-missing',
      details: { entities: 'contact, lead, systemuser' },
    },
  });
  const details = fault && 'fault' in fault ? fault.fault.details : {};
  expect(details.privileges?.split(', ').sort()).toEqual(['prvReadContact', 'prvReadLead', 'prvReadUser']);
  expect(details.partial).toBeUndefined();
});

test('what may be read only in part is told as that', async () => {
  const { check, dataverse } = await open({ untracked: ['account'] });
  // Nothing but its role shows it: without change tracking an ordinary read works.
  dataverse.setReadPrivilege('account', 'Deep');
  expect((await check()).line('access')).toMatchObject({
    outcome: 'failed',
    fault: {
      code: 'privilege-missing',
      details: { entities: 'account', privilege: 'prvReadAccount', partial: 'yes' },
    },
  });
});
