import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EntityPlan } from '../model/selection.ts';
import { storedColumns } from '../model/stored-columns.ts';
import type { UpsertRow } from '../model/upsert-row.ts';
import type { Batch, RowFailure } from '../ports/destination.ts';
import { createActivityBook } from './sqlite-activity.ts';
import { createErrorBook } from './sqlite-errors.ts';
import { behind, refusedRow } from './sqlite-fault.ts';
import { quoted } from './sqlite-file.ts';
import { createHeldLedger } from './sqlite-held.ts';
import { createRefreshBook } from './sqlite-refresh.ts';

/** Writes batches of one entity. The caller holds the transaction. */
export interface EntityWriter {
  write(batch: Batch): void;
}

/** The statements are prepared once: a plan that has grown needs a new writer. */
export function createEntityWriter(db: DatabaseSync, plan: EntityPlan, retryMs: number): EntityWriter {
  const rows = prepareRows(db, plan);
  const errors = createErrorBook(db, plan.entity, retryMs);
  const met = createMetList(db, plan);
  const refreshes = createRefreshBook(db, plan, errors);
  const noteActivity = createActivityBook(db, plan.entity);
  const saveTally = db.prepare(
    'UPDATE _tally SET rows = rows + ?, read = read + ?, filtered = filtered + ? WHERE entity = ?',
  );
  const place = createPlaceBook(db, plan.entity);
  const noteHeld = createHeldLedger(db, plan.entity);

  const upsertAll = (batch: Batch): void => {
    const upsert = batch.reread || batch.compare ? rows.replace : rows.upsert;
    for (const row of batch.upserts) {
      const id = String(row.values[0] ?? '');
      const failure = tryUpsert(upsert, row, id, batch.at);
      if (failure) errors.record(failure, batch.at);
      else errors.settle(id);
      if (batch.reread) met.add(id);
    }
  };

  return {
    write(batch) {
      if (batch.continues !== undefined && !batch.fill) place.assertAt(batch.continues);
      if (batch.refreshes) refreshes.change(batch.refreshes, batch.at);
      if (batch.reread === 'begin' || batch.compare === 'begin') met.clear();
      if (batch.reread === 'begin') refreshes.leaveToReread();
      if (batch.reread === 'begin' || batch.recount) rows.resetTally.run(plan.entity);
      // Rows are never removed, and new ones get the next number: what the highest one grows by was added.
      const before = rows.highest();
      upsertAll(batch);
      let deleted = 0;
      for (const id of batch.deletes) {
        deleted += Number(rows.markDeleted.run(batch.at, id).changes);
        errors.settle(id);
      }
      for (const id of batch.stale) {
        rows.markStale.run(batch.at, id);
        errors.settle(id);
        if (batch.reread) met.add(id);
      }
      for (const failure of batch.failures) {
        errors.record(failure, batch.at);
        if (batch.reread) met.add(failure.id);
      }
      for (const id of batch.settled ?? []) errors.settle(id);
      for (const id of batch.present ?? []) met.add(id);
      if (batch.fill) refreshes.fill(batch.fill, batch.at, batch.continues);
      const isSweep = batch.reread === 'end' || batch.compare === 'end';
      const swept = isSweep ? met.sweep(batch.at) : 0;
      saveTally.run(rows.highest() - before, batch.read, batch.filtered, plan.entity);
      if (batch.reread === 'end') refreshes.endWithReread(batch.at);
      place.save(batch, isSweep);
      noteActivity(batch, batch.deletes.length + swept);
      noteHeld(batch.settlesHeld ?? false, deleted + swept);
    },
  };
}

