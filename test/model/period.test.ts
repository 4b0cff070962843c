import { describe, expect, test } from 'vitest';
import { fillFault, fillsAll, type Ticked, withPeriods } from '../../src/model/fill-form.ts';
import { boundsOf, type Period, parsePeriod, periodColumnsOf } from '../../src/model/period.ts';
import type { Selection } from '../../src/model/selection.ts';
import { account, lead } from '../views/samples.ts';

const period: Period = { by: 'modifiedon', from: '2026-01-01', to: '2026-03-31', timeZone: 'Asia/Tokyo' };

describe('the instants of days', () => {
  test.each<[string, Partial<Period>, string, string | null]>([
    ['in Tokyo', {}, '2025-12-31T15:00:00Z', '2026-03-31T15:00:00Z'],
    ['in UTC', { timeZone: 'UTC' }, '2026-01-01T00:00:00Z', '2026-04-01T00:00:00Z'],
    ['one day', { timeZone: 'UTC', to: '2026-01-01' }, '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'],
    ['without an end', { to: null }, '2025-12-31T15:00:00Z', null],
    [
      'over the end of the winter time',
      { timeZone: 'Europe/Berlin' },
      '2025-12-31T23:00:00Z',
      '2026-03-31T22:00:00Z',
    ],
    [
      'on the day when the clocks are turned',
      { timeZone: 'America/New_York', from: '2026-03-08', to: '2026-03-08' },
      '2026-03-08T05:00:00Z',
      '2026-03-09T04:00:00Z',
    ],
    [
      'on a day whose midnight is left out',
      { timeZone: 'Africa/Cairo', from: '2026-04-24', to: '2026-04-24' },
      '2026-04-23T22:00:00Z',
      '2026-04-24T21:00:00Z',
    ],
    ['by half an hour', { timeZone: 'Asia/Kolkata', to: null }, '2025-12-31T18:30:00Z', null],
    [
      'in a leap year',
      { timeZone: 'UTC', from: '2028-02-29', to: '2028-02-29' },
      '2028-02-29T00:00:00Z',
      '2028-03-01T00:00:00Z',
    ],
    ['in a zone that nobody knows', { timeZone: 'Mars/Base', to: null }, '2026-01-01T00:00:00Z', null],
  ])('%s', (_name, change, from, before) => {
    expect(boundsOf({ ...period, ...change })).toEqual({ by: 'modifiedon', from, before });
  });
});

test('a period is known again by its text, and nothing else is one', () => {
  expect(parsePeriod(JSON.stringify(period))).toEqual(period);
  for (const text of ['', '{}', '"2026"', JSON.stringify({ ...period, from: '2026-02-30' })]) {
    expect(parsePeriod(text)).toBeNull();
  }
});

test('a table is offered by the dates it has', () => {
  const dated = (name: string) => ({ name, type: 'DateTime' as const, label: { en: name } });
  const odd = { name: 'createdon', type: 'String' as const, label: { en: 'Created' } };
  expect(periodColumnsOf({ fields: [dated('modifiedon'), dated('createdon')] })).toEqual([
    'createdon',
    'modifiedon',
  ]);
  expect(periodColumnsOf({ fields: [odd, dated('new_on')] })).toEqual([]);
});

describe('the days of the form', () => {
  // Already the next day in Tokyo.
  const now = Date.parse('2026-11-26T15:30:00Z');
  const form = { by: 'createdon', from: '2026-01-01', to: null } as const;

  test.each([
    ['all rows need none', { ...fillsAll, from: '2027-01-01' }, null],
    ['a first day is enough', form, null],
    ['it is missing', { ...form, from: null }, { day: 'from', why: 'missing' }],
    ['it is today where they are', { ...form, from: '2026-11-27' }, null],
    ['it is to come', { ...form, from: '2026-11-28' }, { day: 'from', why: 'future' }],
    ['the last day is the first one', { ...form, to: '2026-01-01' }, null],
    ['the last day may be to come', { ...form, to: '2027-01-01' }, null],
    ['the last day is before the first', { ...form, to: '2025-12-31' }, { day: 'to', why: 'before-start' }],
  ])('%s', (_name, given, fault) => {
    expect(fillFault(given, 'Asia/Tokyo', now)).toEqual(fault);
  });
});

describe('what is known of the fields of a selection', () => {
  const ticked: Ticked = { period, entities: [lead.name] };
  const at = '2026-11-26T12:00:00.000Z';
  const chosen = (fields: readonly string[]) => ({ fields, filter: false });
  const before: Selection = { lead: chosen(['lastname']), account: chosen(['name']) };
  const grown: Selection = { lead: chosen(['lastname', 'fax']), account: chosen(['name', 'fax']) };
  const first = withPeriods(before, grown, { ticked, at });

  test('what comes has its period, in the entities it is about', () => {
    expect(first).toEqual({ ...grown, lead: { ...grown.lead, periods: { fax: { period, at } } } });
    expect(withPeriods({ account: chosen([]) }, grown, { ticked, at })).toEqual(grown);
  });

  test('it stays with the field, and goes with it', () => {
    const later = { ticked: null, at: '2026-11-27T12:00:00.000Z' };
    expect(withPeriods(first, { ...grown, lead: chosen(['fax', 'city']) }, later).lead).toEqual({
      ...chosen(['fax', 'city']),
      periods: { fax: { period, at } },
    });
    const without = withPeriods(first, before, later);
    expect(without).toEqual(before);
    expect(withPeriods(without, grown, later)).toEqual(grown);
  });

  test('an entity that comes is copied as a whole', () => {
    expect(
      withPeriods({}, { [account.name]: chosen(['fax']) }, { ticked: { period, entities: ['account'] }, at }),
    ).toEqual({
      account: chosen(['fax']),
    });
  });
});
