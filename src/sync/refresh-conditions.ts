import type { Condition } from '../model/condition.ts';
import type { EntityProgress } from '../model/progress.ts';
import type { Refresh } from '../model/refresh.ts';

/** What is being fetched of each entity, as a condition: several of one entity follow each other, and count as one. */
export function refreshConditions(
  refreshes: readonly Refresh[],
  entities: readonly Pick<EntityProgress, 'entity' | 'total' | 'stored'>[],
): Condition[] {
  return entities.flatMap(({ entity, total, stored }) => {
    const open = refreshes.filter((one) => one.entity === entity && one.endedAt === null);
    const [first] = open;
    if (!first) return [];
    const fields = [...new Set(open.flatMap((one) => one.fields))].join(', ');
    const read = String(first.read);
    const all = open.length > 1 ? {} : { rows: String(Math.max(total ?? stored, first.read)) };
    return [{ kind: 'refreshing', entity, since: first.startedAt, details: { fields, read, ...all } }];
  });
}
