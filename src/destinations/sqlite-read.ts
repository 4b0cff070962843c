import type { DatabaseSync } from 'node:sqlite';
import { readWindow } from '../model/modified-window.ts';
import type { Checkpoint, FailedRow, FailureFilter, FailureGroup, Tally } from '../ports/destination.ts';
import { quoted } from './sqlite-file.ts';

/** Null when the file has not been prepared yet. */
export function readStamp(db: DatabaseSync): string | null {
  if (!hasTable(db, '_organization')) return null;
  const row = db.prepare('SELECT id FROM _organization').get();
  return row ? String(row.id) : null;
}

export function hasTable(db: DatabaseSync, name: string): boolean {
  return db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(name) !== undefined;
}

export function readCheckpoint(db: DatabaseSync, entity: string): Checkpoint | null {
  const row = db.prepare('SELECT phase, link, next, asked FROM _checkpoint WHERE entity = ?').get(entity);
  if (!row) return null;
  return {
    phase: phaseOf(row.phase),
    link: textOrNull(row.link),
    next: textOrNull(row.next),
    asked: String(row.asked),
  };
}

export function readComparedAt(db: DatabaseSync, entity: string): string | null {
  return textOrNull(
    db.prepare('SELECT compared_at FROM _checkpoint WHERE entity = ?').get(entity)?.compared_at,
  );
}

/** Costs a few look-ups however many rows there are: rows are counted as they come, deleted ones by their index. */
export function readTallies(db: DatabaseSync): Tally[] {
  const rows = db
    .prepare(
      `SELECT t.entity, t.rows, t.read, t.filtered, c.phase, c.link, c.followed_at,
         (SELECT count(*) FROM _sync_error e WHERE e.entity = t.entity) AS failed
       FROM _tally t LEFT JOIN _checkpoint c ON c.entity = t.entity ORDER BY t.rowid`,
    )
    .all();
  return rows.map((row) => {
    const entity = String(row.entity);
    const sql = `SELECT count(*) AS n FROM ${quoted(entity)} WHERE _deleted_at IS NOT NULL`;
    const deleted = Number(db.prepare(sql).get()?.n);
    return {
      entity,
      phase: row.phase === null ? 'waiting' : phaseOf(row.phase) === 'copying' ? 'copying' : 'current',
      stored: Number(row.rows) - deleted,
      read: Number(row.read),
      filtered: Number(row.filtered),
      failed: Number(row.failed),
      deleted,
      followedAt: textOrNull(row.followed_at),
      ...(row.phase !== null && isUntracked(textOrNull(row.link)) ? { isUntracked: true } : {}),
    };
  });
}

function isUntracked(link: string | null): boolean {
  return link === null || readWindow(link) !== null;
}

export function readFailures(db: DatabaseSync): FailureGroup[] {
  const rows = db
    .prepare(
      // SQLite takes the bare column `message` from the row that holds the maximum.
      `SELECT entity, code, message, count(*) AS n, max(last_at) AS last_at
       FROM _sync_error GROUP BY entity, code ORDER BY n DESC, entity, code`,
    )
    .all();
  return rows.map((row) => ({
    entity: String(row.entity),
    code: String(row.code),
    message: String(row.message),
    rows: Number(row.n),
    lastAt: String(row.last_at),
  }));
}

export function readFailedRows(
  db: DatabaseSync,
  { entity = '', code = '', ids, idPart = '', dueAt = '' }: FailureFilter,
  offset: number,
  limit: number,
): FailedRow[] {
  const rows = db
    .prepare(
      // A last attempt that is still to come is of a clock that was set back.
      // All columns: a file of before, that the sync has not opened yet, has no `next_at`.
      `SELECT * FROM _sync_error
       WHERE (?1 = '' OR entity = ?1) AND (?2 = '' OR code = ?2)
         AND (?5 = '' OR id IN (SELECT value FROM json_each(?5)))
         AND (?6 = '' OR instr(id, ?6) > 0)
         ${dueAt ? 'AND (coalesce(next_at, last_at) <= ?7 OR last_at > ?7)' : ''}
       ORDER BY entity, id LIMIT ?3 OFFSET ?4`,
    )
    .all(entity, code, limit, offset, ids ? JSON.stringify(ids) : '', idPart, ...(dueAt ? [dueAt] : []));
  return rows.map((row) => ({
    entity: String(row.entity),
    id: String(row.id),
    operation: 'upsert',
    direction: 'from-dynamics',
    code: String(row.code),
    message: String(row.message),
    firstAt: String(row.first_at),
    lastAt: String(row.last_at),
    attempts: Number(row.attempts),
    nextAttemptAt: textOrNull(row.next_at),
  }));
}

function phaseOf(value: unknown): Checkpoint['phase'] {
  if (value === 'copying' || value === 'rereading' || value === 'current') return value;
  throw new Error(`Unknown phase of a checkpoint: ${String(value)}`);
}

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
