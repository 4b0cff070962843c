import type { Condition } from '../model/condition.ts';
import type { EntityProgress } from '../model/progress.ts';
import type { Refresh } from '../model/refresh.ts';

/**
 * What is being fetched of each entity, as a condition: several of one entity follow each other, and count as one where
 * they are about the same rows.
 */
export function refreshConditions(
  refreshes: readonly Refresh[],
  entities: readonly Pick<EntityProgress, 'entity' | 'total' | 'stored'>[],
): Condition[] {
  return entities.flatMap(({ entity, total, stored }) => {
    const open = refreshes.filter((one) => one.entity === entity && one.endedAt === null);
    return [...Map.groupBy(open, ({ period }) => JSON.stringify(period))].flatMap(([period, group]) => {
      const [first] = group;
      if (!first) return [];
      const fields = [...new Set(group.flatMap((one) => one.fields))].join(', ');
      const read = String(first.read);
      const isAll = first.period === null;
      // How many rows a period has is not known.
      const rows = isAll && group.length === 1 ? { rows: String(Math.max(total ?? stored, first.read)) } : {};
      const details = { fields, read, ...rows, ...(isAll ? {} : { period }) };
      return [{ kind: 'refreshing' as const, entity, since: first.startedAt, details }];
    });
  });
}