/** Where the entity stands, and when it was known which rows there are. */
function createPlaceBook(db: DatabaseSync, entity: string) {
  const find = db.prepare('SELECT next FROM _checkpoint WHERE entity = ?');
  const save = db.prepare(
    `INSERT INTO _checkpoint (entity, phase, link, next, asked, saved_at, followed_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (entity) DO UPDATE SET phase = excluded.phase, link = excluded.link, next = excluded.next,
       asked = excluded.asked, saved_at = excluded.saved_at,
       followed_at = coalesce(excluded.followed_at, followed_at)`,
  );
  const noteCompared = db.prepare('UPDATE _checkpoint SET compared_at = ? WHERE entity = ?');
  return {
    /** @throws AppError where the batch before, which was to lead to that place, was not stored. */
    assertAt(next: string | null): void {
      if (find.get(entity)?.next !== next) throw behind();
    },
    save({ checkpoint, followed, at }: Batch, isSweep: boolean): void {
      if (checkpoint) {
        const { phase, link, next, asked } = checkpoint;
        save.run(entity, phase, link, next, asked, at, followed ? at : null);
      }
      // What is copied for the first time is compared with that.
      if (isSweep || checkpoint?.phase === 'copying') noteCompared.run(at, entity);
    },
  };
}

/** A row SQLite refuses fails alone: the statement is undone, the transaction goes on. */
function tryUpsert(upsert: StatementSync, row: UpsertRow, id: string, at: string): RowFailure | null {
  try {
    upsert.run(...row.values, at, row.version);
    return null;
  } catch (error) {
    return refusedRow(error, id);
  }
}

function prepareRows(db: DatabaseSync, plan: EntityPlan) {
  const table = quoted(plan.entity);
  const key = quoted(plan.primaryId);
  const fields = storedColumns(plan).map(({ name }) => quoted(name));
  const all = [...fields, '_synced_at', '_version'];
  const updates = all.filter((name) => name !== key).map((name) => `${name} = excluded.${name}`);
  const highest = db.prepare(`SELECT max(rowid) AS n FROM ${table}`);
  const replace = `INSERT INTO ${table} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')})
    ON CONFLICT (${key}) DO UPDATE SET ${updates.join(', ')}, _deleted_at = NULL, _stale_since = NULL`;
  return {
    highest: () => Number(highest.get()?.n ?? 0),
    /** Whatever the version: an organization that was restored from a backup goes back in its versions. */
    replace: db.prepare(replace),
    upsert: db.prepare(
      `${replace} WHERE excluded._version IS NULL OR ${table}._version IS NULL
       OR excluded._version >= ${table}._version OR ${table}._deleted_at IS NOT NULL`,
    ),
    markDeleted: db.prepare(`UPDATE ${table} SET _deleted_at = ? WHERE ${key} = ? AND _deleted_at IS NULL`),
    markStale: db.prepare(`UPDATE ${table} SET _stale_since = ? WHERE ${key} = ? AND _stale_since IS NULL`),
    resetTally: db.prepare('UPDATE _tally SET read = 0, filtered = 0 WHERE entity = ?'),
  };
}

/** The ids met while a table is read again or compared; kept in the file, so that a restart goes on with them. */
function createMetList(db: DatabaseSync, plan: EntityPlan) {
  const insert = db.prepare('INSERT OR IGNORE INTO _met (entity, id) VALUES (?, ?)');
  const clear = db.prepare('DELETE FROM _met WHERE entity = ?');
  const key = quoted(plan.primaryId);
  const sweep = db.prepare(
    `UPDATE ${quoted(plan.entity)} SET _deleted_at = ?1 WHERE _deleted_at IS NULL
     AND NOT EXISTS (SELECT 1 FROM _met m WHERE m.entity = ?2 AND m.id = ${quoted(plan.entity)}.${key})`,
  );
  return {
    add: (id: string): void => void insert.run(plan.entity, id),
    clear: (): void => void clear.run(plan.entity),
    /** @returns how many rows it has marked. */
    sweep(at: string): number {
      const { changes } = sweep.run(at, plan.entity);
      clear.run(plan.entity);
      return Number(changes);
    },
  };
}
