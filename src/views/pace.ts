import type { EntityProgress, SyncProgress, TimeLeft } from '../model/progress.ts';
import type { Texts } from '../texts/catalogue.ts';

/**
 * Whole percent of an entity that has been read. The total is up to a day old, so more may be read than it says:
 * never above 99 while the copy runs, 100 when it is done. Null while the total is not known.
 */
export function percentOf({
  phase,
  read,
  total,
}: Pick<EntityProgress, 'phase' | 'read' | 'total'>): number | null {
  if (phase === 'current') return 100;
  if (total === null) return null;
  if (phase === 'waiting') return 0;
  return total === 0 ? 99 : Math.min(99, Math.floor((read / total) * 100));
}

/** Of all entities together, weighed by rows; one without a total counts for what was read of it. */
export function overallPercent(entities: readonly EntityProgress[]): number | null {
  if (entities.length === 0) return null;
  if (entities.every(({ phase }) => phase === 'current')) return 100;
  if (entities.every(({ total }) => total === null)) return null;
  const sizeOf = ({ phase, read, total }: EntityProgress) =>
    phase === 'current' ? read : Math.max(read, total ?? 0);
  const all = entities.reduce((sum, entity) => sum + sizeOf(entity), 0);
  const read = entities.reduce((sum, entity) => sum + entity.read, 0);
  return all === 0 ? 0 : Math.min(99, Math.floor((read / all) * 100));
}

/** How far, how fast, how long still: as much of it as is known. */
export function paceParts(t: Texts, { entities, rate, timeLeft }: SyncProgress): string[] {
  const percent = overallPercent(entities);
  return [
    ...(percent === null ? [] : [t.format.percent(percent)]),
    ...(rate === null ? [] : [t.progress.rate(Math.round(rate))]),
    ...(timeLeft === null ? [] : [leftText(t, timeLeft)]),
  ];
}

const leftText = (t: Texts, left: TimeLeft): string =>
  left === 'soon' ? t.progress.almostDone : t.progress.left(t.format.aboutBetween(left.least, left.most));
