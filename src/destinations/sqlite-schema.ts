import type { DatabaseSync } from 'node:sqlite';
import type { FieldType } from '../model/entity.ts';
import type { EntityPlan } from '../model/selection.ts';
import { type StoredColumn, storedColumns } from '../model/stored-columns.ts';
import { addColumn, columnTypes } from './sqlite-columns.ts';
import { createFieldBook, noteFields } from './sqlite-field-book.ts';
import { quoted } from './sqlite-file.ts';
import { heldTable } from './sqlite-held.ts';
import { createRefreshTable } from './sqlite-refresh.ts';

/** Bookkeeping beside the rows. */
const housekeeping = `
CREATE TABLE IF NOT EXISTS _organization (
  id TEXT PRIMARY KEY NOT NULL, stamped_at TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS _checkpoint (
  entity TEXT PRIMARY KEY NOT NULL, phase TEXT NOT NULL, link TEXT, next TEXT, asked TEXT NOT NULL,
  saved_at TEXT NOT NULL, followed_at TEXT, compared_at TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS _tally (
  entity TEXT PRIMARY KEY NOT NULL, rows INTEGER NOT NULL DEFAULT 0, read INTEGER NOT NULL DEFAULT 0,
  filtered INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS _sync_error (
  entity TEXT NOT NULL, id TEXT NOT NULL, operation TEXT NOT NULL, direction TEXT NOT NULL,
  code TEXT NOT NULL, message TEXT NOT NULL, first_at TEXT NOT NULL, last_at TEXT NOT NULL,
  attempts INTEGER NOT NULL, next_at TEXT, PRIMARY KEY (entity, id)
) STRICT;
CREATE TABLE IF NOT EXISTS _activity (
  entity TEXT NOT NULL, at TEXT NOT NULL, changed INTEGER NOT NULL, deleted INTEGER NOT NULL,
  PRIMARY KEY (entity, at)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS _cycle (
  one INTEGER PRIMARY KEY CHECK (one = 1), started_at TEXT NOT NULL, ended_at TEXT NOT NULL,
  changed INTEGER NOT NULL, deleted INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS _met (
  entity TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (entity, id)
) STRICT, WITHOUT ROWID;
`;

const ownColumns = '_synced_at TEXT, _deleted_at TEXT, _stale_since TEXT, _version INTEGER';

const integerTypes: readonly FieldType[] = ['BigInt', 'Boolean', 'Integer', 'Picklist', 'State', 'Status'];

/** Money and decimals are text, so that every digit is kept. */
function sqlType({ kind, of }: StoredColumn): string {
  if (kind !== 'value') return 'TEXT';
  if (integerTypes.includes(of.type)) return 'INTEGER';
  return of.type === 'Double' ? 'REAL' : 'TEXT';
}

export function createHousekeeping(db: DatabaseSync): void {
  db.exec(housekeeping + heldTable);
  // Files of before do not have them.
  addColumn(db, '_sync_error', 'next_at');
  addColumn(db, '_checkpoint', 'compared_at');
  createFieldBook(db);
  createRefreshTable(db);
}

/** Makes the entity's table, or adds the columns it does not have yet, and mends those of another type. */
export function createEntityTable(db: DatabaseSync, plan: EntityPlan, at: string): void {
  const table = quoted(plan.entity);
  const columns = storedColumns(plan).map((column) => ({ name: column.name, type: sqlType(column) }));
  const present = columnTypes(db, plan.entity);
  if (present.size === 0) {
    forgetProgress(db, plan.entity);
    const fields = columns.map(({ name, type }) =>
      name === plan.primaryId ? `${quoted(name)} ${type} PRIMARY KEY NOT NULL` : `${quoted(name)} ${type}`,
    );
    db.exec(`CREATE TABLE ${table} (${fields.join(', ')}, ${ownColumns}) STRICT`);
    // Partial, so that it costs nothing for the rows that are there, and counts the others at once.
    const index = quoted(`_deleted_${plan.entity}`);
    db.exec(`CREATE INDEX ${index} ON ${table} (_deleted_at) WHERE _deleted_at IS NOT NULL`);
  } else {
    for (const { name, type } of columns) {
      const before = present.get(name);
      if (before === undefined) db.exec(`ALTER TABLE ${table} ADD COLUMN ${quoted(name)} ${type}`);
      else if (before !== type && name !== plan.primaryId) changeType(db, table, name, type);
    }
  }
  noteFields(db, plan, at);
  // Counted anew, in case somebody has removed rows by hand.
  db.prepare(
    `INSERT INTO _tally (entity, rows) VALUES (?, (SELECT count(*) FROM ${table}))
     ON CONFLICT (entity) DO UPDATE SET rows = excluded.rows`,
  ).run(plan.entity);
}

/** A table that somebody has dropped is copied anew: what was remembered of it is not true any more. */
function forgetProgress(db: DatabaseSync, entity: string): void {
  for (const book of ['_checkpoint', '_tally', '_met', '_refresh', '_held_deletes']) {
    db.prepare(`DELETE FROM ${book} WHERE entity = ?`).run(entity);
  }
  db.prepare('UPDATE _field SET filled_for = NULL WHERE entity = ?').run(entity);
}

/** Values that read the same in the new type are kept; the others are empty until the table is read again. */
function changeType(db: DatabaseSync, table: string, name: string, type: string): void {
  const column = quoted(name);
  const fresh = quoted(`_kept_${name}`);
  // Views over the column would keep it from being dropped; they mean the one that takes its name.
  db.exec('PRAGMA legacy_alter_table = ON');
  try {
    db.exec(`ALTER TABLE ${table} ADD COLUMN ${fresh} ${type}`);
    db.exec(
      `UPDATE ${table} SET ${fresh} = CAST(${column} AS ${type})
       WHERE CAST(CAST(${column} AS ${type}) AS TEXT) = CAST(${column} AS TEXT)`,
    );
    db.exec(`ALTER TABLE ${table} DROP COLUMN ${column}`);
    // Not renamed: that would look into the views, too.
    db.exec(`ALTER TABLE ${table} ADD COLUMN ${column} ${type}`);
    db.exec(`UPDATE ${table} SET ${column} = ${fresh} WHERE ${fresh} IS NOT NULL`);
    db.exec(`ALTER TABLE ${table} DROP COLUMN ${fresh}`);
  } finally {
    db.exec('PRAGMA legacy_alter_table = OFF');
  }
}
