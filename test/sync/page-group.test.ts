import { expect, test } from 'vitest';
import { packPage } from '../../src/model/row-packer.ts';
import type { PackedMap } from '../../src/sync/pack.ts';
import { createPageGroups, defaultLimits } from '../../src/sync/page-group.ts';
import { createProgressBoard } from '../../src/sync/progress-board.ts';
import { createManualClock } from './manual-clock.ts';
import { sampleId } from './sample-plan.ts';

function pageOf(text: string): PackedMap {
  return {
    read: 1,
    packed: packPage([{ values: [sampleId(1), text, 5], version: null }]),
    filtered: [],
    failures: [],
  };
}

test('a group is large when its texts are, however few rows there are', () => {
  const groups = createPageGroups(createManualClock(), defaultLimits);
  const large = pageOf('x'.repeat(4 * 1024 * 1024));
  groups.add(large);
  expect(groups.isLarge()).toBe(false);
  groups.add(large);
  expect(groups.isLarge()).toBe(true);
  expect(groups.take().upserts).toHaveLength(2);
  groups.add(pageOf('small'));
  expect(groups.isLarge()).toBe(false);
});

test('there is room while what is gathered and what is under way are not too much together', () => {
  const groups = createPageGroups(createManualClock(), { rows: 10, milliseconds: 500, bytes: 1_000_000 });
  const addRows = (rows: number) => groups.add({ ...pageOf('small'), read: rows });
  addRows(12);
  const first = groups.take();
  expect(groups.isNearlyFull()).toBe(false);
  addRows(7);
  const second = groups.take();
  expect(groups.isNearlyFull()).toBe(true);
  expect(groups.hasRoom()).toBe(true);
  addRows(1);
  expect(groups.hasRoom()).toBe(false);
  groups.settle(first);
  expect(groups.hasRoom()).toBe(true);
  expect(groups.isNearlyFull()).toBe(false);
  groups.add(pageOf('x'.repeat(1_999_900)));
  expect(groups.hasRoom()).toBe(false);
  groups.take();
  groups.settle(second);
  expect(groups.hasRoom()).toBe(false);
});

test('a clock that is set back neither keeps a group open nor the progress silent', async () => {
  const clock = createManualClock();
  const groups = createPageGroups(clock, defaultLimits);
  groups.add(pageOf('small'));
  let sent = 0;
  const board = createProgressBoard({
    clock,
    startedAt: '2026-11-23T00:00:00.000Z',
    entities: ['lead'],
    tallies: async () => [],
    lastCycle: async () => null,
    refreshes: async () => [],
    emit: () => {
      sent++;
    },
  });
  await board.tick();
  expect(groups.isDue()).toBe(false);
  clock.advance(-3_600_000);
  expect(groups.isDue()).toBe(true);
  await board.tick();
  expect(sent).toBe(2);
});
