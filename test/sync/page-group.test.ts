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

test('a group is full when its texts are large, however few rows there are', () => {
  const groups = createPageGroups(createManualClock(), defaultLimits);
  const large = pageOf('x'.repeat(4 * 1024 * 1024));
  for (let pages = 1; pages <= 3; pages++) {
    groups.add(large);
    expect(groups.isFull()).toBe(false);
  }
  groups.add(large);
  expect(groups.isFull()).toBe(true);
  expect(groups.take().upserts).toHaveLength(4);
  groups.add(pageOf('small'));
  expect(groups.isFull()).toBe(false);
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
