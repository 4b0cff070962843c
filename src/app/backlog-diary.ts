import type { Clock } from '../lib/clock.ts';
import type { ChartPoint } from '../model/chart.ts';
import type { SyncProgress } from '../model/progress.ts';

/** How many changes waited, by ten minutes; of the last day, and since the process began. */
export interface BacklogDiary {
  note(progress: SyncProgress): void;
  byEntity(): Readonly<Record<string, readonly ChartPoint[]>>;
}

const bucketMs = 10 * 60_000;
const keptMs = 24 * 3_600_000;

export function createBacklogDiary(clock: Clock): BacklogDiary {
  /** By entity, then by the beginning of the ten minutes: the most that waited in them. */
  const noted = new Map<string, Map<number, number>>();
  return {
    note({ entities }) {
      const now = clock.now();
      const bucket = now - (now % bucketMs);
      for (const { entity, backlog } of entities) {
        if (backlog === null) continue;
        const buckets = noted.get(entity) ?? new Map<number, number>();
        noted.set(entity, buckets);
        buckets.set(bucket, Math.max(backlog, buckets.get(bucket) ?? 0));
        for (const at of buckets.keys()) if (at < now - keptMs) buckets.delete(at);
      }
    },
    byEntity: () =>
      Object.fromEntries(
        [...noted].map(([entity, buckets]) => [
          entity,
          [...buckets].map(([at, value]) => ({ at: new Date(at).toISOString(), value })),
        ]),
      ),
  };
}
