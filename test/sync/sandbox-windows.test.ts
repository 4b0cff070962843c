import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openSqlite } from '../../src/destinations/sqlite.ts';
import { createDynamics } from '../../src/dynamics/dynamics.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLogger } from '../../src/lib/log.ts';
import { planEntity } from '../../src/model/selection.ts';
import type { Connection } from '../../src/ports/dynamics.ts';
import type { SyncEvent } from '../../src/ports/sync-runner.ts';
import { createCertificates } from '../../src/sandbox/certificates.ts';
import { type Dataverse, startDataverse } from '../../src/sandbox/dataverse/server.ts';
import { type Entra, startEntra } from '../../src/sandbox/entra/server.ts';
import { createEngine } from '../../src/sync/engine.ts';
import { readRows } from './engine-bench.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';

/** A table without change tracking, read from Dynamics as the bot does it. */
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
const hour = 3_600_000;

let entra: Entra;
let dataverse: Dataverse;
let tls: Awaited<ReturnType<typeof createCertificates>>;
let connection: Connection;
let clock: ManualClock;
let folder: string;
let filter = false;

beforeAll(async () => {
  const hosts = ['contoso.crm7.dynamics.localhost', 'login.microsoftonline.localhost'];
  tls = await createCertificates({ hosts });
  setDefaultCACertificates([...getCACertificates('default'), tls.caPem]);
  entra = await startEntra({ tls, tenants: [tenant] });
});
afterAll(() => entra.close());
beforeEach(async () => {
  filter = false;
  folder = mkdtempSync(join(tmpdir(), 'windows-'));
  clock = createManualClock();
  dataverse = await startDataverse({ tls, entra, rows: 1_000, untracked: ['lead'] });
  const dynamics = createDynamics({ log: silentLogger, clock: systemClock, maxPageSize: 100 });
  connection = dynamics.connect({
    address: { origin: dataverse.origin, authority: entra.origin },
    tenantId: tenant.id,
    clientId: tenant.apps[0]?.clientId ?? '',
    proof: { kind: 'secret', secret: 'Q8~sandboxsecret' },
    username: dataverse.applicationUser.email,
  });
});
afterEach(async () => {
  await connection.close();
  await dataverse.close();
  rmSync(folder, { recursive: true });
});

/** Starts the sync, as a new process would. */
function start() {
  const events: SyncEvent[] = [];
  const stop = new AbortController();
  const destination = openSqlite({ path: join(folder, 'marketing.db') });
  const engine = createEngine({
    source: connection,
    destination,
    clock,
    log: silentLogger,
    readPlans: async (signal) => {
      const schemas = await connection.readSchemas(['lead'], signal);
      return schemas.map((schema) => planEntity(schema, { fields: ['lastname', 'subject'], filter }));
    },
    countRows: async () => ({}),
    emit: (event) => void events.push(event),
  });
  const job = {
    organizationId: dataverse.organization.id,
    entities: ['lead'],
    startedAt: 'now',
    intervalSeconds: 300,
  };
  const ended = engine.run(job, stop.signal).finally(() => destination.close());
  const first = <K extends SyncEvent['kind']>(kind: K) =>
    expect.poll(() => events.find((event) => event.kind === kind), { timeout: 10_000 }).toBeDefined();
  return {
    first,
    /** The next one, after so many hours, with what was asked of the table. */
    async cycle(hours = 0) {
      events.length = 0;
      const from = dataverse.requests.length;
      await clock.nextSleep();
      clock.advance(hours * hour + 300_000);
      await first('cycle-completed');
      const asked = dataverse.requests.slice(from).map(({ path }) => decodeURIComponent(path));
      const event = events.find(({ kind }) => kind === 'cycle-completed');
      return {
        asked: asked.filter((path) => path.includes('/leads')),
        all: asked,
        cycle: event?.kind === 'cycle-completed' ? event.cycle : null,
      };
    },
    async stop() {
      stop.abort();
      await ended;
    },
  };
}

const stored = () =>
  readRows(join(folder, 'marketing.db'), 'SELECT leadid, lastname, subject, _deleted_at FROM lead');
