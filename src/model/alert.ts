import type { Condition } from './condition.ts';
import type { SyncProgress } from './progress.ts';
import { isStarted, type Setup } from './setup.ts';

/** What people are alerted to; there is one alert of a kind at a time. */
export const alertKinds = [
  'stopped',
  'deletes-held',
  'schema-changed',
  'rereading',
  'no-success',
  'throttled',
  'link-expiring',
] as const;
export type AlertKind = (typeof alertKinds)[number];

/** One thing an alert is about. */
export interface Cause {
  /** Of the condition behind it, else of the alert. */
  kind: string;
  /** Logical name; null where it is not about one. */
  entity: string | null;
  /** As those of the condition. `no-success`, `waiting`: `since`, `code`; `link-expiring`: `expires`, `isOver`; `stopped`: `at`. */
  details: Readonly<Record<string, string>>;
}

export interface Alert {
  kind: AlertKind;
  causes: readonly Cause[];
}

export interface AlertFacts {
  setup: Setup;
  /** Null when nothing has been heard of the sync since the process began. */
  progress: SyncProgress | null;
  /** When all changes of an entity were last fetched, ISO 8601. */
  followed: readonly { entity: string; followedAt: string | null; isUntracked?: true }[];
  /** Since when the sync has been running without a pause in this process; milliseconds, null while it does not. */
  runningSince: number | null;
  now: number;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Shorter throttling is everyday life. */
const throttledAfterMs = 15 * minute;
const noSuccessAfterMs = hour;
/** After a start the sync gets this long to succeed, however long it had been off. */
const graceMs = 10 * minute;
/** Dynamics forgets what was deleted after seven days ("Use change tracking to synchronize data"). */
const linkLivesMs = 7 * day;
const linkWarnMs = 2 * day;

const schemaKinds = ['fields-gone', 'entity-gone', 'type-changed'];

/** Null: it is not so. `unknown`: it cannot be said, since the sync does not run or has only begun. */
export type Finding = Alert | null | 'unknown';

/** What people have to know of now. */
export function findAlerts(facts: AlertFacts): Readonly<Record<AlertKind, Finding>> {
  const conditions = facts.runningSince === null ? [] : (facts.progress?.conditions ?? []);
  const silence = isSettled(facts) ? null : 'unknown';
  const of = (kind: AlertKind, kinds: readonly string[]): Finding => {
    const picked = conditions.filter((condition) => kinds.includes(condition.kind));
    return picked.length > 0 ? { kind, causes: picked.map(causeOf) } : silence;
  };
  return {
    stopped: stopOf(facts.setup),
    'deletes-held': of('deletes-held', ['deletes-held']),
    'schema-changed': of('schema-changed', schemaKinds),
    rereading: rereading(conditions) ?? silence,
    throttled: throttling(conditions, facts.now) ?? silence,
    'no-success': noSuccess(facts),
    'link-expiring': linkExpiring(facts),
  };
}

/** Whether what the sync does not say is not so: right after a start it has not looked yet. */
function isSettled({ setup, progress, runningSince, now }: AlertFacts): boolean {
  if (!isStarted(setup)) return true;
  if (runningSince === null || !progress) return false;
  if (setup.step === 'copying') return now - runningSince >= minute;
  return progress.lastCycle !== null && Date.parse(progress.lastCycle.endedAt) >= runningSince;
}

function causeOf({ kind, entity, details }: Condition): Cause {
  return { kind, entity: entity ?? null, details };
}

/** Once an admin has mended it the sync waits to be resumed: it is not over before. */
function stopOf(setup: Setup): Finding {
  if (setup.step !== 'paused') return null;
  if (setup.reason.kind === 'admin') return 'unknown';
  const { at, code } = setup.reason.fault;
  return { kind: 'stopped', causes: [{ kind: 'stopped', entity: null, details: { at, code } }] };
}

/** What an admin has brought about is no news to anybody, nor is what had begun before a restart. */
const rereadReasons: readonly string[] = ['link-expired', 'link-refused', 'rows-differ'];

function rereading(conditions: readonly Condition[]): Alert | null {
  const begun = conditions.filter(
    ({ kind, details }) => kind === 'rereading' && rereadReasons.includes(details.reason ?? ''),
  );
  return begun.length > 0 ? { kind: 'rereading', causes: begun.map(causeOf) } : null;
}

function throttling(conditions: readonly Condition[], now: number): Finding {
  const throttled = conditions.filter(({ kind }) => kind === 'throttled');
  if (throttled.length === 0) return null;
  const long = throttled.filter(({ since }) => now - Date.parse(since) >= throttledAfterMs);
  return long.length > 0 ? { kind: 'throttled', causes: long.map(causeOf) } : 'unknown';
}

/** Entities whose changes have not been fetched for an hour although the sync runs. */
function noSuccess({ setup, progress, followed, runningSince, now }: AlertFacts): Finding {
  if (setup.step === 'copying') return copyWaits(progress, runningSince, now);
  if (setup.step !== 'running') return isStarted(setup) ? 'unknown' : null;
  const late = followed
    .filter(({ entity }) => entity in setup.selection && !isOtherwiseTold(progress, entity))
    .map(({ entity, followedAt }) => ({ entity, since: followedAt ?? setup.initial.endedAt }))
    .filter(({ since }) => now - Date.parse(since) >= noSuccessAfterMs);
  if (late.length === 0) return null;
  if (runningSince === null || now - runningSince < graceMs) return 'unknown';
  const code = progress?.waiting?.code;
  const causes = late.map(({ entity, since }) => ({
    kind: 'no-success',
    entity,
    details: { since, ...(code ? { code } : {}) },
  }));
  return { kind: 'no-success', causes };
}

/** A copy takes as long as it takes: what it says itself tells whether it gets on. */
function copyWaits(progress: SyncProgress | null, runningSince: number | null, now: number): Finding {
  if (runningSince === null || !progress) return 'unknown';
  const waiting = progress.conditions.filter(({ kind }) => kind === 'waiting');
  if (waiting.length === 0) return null;
  const long = waiting.filter(({ since }) => now - Date.parse(since) >= noSuccessAfterMs);
  const causes = long.map(({ entity, since, details }) => ({
    kind: 'waiting',
    entity: entity ?? null,
    details: { ...details, since },
  }));
  return causes.length > 0 ? { kind: 'no-success', causes } : 'unknown';
}

/** What waits for an admin's word is told as that, and reading a whole table takes as long as it takes. */
function isOtherwiseTold(progress: SyncProgress | null, of: string): boolean {
  const kinds = progress?.conditions.flatMap(({ kind, entity }) => (entity === of ? kind : [])) ?? [];
  return kinds.includes('deletes-held') || (kinds.includes('rereading') && !kinds.includes('waiting'));
}

/** Entities whose deletions can soon no longer be followed, whatever keeps the sync from fetching them. */
function linkExpiring({ setup, followed, now }: AlertFacts): Alert | null {
  if (!isStarted(setup)) return null;
  const causes = followed.flatMap(({ entity, followedAt, isUntracked }) => {
    if (followedAt === null || isUntracked || !(entity in setup.selection)) return [];
    const expires = Date.parse(followedAt) + linkLivesMs;
    if (now < expires - linkWarnMs) return [];
    const isOver = now >= expires ? { isOver: 'yes' } : {};
    return [
      { kind: 'link-expiring', entity, details: { expires: new Date(expires).toISOString(), ...isOver } },
    ];
  });
  return causes.length > 0 ? { kind: 'link-expiring', causes } : null;
}

/** Numbers that grow while the cause stays the same: no reason to tell it again. */
const passing: readonly AlertKind[] = ['no-success', 'throttled', 'link-expiring'];

/** What has been told when an alert has been: a key that is not among them is worth another word. */
export function keysOf({ kind, causes }: Alert): string[] {
  if (passing.includes(kind)) return [kind];
  const keys = causes.map(({ kind: what, entity, details }) =>
    [what, entity ?? '', details.fields ?? '', what === 'stopped' ? details.at : ''].join(' ').trim(),
  );
  return [...new Set(keys)].sort();
}
