import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openSqlite } from '../../src/destinations/sqlite.ts';
import { createDynamics } from '../../src/dynamics/dynamics.ts';
import { silentLogger } from '../../src/lib/log.ts';
import { planEntity } from '../../src/model/selection.ts';
import type { Destination } from '../../src/ports/destination.ts';
import type { Connection } from '../../src/ports/dynamics.ts';
import type { SyncEvent } from '../../src/ports/sync-runner.ts';
import { createCertificates } from '../../src/sandbox/certificates.ts';
import type { Fault } from '../../src/sandbox/dataverse/faults.ts';
import { type Dataverse, startDataverse } from '../../src/sandbox/dataverse/server.ts';
import { type Entra, startEntra } from '../../src/sandbox/entra/server.ts';
import { createEngine } from '../../src/sync/engine.ts';
import { createHandClock, type HandClock } from '../dynamics/hand-clock.ts';

/** One app, its secret, and the organization it reads from. */
const tenant = {
  id: '11111111-1111-4111-8111-111111111111',
  domain: 'contoso.example',
  apps: [
    {
      clientId: '22222222-2222-4222-8222-222222222222',
      name: 'Sync',
      secrets: [{ id: '33333333-3333-4333-8333-333333333333', value: 'Q8~sandboxsecret' }],
    },
  ],
};
const fields = ['lastname', 'subject', 'description', 'revenue', 'createdon', 'ownerid'];
const entities = ['lead', 'account'];
const pageSize = 10;

let entra: Entra;
let dataverse: Dataverse;
let connection: Connection;
let destination: Destination;
let clock: HandClock;
let folder: string;

beforeAll(async () => {
  const hosts = ['contoso.crm7.dynamics.localhost', 'login.microsoftonline.localhost'];
  const tls = await createCertificates({ hosts });
  setDefaultCACertificates([...getCACertificates('default'), tls.caPem]);
  entra = await startEntra({ tls, tenants: [tenant] });
  dataverse = await startDataverse({ tls, entra, rows: 1_000 });
});
afterAll(async () => {
  await dataverse.close();
  await entra.close();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'faults-'));
  clock = createHandClock();
  openDestination();
  const dynamics = createDynamics({
    log: silentLogger,
    clock,
    // 300 leads: many pages, so that there is a middle also in the ranges that they are read in.
    maxPageSize: pageSize,
    limits: { bodyMs: 200, headersMs: 5_000 },
  });
  connection = dynamics.connect({
    address: { origin: dataverse.origin, authority: entra.origin },
    tenantId: tenant.id,
    clientId: tenant.apps[0]?.clientId ?? '',
    proof: { kind: 'secret', secret: 'Q8~sandboxsecret' },
    username: dataverse.applicationUser.email,
  });
});
afterEach(async () => {
  dataverse.clear();
  await connection.close();
  rmSync(folder, { recursive: true });
});

function openDestination(maxPages?: number): void {
  destination = openSqlite({
    path: join(folder, 'marketing.db'),
    busyMilliseconds: 1,
    ...(maxPages ? { maxPages } : {}),
  });
}

/** Copies until the first pass is complete, or something ends it. */
function copy(onEvent: (event: SyncEvent) => 'stop' | undefined = () => undefined): Promise<SyncEvent[]> {
  return follow((event) => (event.kind === 'initial-completed' ? 'stop' : onEvent(event)));
}

/** Copies, and follows the changes until it is told to stop; every wait of the sync ends at once. */
async function follow(onEvent: (event: SyncEvent) => 'stop' | undefined): Promise<SyncEvent[]> {
  const events: SyncEvent[] = [];
  const stop = new AbortController();
  const engine = createEngine({
    source: connection,
    destination,
    clock,
    log: silentLogger,
    readPlans: async (signal) => {
      const schemas = await connection.readSchemas(entities, signal);
      return schemas.map((schema) => planEntity(schema, { fields, filter: false }));
    },
    countRows: async () => ({}),
    emit(event) {
      events.push(event);
      if (onEvent(event) === 'stop') stop.abort();
    },
    // Page by page, so that a fault in the middle has something before it.
    limits: { rows: 1, milliseconds: 0, bytes: 1 },
  });
  const job = { organizationId: dataverse.organization.id, entities, startedAt: 'now', intervalSeconds: 300 };
  await engine.run(job, stop.signal);
  await destination.close();
  return events;
}

const waitsFor = (code: string) => (event: SyncEvent) =>
  event.kind === 'progress' && event.progress.waiting?.code === code;

function storedRows(entity: string): Record<string, unknown>[] {
  const db = new DatabaseSync(join(folder, 'marketing.db'), { readOnly: true });
  try {
    return db.prepare(`SELECT * FROM "${entity}" ORDER BY ${entity}id`).all();
  } finally {
    db.close();
  }
}

