import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSyncThread } from '../../src/app/sync-thread.ts';
import { createLogger } from '../../src/lib/log.ts';
import type { SyncEvent, SyncJob, SyncRunner } from '../../src/ports/sync-runner.ts';
import { readRows } from '../sync/engine-bench.ts';
import { createManualClock, type ManualClock } from '../sync/manual-clock.ts';

let folder: string;
let path: string;
let lines: string[];
let clock: ManualClock;
let runner: SyncRunner;
let events: SyncEvent[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'thread-'));
  path = join(folder, 'marketing.db');
  lines = [];
  events = [];
  clock = createManualClock();
  runner = createSyncThread({
    destinationPath: path,
    log: createLogger({ level: 'info', write: (line) => lines.push(line) }),
    clock,
    entry: new URL('../sync/fake-sync-worker.ts', import.meta.url),
  });
  runner.onEvent((event) => events.push(event));
});
afterEach(async () => {
  await runner.stop();
  rmSync(folder, { recursive: true });
});

const jobOf = (username: string): SyncJob => ({
  organizationId: '11111111-2222-4333-8444-555555555555',
  credentials: {
    address: { origin: 'https://contoso.crm4.dynamics.com', authority: 'https://login.microsoftonline.com' },
    tenantId: 'contoso.example',
    clientId: '22222222-2222-4333-8444-555555555555',
    proof: { kind: 'secret', secret: 'a-secret-that-must-not-show' },
    username,
  },
  selection: { lead: { fields: ['lastname'], filter: false } },
  startedAt: '2026-11-23T00:00:00.000Z',
  intervalSeconds: 3600,
  isCompleted: false,
});

function eventOf<K extends SyncEvent['kind']>(kind: K): Promise<Extract<SyncEvent, { kind: K }>> {
  return new Promise((resolve) => {
    const take = (event: SyncEvent): void => {
      if (event.kind === kind) resolve(event as Extract<SyncEvent, { kind: K }>);
    };
    for (const event of events) take(event);
    const off = runner.onEvent((event) => {
      take(event);
      if (event.kind === kind) off();
    });
  });
}

const starts = () => readFileSync(`${path}.starts`, 'utf8').split('\n').length - 1;

test('copies in a thread, and tells what happens there', async () => {
  expect(runner.progress()).toBeNull();
  await runner.start(jobOf('anybody'));
  const { summary } = await eventOf('initial-completed');
  expect(summary.entities).toMatchObject([{ entity: 'lead', stored: 50 }]);
  await runner.stop();
  expect(runner.progress()?.entities).toMatchObject([{ entity: 'lead', phase: 'current', stored: 50 }]);
  const log = lines.join('');
  expect(log).toContain('"thread":"sync"');
  expect(log).toContain('copy begins');
  expect(log).not.toMatch(/must-not-show|not to be seen/);
});

test('is asked in the thread while it runs, and answers null when it does not', async () => {
  const apply = { kind: 'apply-deletes', entity: 'lead' } as const;
  expect(await runner.ask(apply)).toBeNull();
  await runner.start(jobOf('anybody'));
  await eventOf('initial-completed');
  const replies = await Promise.all([runner.ask(apply), runner.ask(apply)]);
  expect(replies).toEqual([
    { kind: 'applied', done: false },
    { kind: 'applied', done: false },
  ]);
  const late = runner.ask(apply);
  await runner.stop();
  await late;
  expect(await runner.ask(apply)).toBeNull();
});

test('starts once however often it is asked, and stops as often', async () => {
  await Promise.all([runner.start(jobOf('anybody')), runner.start(jobOf('anybody'))]);
  await eventOf('initial-completed');
  await runner.start(jobOf('anybody'));
  await Promise.all([runner.stop(), runner.stop()]);
  await runner.stop();
  expect(starts()).toBe(1);
  const seen = events.length;
  await runner.start(jobOf('anybody'));
  await runner.stop();
  expect(events.slice(seen).some(({ kind }) => kind === 'stopped')).toBe(false);
});

test('starts a thread that fell over again, and goes on from its checkpoint', async () => {
  await runner.start(jobOf('falls'));
  expect(await clock.nextSleep()).toBe(1000);
  clock.advance(1000);
  const { summary } = await eventOf('initial-completed');
  expect(summary.entities).toMatchObject([{ stored: 50, read: 50 }]);
  expect(starts()).toBe(2);
  expect(lines.join('')).toContain('fell over');
});

test('does not start it again once it has been stopped', async () => {
  await runner.start(jobOf('falls'));
  await clock.nextSleep();
  await runner.stop();
  expect(starts()).toBe(1);
});

test('ends with the fault that only a person can mend, and can be started from there', async () => {
  await runner.start(jobOf('refused'));
  const restarted = new Promise<void>((resolve, reject) => {
    runner.onEvent((event) => {
      if (event.kind === 'stopped') runner.start(jobOf('anybody')).then(resolve, reject);
    });
  });
  const { fault } = await eventOf('stopped');
  expect(fault.code).toBe('secret-expired');
  await restarted;
  await eventOf('initial-completed');
  expect(starts()).toBe(2);
});

test('stopped in the middle of the copy, keeps what was read', async () => {
  await runner.start(jobOf('hangs'));
  await eventOf('progress');
  await runner.stop();
  const seen = events.length;
  expect(readRows(path, "SELECT count(*) AS n FROM sqlite_master WHERE name = 'lead'")).toEqual([{ n: 1 }]);
  await runner.start(jobOf('anybody'));
  await eventOf('initial-completed');
  expect(events.slice(0, seen).some(({ kind }) => kind === 'stopped')).toBe(false);
  expect(readRows(path, 'SELECT count(*) AS n FROM lead')).toEqual([{ n: 50 }]);
});
