import type { DatabaseSync } from 'node:sqlite';
import type { Cycle } from '../model/progress.ts';
import type { ActivityPoint, Batch } from '../ports/destination.ts';

const bucketMs = 10 * 60_000;
const keptMs = 8 * 24 * 3_600_000;

/** Counts what is written of one entity, by ten minutes. */
export function createActivityBook(
  db: DatabaseSync,
  entity: string,
): (batch: Pick<Batch, 'upserts' | 'at'>, deleted: number) => void {
  const add = db.prepare(
    `INSERT INTO _activity (entity, at, changed, deleted) VALUES (?, ?, ?, ?)
     ON CONFLICT (entity, at) DO UPDATE SET changed = changed + excluded.changed,
       deleted = deleted + excluded.deleted`,
  );
  const forget = db.prepare('DELETE FROM _activity WHERE entity = ? AND at < ?');
  let bucket = '';
  return ({ upserts, at }, deleted) => {
    if (upserts.length === 0 && deleted === 0) return;
    const time = Date.parse(at);
    const start = isoOf(time - (time % bucketMs));
    if (start !== bucket) forget.run(entity, isoOf(time - keptMs));
    bucket = start;
    add.run(entity, start, upserts.length, deleted);
  };
}

export function readActivity(db: DatabaseSync, since: string): ActivityPoint[] {
  const rows = db
    .prepare('SELECT entity, at, changed, deleted FROM _activity WHERE at >= ? ORDER BY at, entity')
    .all(since);
  return rows.map((row) => ({
    entity: String(row.entity),
    at: String(row.at),
    changed: Number(row.changed),
    deleted: Number(row.deleted),
  }));
}

export function saveCycle(db: DatabaseSync, { startedAt, endedAt, changed, deleted }: Cycle): void {
  db.prepare(
    'INSERT OR REPLACE INTO _cycle (one, started_at, ended_at, changed, deleted) VALUES (1, ?, ?, ?, ?)',
  ).run(startedAt, endedAt, changed, deleted);
}

export function readCycle(db: DatabaseSync): Cycle | null {
  const row = db.prepare('SELECT started_at, ended_at, changed, deleted FROM _cycle').get();
  if (!row) return null;
  return {
    startedAt: String(row.started_at),
    endedAt: String(row.ended_at),
    changed: Number(row.changed),
    deleted: Number(row.deleted),
  };
}

function isoOf(time: number): string {
  return new Date(time).toISOString();
}
