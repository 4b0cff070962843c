import { expect, test } from 'vitest';
import { textsFor } from '../../src/texts/catalogue.ts';
import { type ActivityInput, activityChart, activitySince } from '../../src/views/activity.ts';

const now = Date.parse('2026-11-23T09:35:00.000Z');
const t = textsFor('en');
const input = (rest: Partial<ActivityInput> = {}): ActivityInput => ({
  points: [],
  waiting: {},
  now,
  timeZone: 'UTC',
  ...rest,
});
const point = (entity: string, time: string, changed: number, deleted = 0) => ({
  entity,
  at: `2026-11-${time}:00.000Z`,
  changed,
  deleted,
});

test('where nothing happened there is nothing to draw', () => {
  expect(activityChart(t, input())).toBeNull();
  expect(activityChart(t, input({ points: [point('lead', '21T09:30', 5)] }))).toBeNull();
  expect(activitySince(now)).toBe('2026-11-22T09:35:00.000Z');
});

test('a strip for each table, the busiest first, and all of it in words', () => {
  const points = [
    point('lead', '22T10:00', 2, 1),
    point('account', '22T10:00', 40),
    point('lead', '23T09:30', 9),
  ];
  const drawn = activityChart(t, input({ points }));
  expect(drawn?.chart.strips.map(({ name }) => name)).toEqual(['Account', 'Lead']);
  expect(drawn?.chart.strips[1]?.rows.map(({ value }) => value)).toEqual([3, 9]);
  expect(drawn?.alt).toBe(
    'Chart of the rows synced in the last 24 hours, by ten minutes: 52 rows in all (Account: 40 rows, Lead: 12 rows). The most in ten minutes were 43 rows, at 10:00 AM.',
  );
});

test('the hours are those of the reader, on the hour of their clock', () => {
  const points = [point('lead', '23T09:00', 1)];
  const labels = (timeZone: string) =>
    activityChart(t, input({ points, timeZone }))?.chart.ticks.map(({ label }) =>
      label.replace('\u202f', ' '),
    );
  expect(labels('UTC')).toEqual([
    '12:00 PM',
    '3:00 PM',
    '6:00 PM',
    '9:00 PM',
    '12:00 AM',
    '3:00 AM',
    '6:00 AM',
    '9:00 AM',
  ]);
  const kathmandu = activityChart(t, input({ points, timeZone: 'Asia/Kathmandu' }));
  expect(kathmandu?.chart.ticks[0]?.at).toBe('2026-11-22T12:15:00.000Z');
});

test('more tables than fit are drawn together; a line is drawn where something has waited', () => {
  const points = Array.from({ length: 9 }, (_, index) => point(`cr_${index}`, '23T09:00', 100 - index));
  const waiting = {
    cr_0: [{ at: '2026-11-23T09:00:00.000Z', value: 7 }],
    cr_1: [{ at: '2026-11-23T09:00:00.000Z', value: 0 }],
  };
  const strips = activityChart(t, input({ points, waiting }))?.chart.strips ?? [];
  expect(strips).toHaveLength(6);
  expect(strips.at(-1)).toMatchObject({ name: 'Other tables', rows: [{ value: 95 + 94 + 93 + 92 }] });
  expect(strips.map((strip) => strip.waiting.length)).toEqual([1, 0, 0, 0, 0, 0]);
});
