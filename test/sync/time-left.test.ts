import { expect, test } from 'vitest';
import type { EntityProgress, TimeLeft } from '../../src/model/progress.ts';
import { createRate } from '../../src/sync/rate.ts';
import { timeLeft } from '../../src/sync/time-left.ts';
import { progress } from '../views/samples.ts';

const rows = 1_000_000;

const [sample] = progress.entities;
function entity(values: Partial<EntityProgress>): EntityProgress {
  if (!sample) throw new Error('no sample');
  return { ...sample, phase: 'copying', read: 0, total: rows, ...values };
}

/** What people were told during a copy, and how long it then really took. */
interface Told {
  at: number;
  left: TimeLeft | null;
}

/** @param rateAt rows a second, by the seconds since the start and the share that is done. */
function copy(rateAt: (seconds: number, done: number) => number, total: number, stepMs = 500): Told[] {
  const rate = createRate();
  const told: Told[] = [];
  for (let [now, read] = [0, 0]; read < rows; now += stepMs) {
    rate.add(now, read);
    told.push({ at: now / 1000, left: timeLeft([entity({ read, total })], rate.expected()) });
    read += Math.round((rateAt(now / 1000, read / rows) * stepMs) / 1000);
  }
  return told;
}

/** Of the time: in which a number was told; and of that, in which the truth lay within it. */
function shares(told: readonly Told[]) {
  const end = told.at(-1)?.at ?? 0;
  const numbers = told.flatMap(({ at, left }) =>
    left && left !== 'soon' ? [{ ...left, truth: end - at }] : [],
  );
  const right = numbers.filter(({ least, most, truth }) => truth >= least && truth <= most);
  const widths = numbers.map(({ least, most }) => most / Math.max(1, least)).sort((a, b) => a - b);
  return {
    told: numbers.length / told.length,
    right: right.length / numbers.length,
    width: widths[Math.floor(widths.length / 2)] ?? Number.NaN,
    most: Math.max(...numbers.map(({ most }) => most)) / end,
  };
}

/** The same noise in every run. */
function noise(): (rate: number) => number {
  let seed = 7;
  return (rate) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return rate * (0.8 + (0.4 * seed) / 2_147_483_648);
  };
}

/**
 * `told`: the share of the time in which there was a number at all; `right`: the share of that in which the truth lay
 * between its bounds. Both as they are, to the percent: who changes the guess sees what becomes of it.
 */
test.each<
  [string, { rate: (seconds: number, done: number) => number; total?: number; stepMs?: number }, object]
>([
  ['steady', { rate: () => 1_000 }, { told: 100, right: 100 }],
  ['steady, half a minute', { rate: () => 30_000 }, { told: 85, right: 100 }],
  ['slower by a third at the end', { rate: (_, done) => 1_500 * (1 - done / 3) }, { told: 99, right: 100 }],
  ['slower and slower', { rate: (_, done) => 1_500 * (1 - 0.6 * done) }, { told: 100, right: 73 }],
  [
    'faster in the first minutes',
    { rate: (s) => Math.min(1, 0.2 + s / 300) * 1_000 },
    { told: 100, right: 89 },
  ],
  ['in bursts', { rate: (s) => (s % 40 < 20 ? 2_000 : 200) }, { told: 97, right: 97 }],
  ['nothing for two minutes', { rate: (s) => (s > 400 && s < 520 ? 0 : 1_000) }, { told: 89, right: 100 }],
  ['a minute in five held back', { rate: (s) => (s % 300 > 240 ? 0 : 1_000) }, { told: 95, right: 84 }],
  [
    'ten hours, slower by day',
    { rate: (s) => 28 + 8 * Math.sin(s / 13_750), stepMs: 10_000 },
    { told: 100, right: 100 },
  ],
  ['2 % more rows than counted', { rate: () => 1_000, total: rows * 0.98 }, { told: 98, right: 100 }],
  ['10 % more rows than counted', { rate: () => 1_000, total: rows * 0.9 }, { told: 90, right: 72 }],
  ['10 % fewer rows than counted', { rate: () => 1_000, total: rows * 1.1 }, { told: 100, right: 72 }],
])('how often the truth lies in the guess: %s', (_, { rate, total = rows, stepMs }, expected) => {
  const vary = noise();
  const { told, right, width, most } = shares(copy((s, done) => vary(rate(s, done)), total, stepMs));
  expect({ told: Math.round(told * 100), right: Math.round(right * 100) }).toEqual(expected);
  // Half of them are narrower than that, and none goes beyond all measure.
  expect(width).toBeLessThan(3);
  expect(most).toBeLessThan(6);
});

test('nothing is guessed in the first seconds, nor while nothing comes', () => {
  const told = copy((s) => (s > 50 && s < 150 ? 0 : 10_000), rows);
  const at = (seconds: number) => told.find((one) => one.at === seconds)?.left;
  expect([at(0), at(4)]).toEqual([null, null]);
  expect(at(6)).not.toBeNull();
  expect(at(120)).toBeNull();
});

test('more rows than counted: almost done, and then no word of it', () => {
  const bounds = { slowest: 90, fastest: 110 };
  const left = (...reads: number[]) =>
    timeLeft(
      reads.map((read) => entity({ read, total: 1_000 })),
      bounds,
    );
  expect(left(900)).toEqual({ least: 0, most: 2 });
  expect(left(1_000)).toBe('soon');
  expect(left(1_050)).toBe('soon');
  expect(left(1_051)).toBeNull();
  expect(left(1_050, 900)).toEqual({ least: 0, most: 3 });
  expect(left(1_051, 900)).toBeNull();
});

test('what is not known is not guessed', () => {
  const bounds = { slowest: 90, fastest: 110 };
  expect(timeLeft([entity({ read: 10 }), entity({ total: null })], bounds)).toBeNull();
  expect(timeLeft([entity({ read: 10 }), entity({ total: null, phase: 'current' })], bounds)).not.toBeNull();
  expect(timeLeft([entity({ phase: 'current' })], bounds)).toBeNull();
  expect(timeLeft([entity({ read: 10 })], null)).toBeNull();
  expect(timeLeft([entity({ read: 10 })], { slowest: 10, fastest: 60 })).toBeNull();
});

test('a clock that is set back begins anew', () => {
  const rate = createRate();
  for (let second = 0; second <= 20; second++) rate.add(second * 1000, second * 100);
  expect(rate.perSecond()).toBe(100);
  rate.add(5_000, 2_100);
  expect([rate.perSecond(), rate.expected()]).toEqual([null, null]);
  for (let second = 6; second <= 20; second++) rate.add(second * 1000, 2_100 + (second - 5) * 50);
  expect(rate.perSecond()).toBe(50);
  expect(rate.expected()?.slowest).toBeCloseTo(42.5);
});
