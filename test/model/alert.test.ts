import { expect, test } from 'vitest';
import { type AlertFacts, type AlertKind, findAlerts, keysOf } from '../../src/model/alert.ts';
import type { Condition } from '../../src/model/condition.ts';
import type { SetupAt } from '../../src/model/setup.ts';
import * as sample from '../views/samples.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const ago = (ms: number) => new Date(now - ms).toISOString();

const condition = (kind: Condition['kind'], since = ago(0), details = {}): Condition => ({
  kind,
  entity: 'lead',
  since,
  details,
});

function facts(more: Partial<AlertFacts> & { conditions?: readonly Condition[] } = {}): AlertFacts {
  const { conditions = [], ...rest } = more;
  const lastCycle = { startedAt: ago(minute), endedAt: ago(minute), changed: 0, deleted: 0 };
  return {
    setup: sample.setups.running,
    progress: { ...sample.running, waiting: null, lastCycle, conditions },
    followed: [{ entity: 'lead', followedAt: ago(minute) }],
    runningSince: now - 2 * hour,
    now,
    ...rest,
  };
}

/** Of each kind whether it is so, is not, or cannot be said. */
function kinds(of: AlertFacts): Partial<Record<AlertKind, true | 'unknown'>> {
  const found = Object.entries(findAlerts(of)).filter(([, finding]) => finding !== null);
  return Object.fromEntries(
    found.map(([kind, finding]) => [kind, finding === 'unknown' ? finding : (true as const)]),
  );
}

test.each<[string, AlertFacts, Partial<Record<AlertKind, true | 'unknown'>>]>([
  ['all is well', facts(), {}],
  ['nothing is set up', facts({ setup: sample.setups.new, runningSince: null }), {}],
  [
    'throttled for 14 minutes',
    facts({ conditions: [condition('throttled', ago(14 * minute))] }),
    { throttled: 'unknown' },
  ],
  [
    'throttled for 15 minutes',
    facts({ conditions: [condition('throttled', ago(15 * minute))] }),
    { throttled: true },
  ],
  [
    'fields are gone and another type',
    facts({ conditions: [condition('fields-gone'), condition('type-changed')] }),
    { 'schema-changed': true },
  ],
  ['deletes are held', facts({ conditions: [condition('deletes-held')] }), { 'deletes-held': true }],
  [
    'an hour without, since deletes are held',
    facts({
      conditions: [condition('deletes-held')],
      followed: [{ entity: 'lead', followedAt: ago(hour) }],
    }),
    { 'deletes-held': true },
  ],
  ['a table is read again', facts({ conditions: [condition('rereading')] }), {}],
  ['59 minutes without', facts({ followed: [{ entity: 'lead', followedAt: ago(59 * minute) }] }), {}],
  [
    'an hour without',
    facts({ followed: [{ entity: 'lead', followedAt: ago(hour) }] }),
    { 'no-success': true },
  ],
  ['a table that is not chosen', facts({ followed: [{ entity: 'other', followedAt: ago(hour) }] }), {}],
  [
    'an hour without, and just started',
    facts({ followed: [{ entity: 'lead', followedAt: ago(hour) }], runningSince: now - minute }),
    { 'no-success': 'unknown' },
  ],
  [
    'an hour without, before and since a restart, whatever is known from before',
    facts({
      progress: {
        ...sample.running,
        lastCycle: { startedAt: ago(hour), endedAt: ago(hour), changed: 0, deleted: 0 },
      },
      followed: [{ entity: 'lead', followedAt: ago(hour) }],
      runningSince: now - 10 * minute,
    }),
    {
      'no-success': true,
      'deletes-held': 'unknown',
      'schema-changed': 'unknown',
      rereading: 'unknown',
      throttled: 'unknown',
    },
  ],
  [
    'a table is read again since its link has expired',
    facts({ conditions: [condition('rereading', ago(0), { reason: 'link-expired' })] }),
    { rereading: true },
  ],
  [
    'a table is read again for hours, as an admin has the filter changed',
    facts({
      conditions: [condition('rereading', ago(2 * hour), { reason: 'plan-changed' })],
      followed: [{ entity: 'lead', followedAt: ago(2 * hour) }],
    }),
    {},
  ],
  [
    'a table that is read again has waited for hours',
    facts({
      conditions: [condition('rereading', ago(2 * hour), { reason: 'unknown' }), condition('waiting')],
      followed: [{ entity: 'lead', followedAt: ago(2 * hour) }],
    }),
    { 'no-success': true },
  ],
  ['copying for hours', facts({ setup: sample.setups.copying }), {}],
  [
    'a copy that has waited for an hour',
    facts({ setup: sample.setups.copying, conditions: [condition('waiting', ago(hour))] }),
    { 'no-success': true },
  ],
  [
    'a copy that has waited for 59 minutes',
    facts({ setup: sample.setups.copying, conditions: [condition('waiting', ago(59 * minute))] }),
    { 'no-success': 'unknown' },
  ],
  [
    'just started, before the first cycle',
    facts({ progress: null, runningSince: now }),
    { 'deletes-held': 'unknown', 'schema-changed': 'unknown', rereading: 'unknown', throttled: 'unknown' },
  ],
  [
    'paused for five days',
    facts({
      setup: sample.setups.paused,
      runningSince: null,
      followed: [{ entity: 'lead', followedAt: ago(5 * day) }],
    }),
    {
      stopped: 'unknown',
      'deletes-held': 'unknown',
      'schema-changed': 'unknown',
      rereading: 'unknown',
      throttled: 'unknown',
      'no-success': 'unknown',
      'link-expiring': true,
    },
  ],
  [
    'paused for five days, with nothing that Dynamics would forget',
    facts({
      setup: sample.setups.paused,
      runningSince: null,
      followed: [{ entity: 'lead', followedAt: ago(5 * day), isUntracked: true }],
    }),
    {
      stopped: 'unknown',
      'deletes-held': 'unknown',
      'schema-changed': 'unknown',
      rereading: 'unknown',
      throttled: 'unknown',
      'no-success': 'unknown',
    },
  ],
])('%s', (_, given, expected) => {
  expect(kinds(given)).toEqual(expected);
});

test('a stop is about its fault', () => {
  const setup = sample.setups.stopped as SetupAt<'paused'>;
  const { stopped } = findAlerts(facts({ setup, runningSince: null }));
  expect(stopped).toMatchObject({ causes: [{ details: { code: 'secret-expired', at: sample.fault.at } }] });
});

test('a growing number is no news, another table or field is', () => {
  const held = (deletes: string, entity = 'lead') => ({
    kind: 'deletes-held',
    entity,
    details: { deletes, rows: '9' },
  });
  const keys = (...causes: ReturnType<typeof held>[]) => keysOf({ kind: 'deletes-held', causes });
  expect(keys(held('5'))).toEqual(keys(held('6')));
  expect(keys(held('5'), held('5', 'contact'))).not.toEqual(keys(held('5')));
  const gone = (fields: string) =>
    keysOf({
      kind: 'schema-changed',
      causes: [{ kind: 'fields-gone', entity: 'lead', details: { fields } }],
    });
  expect(gone('fax')).not.toEqual(gone('fax, color'));
});
