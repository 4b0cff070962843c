import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createLogger } from '../../src/lib/log.ts';
import type { Alert, AlertKind, Finding } from '../../src/model/alert.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import { createAlerts } from '../../src/notify/alerts.ts';
import { createBulletins, type SharePicture } from '../../src/notify/bulletins.ts';
import { createSubscribers } from '../../src/notify/subscribers.ts';
import type { ConnectionDocument } from '../../src/ports/connection-store.ts';
import { openFileStore } from '../../src/state/file-store.ts';
import { createManualClock } from '../sync/manual-clock.ts';
import { setups } from '../views/samples.ts';
import { createFakeSlack } from './fake-slack.ts';

const subscription: Subscription = {
  channel: 'C0TEAM',
  kind: 'all',
  by: 'U0TOM',
  at: '2026-11-22T00:00:00Z',
  timeZone: 'Asia/Tokyo',
  lastDaily: '2026-11-22',
  lastAct: '2026-11-22T00:00:00Z',
  isBroken: false,
};

const counts = { read: 0, filtered: 0, followedAt: null };

async function openDesk(document: Partial<ConnectionDocument> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'alerts-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const slack = createFakeSlack();
  const clock = createManualClock();
  const log = createLogger({ level: 'error', write: () => {}, now: clock.now });
  const mails: string[] = [];
  const pictures: string[] = [];
  const setup = setups.running;
  const open = async () => {
    const store = await openFileStore(join(folder, 'state.json'));
    const parts = { poster: slack.poster, store, clock, log, admins: async () => ['U0TOM'] };
    const subscribers = createSubscribers(parts);
    const mailStop = async () => void mails.push('stopped');
    const alerts = createAlerts({ ...parts, subscribers, mailStop });
    const activity = [{ entity: 'lead', at: '', changed: 12, deleted: 3 }];
    const destination = () => ({
      tallies: async () => [
        {
          ...counts,
          entity: 'lead',
          phase: 'current' as const,
          stored: 500,
          failed: 1,
          deleted: 0,
        },
      ],
      activity: async () => activity,
    });
    const sharePicture: SharePicture = async ({ channel }, { language, timeZone }) =>
      void pictures.push(`${channel} ${language} ${timeZone}`);
    const bulletins = createBulletins({ store, subscribers, destination, sharePicture, clock });
    return { store, alerts, bulletins };
  };
  const desk = await open();
  await desk.store.update((before) => ({
    document: { ...before, setup, progressPost: { channel: 'C0MAIN', ts: '9' }, ...document },
  }));
  const none = {
    stopped: null,
    'deletes-held': null,
    'schema-changed': null,
    rereading: null,
    throttled: null,
  };
  const quiet: Record<AlertKind, Finding> = { ...none, 'no-success': null, 'link-expiring': null };
  const blocked = join(folder, '.state.json.tmp');
  const block = (isBlocked: boolean) =>
    isBlocked ? mkdirSync(blocked) : rmSync(blocked, { recursive: true });
  return { ...desk, open, slack, clock, mails, pictures, setup, quiet, block };
}

const held = (...causes: [string, string][]): Alert => ({
  kind: 'deletes-held',
  causes: causes.map(([entity, deletes]) => ({
    kind: 'deletes-held',
    entity,
    details: { deletes, rows: '25000' },
  })),
});
const headline = 'Many rows were deleted in Dynamics 365:';

test('an alert is told once in each place, kept current, and ends with a note in the thread', async () => {
  const { slack, alerts, quiet, setup, open } = await openDesk({ subscriptions: [subscription] });
  expect(await alerts.tell({ ...quiet, 'deletes-held': held(['lead', '4000']) }, setup)).toBe(true);
  expect(slack.news().map((line) => line.split(':')[0])).toEqual(
    ['C0MAIN >', 'C0TEAM', 'U0TOM'].map((place) => `${place} ${headline.slice(0, -1)}`),
  );
  expect(slack.posts[1]?.blocks).toContain('deletes.apply');

  // The same, in another process: nothing. A number that has grown: shown, not told.
  const later = await open();
  await later.alerts.tell({ ...quiet, 'deletes-held': held(['lead', '4000']) }, setup);
  await later.alerts.tell({ ...quiet, 'deletes-held': held(['lead', '4100']) }, setup);
  expect(slack.news()).toEqual([]);
  expect(slack.posts[1]?.blocks).toContain('4,100');

  // Another table: a word in each thread.
  await later.alerts.tell({ ...quiet, 'deletes-held': held(['lead', '4100'], ['contact', '900']) }, setup);
  expect(slack.news()).toEqual(
    ['C0MAIN', 'C0TEAM', 'U0TOM'].map((place) => `${place} > New: • Contact: 900 of 25,000 rows deleted`),
  );

  // Not known at the moment, e.g. right after a start: it stays as it is.
  await later.alerts.tell({ ...quiet, 'deletes-held': 'unknown' }, setup);
  expect(slack.news()).toEqual([]);
  await later.alerts.tell(quiet, setup);
  expect(slack.news()).toEqual(
    ['C0MAIN', 'C0TEAM', 'U0TOM'].map((place) => `${place} > Resolved: no deletes are held back any more.`),
  );
  expect(slack.posts[1]?.blocks).not.toContain('deletes.apply');
  await later.alerts.tell(quiet, setup);
  expect(slack.news()).toEqual([]);
  expect((await later.store.read()).alerts).toEqual([]);
});