const one = (id: unknown) => stored().find(({ leadid }) => leadid === id);
const link = () => String(readRows(join(folder, 'marketing.db'), 'SELECT link FROM _checkpoint')[0]?.link);
const idOf = (index: number) => String(dataverse.table('lead').all()[index]?.leadid);

/** What is not deleted is what is in Dynamics, row for row. */
function expectSame(): void {
  const pick = (row: Readonly<Record<string, unknown>>) =>
    [row.leadid, row.lastname, row.subject].map((value) => value ?? null).join('|');
  const present = stored().filter(({ _deleted_at }) => _deleted_at === null);
  expect(present.map(pick).sort()).toEqual(dataverse.table('lead').all().map(pick).sort());
}

test('changes come by modifiedon, deletes by the comparison of a day later, with few requests', async () => {
  const run = start();
  await run.first('initial-completed');
  expectSame();
  // The last rows are in the overlap, and are not stored again.
  for (let n = 0; n < 2; n++) {
    const quiet = await run.cycle();
    expect(quiet.all).toHaveLength(1);
    expect(quiet.asked[0]).toMatch(/\$filter=modifiedon ge 20\d\d-.*&\$orderby=modifiedon asc,leadid asc/);
    expect(quiet.cycle).toMatchObject({ changed: 0, deleted: 0 });
  }

  dataverse.update('lead', idOf(0), { subject: 'Changed' });
  const created = dataverse.create('lead', { lastname: 'Nakamura' });
  dataverse.delete('lead', idOf(1));
  const [gone] = stored().filter(
    ({ leadid }) =>
      !dataverse
        .table('lead')
        .all()
        .some((row) => row.leadid === leadid),
  );
  const changed = await run.cycle();
  expect(changed.asked).toHaveLength(1);
  expect(changed.cycle).toMatchObject({ changed: 2, deleted: 0 });
  expect(one(idOf(0))).toMatchObject({ subject: 'Changed' });
  expect(one(created)).toMatchObject({ lastname: 'Nakamura' });
  expect(one(gone?.leadid)).toMatchObject({ _deleted_at: null });
  // Changed without a word about when: only its version tells.
  const before = dataverse.table('lead').get(idOf(2))?.modifiedon ?? '';
  dataverse.update('lead', idOf(2), { subject: 'In silence', modifiedon: before });
  expect((await run.cycle()).cycle).toMatchObject({ changed: 0 });

  const daily = await run.cycle(24);
  expect(daily.cycle).toMatchObject({ changed: 1, deleted: 1 });
  expect(one(gone?.leadid)?._deleted_at).toEqual(expect.any(String));
  expectSame();
  const pages = Math.ceil(dataverse.table('lead').count() / 100);
  const ids = daily.asked.filter((path) => /\$select=leadid(&|$)/.test(path));
  expect(ids).toHaveLength(pages);
  // A window, the ids, and the one row by its id.
  expect(daily.asked).toHaveLength(pages + 2);

  // Restored, with its time of before, as from a backup.
  dataverse.create('lead', { leadid: String(gone?.leadid), lastname: 'Back', modifiedon: before });
  expect((await run.cycle()).asked).toHaveLength(1);
  expect(one(gone?.leadid)?._deleted_at).toEqual(expect.any(String));
  await run.cycle(24);
  expect(one(gone?.leadid)).toMatchObject({ lastname: 'Back', _deleted_at: null });
  expectSame();
  await run.stop();
});