/** What is stored is what is in Dynamics, row for row. */
function expectSame(lost: readonly string[] = []): void {
  for (const entity of entities) {
    const key = `${entity}id`;
    const names = [key, 'name', 'lastname', 'subject', 'description', 'createdon', 'ownerid'];
    const stored = storedRows(entity);
    const compared = names.filter((name) => name in (stored[0] ?? {}) && !lost.includes(name));
    const pick = (row: Readonly<Record<string, unknown>>) => compared.map((name) => row[name] ?? null);
    const there = dataverse.table(entity).all().map(pick);
    expect(stored.map(pick)).toEqual(there.sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)));
    expect(stored.every((row) => row._deleted_at === null)).toBe(true);
    expect(compared.length).toBeGreaterThan(2);
  }
}

const inTheMiddle = { path: /leads\?.*subject/, after: 16 } as const;
const day = 24 * 3600;

test.each<[string, Omit<Fault, 'path' | 'after'>]>([
  ['429 with an absurd Retry-After', { kind: 'throttled-requests', retryAfterSeconds: day, count: 3 }],
  ['500', { kind: 'server-error', count: 12 }],
  ['502', { kind: 'bad-gateway', count: 12 }],
  ['503', { kind: 'unavailable', retryAfterSeconds: 60, count: 12 }],
  ['a connection cut in the middle of a body', { kind: 'cut-connection', count: 12 }],
  ['a truncated body', { kind: 'malformed', count: 12 }],
  ['a page that never ends', { kind: 'endless-body', count: 2 }],
  ['a page that leads to itself', { kind: 'looping-link' }],
  ['pages that go round in a circle', { kind: 'looping-link', count: 6 }],
  ['an answer that is no page', { kind: 'no-page', count: 6 }],
  ['an answer of something else', { kind: 'other-json', count: 12 }],
  ['a page of HTML', { kind: 'html-page', count: 40 }],
  ["a gateway's own page", { kind: 'not-found-page', count: 6 }],
  ['slow pages', { kind: 'slow', delayMs: 30, count: 4 }],
  ['a token that is refused', { kind: 'token-revoked' }],
])('%s in the middle of the copy loses nothing', async (_name, fault) => {
  dataverse.play({ ...inTheMiddle, ...fault });
  const events = await copy();
  expect(events.at(-1)?.kind).toBe('initial-completed');
  expectSame();
  expect(Math.max(0, ...clock.waits)).toBeLessThanOrEqual(3600_000);
});

test('a redirect to a sign-in page is not followed, and waited out', async () => {
  const location = `${entra.origin}/${tenant.id}/oauth2/v2.0/authorize`;
  dataverse.play({ ...inTheMiddle, kind: 'redirect', location, count: 12 });
  const from = entra.requests.length;
  const events = await copy();
  expect(events.at(-1)?.kind).toBe('initial-completed');
  expectSame();
  const asked = entra.requests.slice(from).map(({ path }) => path);
  expect(asked.filter((path) => !path.includes('/token'))).toEqual([]);
});

test.each([
  ['a page of HTML', { kind: 'html-page' }, 'not-dynamics'],
  ["a gateway's own page", { kind: 'not-found-page' }, 'not-dynamics'],
  ['a redirect', { kind: 'redirect' }, 'not-dynamics'],
  ['something else in JSON', { kind: 'other-json' }, 'answer-malformed'],
] as const)(
  '%s whatever is asked: the copy says so, waits longer each time, and goes on where it was',
  async (_name, fault, code) => {
    let isPlayed = false;
    const isSaid = waitsFor(code);
    const unhook = dataverse.onRequest(({ path }) => {
      if (isPlayed || !/leads\?.*subject.*skiptoken/.test(path) || storedRows('lead').length < 60) return;
      isPlayed = true;
      dataverse.play({ ...fault, count: Number.POSITIVE_INFINITY });
    });
    let before = 0;
    let from = 0;
    const events = await copy((event) => {
      // Minutes apart in the end, as with any other fault that passes.
      if (!isSaid(event) || !clock.waits.includes(300_000)) return undefined;
      if (before === 0) {
        before = storedRows('lead').length;
        from = dataverse.requests.length;
      }
      dataverse.clear();
      return undefined;
    });
    unhook();
    expect(events.at(-1)?.kind).toBe('initial-completed');
    expectSame();
    expect(Math.max(...clock.waits)).toBe(300_000);
    const pages = dataverse.requests.slice(from).filter(({ path }) => /leads\?.*subject/.test(path));
    // Each range may end in a page that is not full, and one that was on its way is asked for again.
    const ranges = 8;
    const left = dataverse.table('lead').count() - before;
    expect(before).toBeGreaterThan(0);
    expect(pages.length).toBeLessThanOrEqual(Math.ceil(left / pageSize) + 2 * ranges);
  },
);

