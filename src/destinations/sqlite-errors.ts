import type { DatabaseSync } from 'node:sqlite';
import type { RowFailure } from '../ports/destination.ts';

const longestMs = 24 * 3_600_000;

/**
 * The sync errors of one entity. Which ids have one is known in memory, so that good rows cost nothing.
 * @param retryMs how long a row is left alone after its first failure; twice as long with each one more.
 */
export function createErrorBook(db: DatabaseSync, entity: string, retryMs: number) {
  const open = db.prepare('SELECT id FROM _sync_error WHERE entity = ?').all(entity);
  const failing = new Set(open.map(({ id }) => String(id)));
  const find = db.prepare('SELECT attempts FROM _sync_error WHERE entity = ? AND id = ?');
  const save = db.prepare(
    `INSERT INTO _sync_error
       (entity, id, operation, direction, code, message, first_at, last_at, attempts, next_at)
     VALUES (?1, ?2, 'upsert', 'from-dynamics', ?3, ?4, ?5, ?5, ?6, ?7)
     ON CONFLICT (entity, id) DO UPDATE SET code = excluded.code, message = excluded.message,
       last_at = excluded.last_at, attempts = excluded.attempts, next_at = excluded.next_at`,
  );
  const remove = db.prepare('DELETE FROM _sync_error WHERE entity = ? AND id = ?');
  return {
    record({ id, code, message }: RowFailure, at: string): void {
      const before = Number(find.get(entity, id)?.attempts ?? 0);
      const distance = Math.min(longestMs, retryMs * 2 ** Math.min(before, 30));
      const next = new Date(Date.parse(at) + distance).toISOString();
      save.run(entity, id, code, message, at, before + 1, next);
      failing.add(id);
    },
    settle(id: string): void {
      // The set may know more than the table after a transaction that was undone: that costs one idle DELETE.
      if (failing.size > 0 && failing.has(id)) remove.run(entity, id);
    },
  };
}