test('a restart goes on with the window, and knows when the ids were compared', async () => {
  const first = start();
  await first.first('initial-completed');
  await first.stop();
  dataverse.delete('lead', idOf(0));
  dataverse.update('lead', idOf(0), { subject: 'Changed while nobody looked' });
  clock.advance(23 * hour);
  const from = dataverse.requests.length;
  const second = start();
  await second.first('cycle-completed');
  expect(one(idOf(0))).toMatchObject({ subject: 'Changed while nobody looked' });
  const leads = dataverse.requests.slice(from).filter(({ path }) => path.includes('/leads'));
  expect(leads).toHaveLength(1);
  expect((await second.cycle(1)).cycle).toMatchObject({ deleted: 1 });
  expectSame();
  await second.stop();

  // Stopped in the middle of the comparison: it begins anew, and loses nothing.
  dataverse.delete('lead', idOf(5));
  const third = start();
  await third.first('cycle-completed');
  let stopped: Promise<void> | null = null;
  const unhook = dataverse.onRequest(({ path }) => {
    if (/select=leadid&.*skiptoken/.test(decodeURIComponent(path))) stopped ??= third.stop();
  });
  await clock.nextSleep();
  clock.advance(24 * hour);
  await expect.poll(() => dataverse.requests.at(-1)?.path).toContain('skiptoken');
  await stopped;
  unhook();
  expect(stored().filter(({ _deleted_at }) => _deleted_at !== null)).toHaveLength(1);
  const fourth = start();
  await fourth.first('cycle-completed');
  expectSame();
  await fourth.stop();
});

test('a table moves over when its tracking is turned on, and back when it is turned off', async () => {
  const run = start();
  await run.first('initial-completed');
  const change = (index: number, subject: string) => {
    dataverse.delete('lead', idOf(index));
    dataverse.update('lead', idOf(index), { subject });
  };
  for (const at of [1, 2, 3, 4]) {
    expect(link()).toContain('modifiedon');
    dataverse.setChangeTracking('lead', true);
    change(0, `Changed ${at}`);
    // In the middle of the move: it is in the changes of the new link.
    let pages = 0;
    const unhook = dataverse.onRequest(({ path }) => {
      if (/leads\?.*select=leadid&.*skiptoken/.test(decodeURIComponent(path)) && ++pages === at) {
        change(1, `Changed meanwhile ${at}`);
      }
    });
    // It is looked for every hour; where it was refused in spite of the description, every day.
    await run.cycle(at === 1 ? 1 : 24);
    unhook();
    expect(pages).toBeGreaterThanOrEqual(at);
    expect(link()).toContain('deltatoken');
    await run.cycle();
    expectSame();
    expect((await run.cycle()).asked).toHaveLength(1);

    dataverse.setChangeTracking('lead', false);
    change(0, `Changed again ${at}`);
    await run.cycle();
    expectSame();
    dataverse.update('lead', idOf(1), { subject: `And again ${at}` });
    const after = await run.cycle();
    expect(after.asked).toHaveLength(1);
    expectSame();
  }
  await run.stop();
});

test('rows that the filter keeps out are not taken for missing, and go stale also in silence', async () => {
  filter = true;
  const run = start();
  await run.first('initial-completed');
  const kept = dataverse
    .table('lead')
    .all()
    .filter((row) => row.new_synctomkto !== false);
  expect(stored()).toHaveLength(kept.length);
  expect(kept.length).toBeLessThan(dataverse.table('lead').count());
  const [first] = kept;
  dataverse.update('lead', String(first?.leadid), {
    new_synctomkto: false,
    modifiedon: first?.modifiedon ?? '',
  });
  const daily = await run.cycle(24);
  expect(daily.asked.filter((path) => /leadid eq/.test(path))).toEqual([]);
  expect(
    readRows(join(folder, 'marketing.db'), 'SELECT leadid FROM lead WHERE _stale_since IS NOT NULL'),
  ).toEqual([{ leadid: first?.leadid }]);
  expect(stored()).toHaveLength(kept.length);
  await run.stop();
});

test.each([
  ['is gone from the table', () => dataverse.removeColumn('lead', 'modifiedon')],
  [
    'is not filtered by any more',
    () => {
      dataverse.play({
        kind: 'invalid-argument',
        path: /filter=modifiedon/,
        count: Number.POSITIVE_INFINITY,
      });
      return () => dataverse.clear();
    },
  ],
])(
  'where modifiedon %s, the table is read as a whole, until it can be read by it again',
  async (_why, take) => {
    const run = start();
    await run.first('initial-completed');
    const giveBack = take();
    for (let n = 0; n < 2; n++) {
      dataverse.delete('lead', idOf(0));
      dataverse.update('lead', idOf(0), { subject: `Changed ${n}` });
      await run.cycle();
      expectSame();
    }
    giveBack();
    await run.stop();
  },
);
