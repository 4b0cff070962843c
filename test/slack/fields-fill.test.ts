import { describe, expect, test } from 'vitest';
import type { Person } from '../../src/model/person.ts';
import type { Selection } from '../../src/model/selection.ts';
import { readFillForm } from '../../src/slack/input.ts';
import { findFillErrors, tickedFor } from '../../src/slack/listeners/fields-fill.ts';
import { textsFor } from '../../src/texts/catalogue.ts';
import { setupAt } from '../setup/samples.ts';
import { createManualClock } from '../sync/manual-clock.ts';
import { datedSchemas } from '../views/samples.ts';

const person: Person = {
  ...{ id: 'U1', isKnown: true, isOutsider: false, isAdmin: true, canBeAllowed: true },
  ...{ language: 'en', timeZone: 'Asia/Tokyo' },
};
const t = textsFor('en');
const after: Selection = { lead: { fields: ['emailaddress1', 'lastname'], filter: false } };
const running = setupAt('running');

/** What Slack sends of the inputs; null: a day that was asked for and not given. */
function sent(by: string, days: Readonly<Record<string, string | null>> = {}) {
  const inputs = Object.entries(days).map(([name, day]) => [
    name,
    { [name]: { type: 'datepicker', selected_date: day } },
  ]);
  return readFillForm({
    'fill.by': { 'fill.by': { type: 'radio_buttons', selected_option: { value: by } } },
    ...Object.fromEntries(inputs),
  });
}

test('a modal without the choice, or with one that nobody knows, means all rows', () => {
  const all = { by: 'all', from: null, to: null, hasDays: false };
  expect(readFillForm({})).toEqual(all);
  expect(readFillForm(undefined)).toEqual(all);
  expect(sent('everything')).toEqual(all);
  expect(sent('createdon', { 'fill.from': '2026-13-01', 'fill.to': '2026-01-31' })).toEqual({
    ...{ by: 'createdon', from: null, to: '2026-01-31', hasDays: true },
  });
});

describe('what is wrong with the days', () => {
  const clock = createManualClock();
  const errorsOf = (fill: ReturnType<typeof readFillForm>, before = running, chosen = after) =>
    findFillErrors({ clock }, { t, person }, { before, after: chosen, fill });

  test('is said at the day, and at the choice where no day has been asked for yet', () => {
    const missing = t.fill.faults.missing;
    expect(errorsOf(sent('createdon', { 'fill.from': null }))).toEqual({ 'fill.from': missing });
    expect(errorsOf(sent('createdon'))).toEqual({ 'fill.by': missing });
    const days = { 'fill.from': '2020-01-02', 'fill.to': '2020-01-01' };
    expect(errorsOf(sent('modifiedon', days))).toEqual({ 'fill.to': t.fill.faults['before-start'] });
    expect(errorsOf(sent('modifiedon', { 'fill.from': '2020-01-02' }))).toBeNull();
  });

  test('is nothing where no field has come, or there are no rows to fill in', () => {
    const missing = sent('createdon');
    expect(errorsOf(missing, running, { lead: { fields: [], filter: false } })).toBeNull();
    for (const before of [setupAt('chosen'), setupAt('requested'), setupAt('paused', 'copying')]) {
      expect(errorsOf(missing, before)).toBeNull();
    }
    expect(errorsOf(missing, setupAt('paused', 'running'))).not.toBeNull();
  });
});

test('only tables that have the date are filled in for a period', () => {
  const grown = { ...after, account: { fields: ['name'], filter: false } };
  const before = setupAt('running');
  if (before.step !== 'running') throw new Error('not running');
  const known = { ...before, selection: { ...before.selection, account: { fields: [], filter: false } } };
  const tickedBy = (by: string) =>
    tickedFor(
      { person },
      { before: known, after: grown, fill: sent(by, { 'fill.from': '2026-01-01' }) },
      datedSchemas,
    );
  const period = { from: '2026-01-01', to: null, timeZone: 'Asia/Tokyo' };
  expect(tickedBy('modifiedon')).toEqual({ period: { ...period, by: 'modifiedon' }, entities: ['lead'] });
  expect(tickedBy('createdon')?.entities).toEqual(['account', 'lead']);
  expect(tickedBy('all')).toBeUndefined();
});