test('while Slack is away nothing is lost, and afterwards nothing is told twice', async () => {
  const { slack, alerts, store, quiet, setup, mails } = await openDesk();
  const stopped = {
    kind: 'stopped',
    causes: [{ kind: 'stopped', entity: null, details: { at: 'a', code: 'secret-expired' } }],
  };
  const findings = { ...quiet, stopped: stopped as Alert };
  slack.away(true);
  expect(await alerts.tell(findings, setups.stopped)).toBe(false);
  slack.away(false);
  expect(await alerts.tell(findings, setups.stopped)).toBe(true);
  expect(await alerts.tell(findings, setups.stopped)).toBe(true);
  expect(slack.news()).toHaveLength(2);
  expect(mails).toEqual(['stopped']);
  slack.away(true);
  expect(await alerts.tell(quiet, setup)).toBe(false);
  slack.away(false);
  await alerts.tell(quiet, setup);
  await alerts.tell(quiet, setup);
  expect(slack.news()).toEqual(['C0MAIN', 'U0TOM'].map((place) => `${place} > Resolved: the sync goes on.`));
  expect((await store.read()).alerts).toEqual([]);
});

test('while nothing can be written down nothing is told, and then once', async () => {
  const { slack, alerts, bulletins, quiet, setup, block, clock } = await openDesk({
    subscriptions: [subscription],
  });
  clock.advance(24 * 3_600_000);
  const findings = { ...quiet, 'deletes-held': held(['lead', '4000']) };
  block(true);
  for (let times = 0; times < 3; times++) {
    expect(await alerts.tell(findings, setup)).toBe(false);
    await expect(bulletins.tell()).rejects.toThrow('cannot be written');
  }
  expect(slack.posts).toEqual([]);
  block(false);
  expect(await alerts.tell(findings, setup)).toBe(true);
  await bulletins.tell();
  expect(slack.posts).toHaveLength(4);
  block(true);
  expect(await alerts.tell(quiet, setup)).toBe(false);
  expect(slack.posts).toHaveLength(4);
  block(false);
  expect(await alerts.tell(quiet, setup)).toBe(true);
  expect(slack.posts).toHaveLength(7);
});

test('a channel that takes no posts any more is told to whoever subscribed it, once, and not given up', async () => {
  const { slack, alerts, store, quiet, setup } = await openDesk({
    progressPost: null,
    subscriptions: [{ ...subscription, by: 'U0AIKO' }],
  });
  slack.refuse('C0TEAM', 'is_archived');
  await alerts.tell({ ...quiet, 'deletes-held': held(['lead', '1']) }, setup);
  await alerts.tell({ ...quiet, 'deletes-held': held(['lead', '2']) }, setup);
  const [broken, ...rest] = slack.news();
  expect(broken).toMatch(/^U0AIKO You subscribed <#C0TEAM>.*is archived/);
  expect(rest.map((line) => line.split(' ')[0])).toEqual(['U0TOM']);
  expect((await store.read()).subscriptions).toMatchObject([{ isBroken: true }]);
  await alerts.tell(quiet, setup);
  slack.news();
  slack.refuse('C0TEAM', null);
  await alerts.tell({ ...quiet, 'deletes-held': held(['lead', '3']) }, setup);
  expect(slack.news().map((line) => line.split(' ')[0])).toEqual(['C0TEAM', 'U0TOM']);
  expect((await store.read()).subscriptions).toMatchObject([{ isBroken: false }]);
  await alerts.tell(quiet, setup);
  slack.external.add('C0TEAM');
  slack.news();
  await alerts.tell({ ...quiet, 'deletes-held': held(['lead', '3']) }, setup);
  expect(slack.news()[0]).toMatch(/^U0AIKO .*shared with another company now/);
});

test('the summary comes once a day, in the morning of whoever subscribed', async () => {
  const { slack, bulletins, clock, open, pictures } = await openDesk({
    subscriptions: [{ ...subscription, kind: 'daily', timeZone: 'Europe/Berlin' }],
  });
  await bulletins.tell();
  expect(slack.news()).toEqual([]);
  clock.advance(7 * 3_600_000);
  slack.away(true);
  await expect(bulletins.tell()).rejects.toThrow('away');
  slack.away(false);
  await bulletins.tell();
  await (await open()).bulletins.tell();
  expect(slack.news()).toEqual(['C0TEAM Running: 12 rows changed, 3 deleted in the last 24 hours']);
  expect(slack.posts[0]?.blocks).toContain('Lead: 500 rows, 12 changed, 3 deleted, 1 failed');
  expect(pictures).toEqual(['C0TEAM en Europe/Berlin']);
  clock.advance(24 * 3_600_000);
  await bulletins.tell();
  expect(slack.news()).toHaveLength(1);
});

test('a channel that wants all hears what admins do, in one message, and nothing of who was refused', async () => {
  const { slack, bulletins, store } = await openDesk({
    subscriptions: [{ ...subscription, lastDaily: '2026-11-23' }],
  });
  const entry = (at: string, action: 'sync.paused' | 'sync.resumed' | 'access.refused', result = 'done') => ({
    at: `2026-11-22T01:00:0${at}Z`,
    by: 'U0TOM',
    action,
    result,
  });
  await store.update((document) => ({
    document,
    audit: [entry('1', 'sync.paused'), entry('2', 'access.refused', 'not-admin'), entry('3', 'sync.resumed')],
  }));
  await bulletins.tell();
  await bulletins.tell();
  const [news, ...more] = slack.news();
  expect(more).toEqual([]);
  expect(news).toMatch(/paused the sync.*resumed the sync/);
  expect(news).not.toContain('refused');
});
