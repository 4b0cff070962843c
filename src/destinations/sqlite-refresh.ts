import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { parsePeriod } from '../model/period.ts';
import type { EntityPlan } from '../model/selection.ts';
import type { UpsertRow } from '../model/upsert-row.ts';
import type { Fill, RefreshChange, RowFailure, StoredRefresh } from '../ports/destination.ts';
import { addColumn } from './sqlite-columns.ts';
import type { createErrorBook } from './sqlite-errors.ts';
import { behind, refusedRow } from './sqlite-fault.ts';
import { createFilledNotes } from './sqlite-field-book.ts';
import { quoted } from './sqlite-file.ts';

/** Those that are done are of use until everybody has been told. */
const keptMs = 30 * 24 * 3_600_000;

/** `_refresh`: fields that are being fetched for the rows that are there, and where that goes on. */
export function createRefreshTable(db: DatabaseSync): void {
  db.exec(`CREATE TABLE IF NOT EXISTS _refresh (
    key TEXT PRIMARY KEY NOT NULL, entity TEXT NOT NULL, fields TEXT NOT NULL, period TEXT, next TEXT,
    by_reread INTEGER NOT NULL DEFAULT 0, started_at TEXT NOT NULL, ended_at TEXT,
    read INTEGER NOT NULL DEFAULT 0, stored INTEGER NOT NULL DEFAULT 0
  ) STRICT`);
  // Files of before do not have it.
  addColumn(db, '_refresh', 'period');
}

export function readRefreshes(db: DatabaseSync): StoredRefresh[] {
  return db.prepare('SELECT * FROM _refresh ORDER BY rowid').all().map(refreshOf);
}

function refreshOf(row: Readonly<Record<string, unknown>>): StoredRefresh {
  return {
    key: String(row.key),
    entity: String(row.entity),
    fields: JSON.parse(String(row.fields)) as string[],
    period: row.period === null ? null : parsePeriod(String(row.period)),
    next: row.next === null ? null : String(row.next),
    isReread: row.by_reread === 1,
    startedAt: String(row.started_at),
    endedAt: row.ended_at === null ? null : String(row.ended_at),
    read: Number(row.read),
    stored: Number(row.stored),
  };
}

/** Keeps the refreshes of one entity. The caller holds the transaction. */
export type RefreshBook = ReturnType<typeof createRefreshBook>;

export function createRefreshBook(
  db: DatabaseSync,
  plan: EntityPlan,
  errors: Pick<ReturnType<typeof createErrorBook>, 'record'>,
) {
  const { entity } = plan;
  const filler = createFiller(db, plan);
  const filled = createFilledNotes(db, entity);
  const { open, rename, remove, forget, add, widenOne, goOn, leaveToReread, endWithReread } =
    prepareStatements(db);
  const openOne = (key: string): StoredRefresh | undefined =>
    open
      .all(entity)
      .map(refreshOf)
      .find((one) => one.key === key && !one.isReread);

  return {
    change({ begin, drop, widen }: RefreshChange, at: string): void {
      for (const row of drop.length > 0 ? open.all(entity) : []) {
        const { key, fields } = refreshOf(row);
        const kept = fields.filter((name) => !drop.includes(name));
        if (kept.length === 0) remove.run(key);
        else if (kept.length < fields.length) rename.run(JSON.stringify(kept), key);
      }
      forget.run(new Date(Date.parse(at) - keptMs).toISOString());
      for (const { key, fields, period } of begin) {
        add.run(key, entity, JSON.stringify(fields), period && JSON.stringify(period), at);
        if (period) filled.within(fields, period);
      }
      if (widen !== undefined) widenOne.run(widen);
    },
    /** Nothing where it is not under way any more. @param continues see `Batch`. */
    fill(fill: Fill, at: string, continues: string | null | undefined): void {
      const { key, next, isDone, columns, rows, failures, read } = fill;
      const refresh = openOne(key);
      if (!refresh) return;
      if (continues !== undefined && continues !== refresh.next) throw behind();
      const { write, isUpdated } = filler;
      let stored = 0;
      for (const row of rows) {
        const outcome = write(columns, row);
        if (outcome === 'stored') stored += 1;
        else if (outcome !== 'kept') errors.record(outcome, at);
      }
      for (const failure of failures) if (isUpdated(failure.id)) errors.record(failure, at);
      goOn.run(next, read, stored, isDone ? at : null, key);
      if (isDone && refresh.period === null) filled.whole(refresh.fields);
    },
    leaveToReread: (): void => void leaveToReread.run(entity),
    endWithReread(at: string): void {
      endWithReread.run(at, entity);
      filled.whole(plan.columns.map(({ name }) => name));
    },
  };
}

function prepareStatements(db: DatabaseSync) {
  return {
    open: db.prepare('SELECT * FROM _refresh WHERE entity = ? AND ended_at IS NULL'),
    rename: db.prepare('UPDATE _refresh SET fields = ? WHERE key = ?'),
    remove: db.prepare('DELETE FROM _refresh WHERE key = ?'),
    forget: db.prepare('DELETE FROM _refresh WHERE ended_at < ?'),
    add: db.prepare('INSERT INTO _refresh (key, entity, fields, period, started_at) VALUES (?, ?, ?, ?, ?)'),
    widenOne: db.prepare(
      'UPDATE _refresh SET period = NULL, next = NULL, read = 0, stored = 0 WHERE key = ? AND ended_at IS NULL',
    ),
    goOn: db.prepare(
      'UPDATE _refresh SET next = ?, read = read + ?, stored = stored + ?, ended_at = ? WHERE key = ?',
    ),
    leaveToReread: db.prepare(
      'UPDATE _refresh SET by_reread = 1, period = NULL, next = NULL WHERE entity = ? AND ended_at IS NULL',
    ),
    endWithReread: db.prepare(
      `UPDATE _refresh SET ended_at = ?1, (read, stored) = (SELECT read, read - filtered FROM _tally
       WHERE entity = ?2) WHERE entity = ?2 AND ended_at IS NULL AND by_reread = 1`,
    ),
  };
}

/** Rows that are deleted, or that the filter keeps out, stay as they are; so does what is newer than what was read. */
function createFiller(db: DatabaseSync, { entity, primaryId }: EntityPlan) {
  const table = quoted(entity);
  const which = `${quoted(primaryId)} = ?1 AND _deleted_at IS NULL AND _stale_since IS NULL`;
  const find = db.prepare(`SELECT 1 FROM ${table} WHERE ${which}`);
  const updates = new Map<string, StatementSync>();
  const updateOf = (columns: readonly string[]): StatementSync => {
    const key = columns.join();
    const version = `?${columns.length + 1}`;
    const values = columns.slice(1).map((name, index) => `${quoted(name)} = ?${index + 2}`);
    const found =
      updates.get(key) ??
      db.prepare(
        `UPDATE ${table} SET ${values.join(', ')} WHERE ${which}
         AND (${version} IS NULL OR _version IS NULL OR ${version} >= _version)`,
      );
    updates.set(key, found);
    return found;
  };
  return {
    write(columns: readonly string[], { values, version }: UpsertRow): 'stored' | 'kept' | RowFailure {
      try {
        return updateOf(columns).run(...values, version).changes > 0 ? 'stored' : 'kept';
      } catch (error) {
        return refusedRow(error, String(values[0] ?? ''));
      }
    },
    isUpdated: (id: string): boolean => find.get(id) !== undefined,
  };
}
