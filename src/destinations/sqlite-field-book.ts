import type { DatabaseSync } from 'node:sqlite';
import type { EntityPlan } from '../model/selection.ts';
import type { TypeChange } from '../ports/destination.ts';

/** `_field`: every field that was ever stored, its type, and until when its values were kept up to date. */
export function createFieldBook(db: DatabaseSync): void {
  db.exec(`CREATE TABLE IF NOT EXISTS _field (
    entity TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, updated_until TEXT, type_changed_at TEXT,
    PRIMARY KEY (entity, name)
  ) STRICT`);
  // A file made before these were kept.
  const present = db.prepare("SELECT name FROM pragma_table_info('_field')").all();
  for (const name of ['updated_until', 'type_changed_at']) {
    if (!present.some((column) => column.name === name))
      db.exec(`ALTER TABLE _field ADD COLUMN ${name} TEXT`);
  }
}

/** @param changed names whose columns were made anew for another type. */
export function noteFields(db: DatabaseSync, plan: EntityPlan, changed: readonly string[], at: string): void {
  const note = db.prepare(
    `INSERT INTO _field (entity, name, type, type_changed_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (entity, name) DO UPDATE SET type = excluded.type, updated_until = NULL,
       type_changed_at = coalesce(excluded.type_changed_at, type_changed_at)`,
  );
  for (const { name, type } of plan.columns)
    note.run(plan.entity, name, type, changed.includes(name) ? at : null);
}

/** Fields that are in no plan any more: their values are as of the last time when all changes were fetched. */
export function noteUnplanned(db: DatabaseSync, plans: readonly EntityPlan[], at: string): void {
  const planned = new Set(
    plans.flatMap(({ entity, columns }) => columns.map(({ name }) => `${entity} ${name}`)),
  );
  const mark = db.prepare(
    `UPDATE _field SET updated_until =
       coalesce((SELECT followed_at FROM _checkpoint c WHERE c.entity = _field.entity), ?)
     WHERE entity = ? AND name = ?`,
  );
  for (const { entity, name } of db
    .prepare('SELECT entity, name FROM _field WHERE updated_until IS NULL')
    .all()) {
    if (!planned.has(`${entity} ${name}`)) mark.run(at, String(entity), String(name));
  }
}

export function readTypeChanges(db: DatabaseSync): TypeChange[] {
  const rows = db
    .prepare(
      'SELECT entity, name, type_changed_at AS at FROM _field WHERE type_changed_at IS NOT NULL ORDER BY 1, 2',
    )
    .all();
  return rows.map(({ entity, name, at }) => ({
    entity: String(entity),
    field: String(name),
    at: String(at),
  }));
}