test.each(['html-page', 'not-found-page', 'redirect', 'other-json', 'bad-gateway'] as const)(
  '%s while changes are followed: they come once Dynamics answers again',
  async (kind) => {
    const [gone, changed] = dataverse.table('lead').all();
    let cycles = 0;
    let waits = 0;
    const events = await follow((event) => {
      if (event.kind === 'cycle-completed') cycles += 1;
      if (event.kind === 'initial-completed') {
        dataverse.delete('lead', String(gone?.leadid));
        dataverse.update('lead', String(changed?.leadid), { subject: `After ${kind}` });
        dataverse.play({ kind, count: Number.POSITIVE_INFINITY });
      }
      if (event.kind === 'progress' && event.progress.waiting && ++waits === 20) dataverse.clear();
      const isIn = cycles > 0 && waits >= 20 && event.kind === 'cycle-completed' && event.cycle.changed > 0;
      return isIn ? 'stop' : undefined;
    });
    expect(events.filter(({ kind: what }) => what === 'stopped')).toEqual([]);
    const leads = storedRows('lead');
    expect(leads.filter(({ _deleted_at: at }) => at !== null).map(({ leadid }) => leadid)).toEqual([
      gone?.leadid,
    ]);
    expect(leads.find(({ leadid }) => leadid === changed?.leadid)).toMatchObject({
      subject: `After ${kind}`,
    });
    expect(leads).toHaveLength(dataverse.table('lead').count() + 1);
  },
);

test.each([
  ['the clock jumps a day ahead, and the token has expired', day * 1000],
  ['the clock jumps a day back', -day * 1000],
])('%s in the middle of the copy', async (_name, milliseconds) => {
  let pages = 0;
  const unhook = dataverse.onRequest(({ path }) => {
    if (/leads\?.*subject/.test(path) && ++pages === 17) clock.advance(milliseconds);
  });
  await copy();
  unhook();
  expectSame();
});

test("a gateway's own page is no word of Dataverse that a table is gone", async () => {
  const never = new AbortController().signal;
  dataverse.play({ kind: 'not-found-page', path: 'EntityDefinitions?' });
  dataverse.play({ kind: 'not-found-page', path: /EntityDefinitions\(LogicalName=(%27|')account/ });
  await expect(connection.readSchemas(entities, never)).rejects.toMatchObject({ code: 'not-dynamics' });
  dataverse.clear();
  for (const path of ['EntityDefinitions?', /EntityDefinitions\(LogicalName=(%27|')account/])
    dataverse.play({ kind: 'looping-link', path });
  await expect(connection.readSchemas(entities, never)).rejects.toMatchObject({ code: 'answer-malformed' });
  dataverse.clear();
  dataverse.play({ kind: 'not-found-page', path: 'EntityDefinitions?' });
  const names = (await connection.readSchemas([...entities, 'boat'], never)).map(({ name }) => name);
  expect(names).toEqual(entities);
});

test('a field that is deleted in the middle of the copy is left out of what follows', async () => {
  let pages = 0;
  let restore = () => {};
  const unhook = dataverse.onRequest(({ path }) => {
    if (/leads\?.*subject/.test(path) && ++pages === 17) restore = dataverse.removeColumn('lead', 'subject');
  });
  const events = await copy();
  unhook();
  restore();
  expect(events.at(-1)).toMatchObject({ kind: 'initial-completed' });
  expectSame(['subject']);
  const named = storedRows('lead').filter(({ subject }) => subject !== null).length;
  expect(named).toBeGreaterThan(0);
  expect(named).toBeLessThan(dataverse.table('lead').count());
});

test('a full disk is waited for, and the copy goes on where it was', async () => {
  await destination.close();
  openDestination(24);
  const full = waitsFor('destination-unwritable');
  await copy((event) => (full(event) ? 'stop' : undefined));
  openDestination();
  await copy();
  expectSame();
});

test('a locked file is waited for', async () => {
  const other = new DatabaseSync(join(folder, 'other.db'));
  other.exec(`ATTACH '${join(folder, 'marketing.db')}' AS marketing`);
  let isLocked = false;
  const unhook = dataverse.onRequest(({ path }) => {
    if (isLocked || !/leads\?.*skiptoken/.test(path)) return;
    isLocked = true;
    other.exec('BEGIN IMMEDIATE; DELETE FROM marketing._met');
  });
  const locked = waitsFor('destination-unwritable');
  const events = await copy((event) => {
    if (locked(event) && other.isTransaction) other.exec('ROLLBACK');
    return undefined;
  });
  unhook();
  other.close();
  expect(events.some(locked)).toBe(true);
  expectSame();
});

test('a lookup into several tables says which one it points to', async () => {
  await copy();
  const leads = storedRows('lead');
  expect(leads.length).toBeGreaterThan(0);
  for (const { ownerid, ownerid_label: label, ownerid_table: table } of leads) {
    expect(table).toBe(ownerid === null ? null : 'systemuser');
    expect(label === null).toBe(ownerid === null);
  }
});

test('a row of a megabyte is stored as it is', async () => {
  const [lead] = dataverse.table('lead').all();
  const description = 'é日本語"\\\n'.repeat(120_000);
  dataverse.update('lead', String(lead?.leadid), { description });
  await copy();
  expectSame();
});
