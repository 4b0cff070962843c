import { describe, expect, test } from 'vitest';
import type { EntityProgress } from '../../src/model/progress.ts';
import { overallPercent, percentOf } from '../../src/views/pace.ts';
import { progress } from './samples.ts';

const [first] = progress.entities;
const entity = (values: Partial<EntityProgress>): EntityProgress => {
  if (!first) throw new Error('no entity');
  return { ...first, phase: 'copying', read: 0, total: 100, ...values };
};

describe('percent', () => {
  test('is whole, and never above what is done: a total may be a day old', () => {
    expect(percentOf(entity({ read: 45.9 }))).toBe(45);
    expect(percentOf(entity({ read: 100 }))).toBe(99);
    expect(percentOf(entity({ read: 5_000 }))).toBe(99);
    expect(percentOf(entity({ read: 7, total: 0 }))).toBe(99);
    expect(percentOf(entity({ phase: 'current', read: 5_000 }))).toBe(100);
  });

  test('is unknown without a total', () => {
    expect(percentOf(entity({ total: null }))).toBeNull();
    expect(overallPercent([entity({ total: null })])).toBeNull();
    expect(overallPercent([])).toBeNull();
  });

  test('of all entities weighs by rows', () => {
    const half = entity({ read: 100, total: 200 });
    expect(overallPercent([half, entity({ phase: 'current', read: 100 })])).toBe(66);
    expect(overallPercent([half, entity({ read: 900 })])).toBe(90);
    expect(overallPercent([half, entity({ total: null, phase: 'waiting' })])).toBe(50);
    expect(overallPercent([entity({ phase: 'current' }), entity({ phase: 'current' })])).toBe(100);
  });
});
