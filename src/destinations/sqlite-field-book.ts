import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { fieldTypes } from '../model/entity.ts';
import { boundsOf, type Period } from '../model/period.ts';
import type { EntityPlan } from '../model/selection.ts';
import type { StoredField } from '../ports/destination.ts';
import { addColumn } from './sqlite-columns.ts';

/**
 * `_field`: every field that was ever stored, its type, until when its values were kept up to date, and where it was
 * filled in for some of the rows only, which these were.
 */
export function createFieldBook(db: DatabaseSync): void {
  db.exec(`CREATE TABLE IF NOT EXISTS _field (
    entity TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, updated_until TEXT, type_changed_at TEXT,
    filled_for TEXT, PRIMARY KEY (entity, name)
  ) STRICT`);
  // A file made before these were kept.
  for (const name of ['updated_until', 'type_changed_at', 'filled_for']) addColumn(db, '_field', name);
}

/** The plan's fields with their types; of those that have another one in Dynamics, since when that is known. */
export function noteFields(db: DatabaseSync, plan: EntityPlan, at: string): void {
  const others = new Set((plan.otherTypes ?? []).map(({ field }) => field));
  const note = db.prepare(
    `INSERT INTO _field (entity, name, type) VALUES (?, ?, ?)
     ON CONFLICT (entity, name) DO UPDATE SET type = excluded.type, updated_until = NULL`,
  );
  const change = db.prepare(
    `UPDATE _field SET type_changed_at = CASE WHEN ?3 THEN coalesce(type_changed_at, ?4) END
     WHERE entity = ?1 AND name = ?2`,
  );
  for (const { name, type } of plan.columns) note.run(plan.entity, name, type);
  for (const name of [...plan.columns.map((column) => column.name), ...others]) {
    change.run(plan.entity, name, others.has(name) ? 1 : 0, at);
  }
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
  const others = new Set(
    plans.flatMap(({ entity, otherTypes = [] }) => otherTypes.map(({ field }) => `${entity} ${field}`)),
  );
  const forget = db.prepare('UPDATE _field SET type_changed_at = NULL WHERE entity = ? AND name = ?');
  for (const { entity, name } of db
    .prepare('SELECT entity, name FROM _field WHERE type_changed_at IS NOT NULL')
    .all()) {
    if (!others.has(`${entity} ${name}`)) forget.run(String(entity), String(name));
  }
  for (const { entity, name } of db
    .prepare('SELECT entity, name FROM _field WHERE updated_until IS NULL')
    .all()) {
    if (!planned.has(`${entity} ${name}`)) mark.run(at, String(entity), String(name));
  }
}

/** Keeps for which rows the fields of one entity were filled in; the others have them once they change. */
export function createFilledNotes(db: DatabaseSync, entity: string) {
  const note = db.prepare('UPDATE _field SET filled_for = ? WHERE entity = ? AND name = ?');
  return {
    /** As a condition on the rows as they are stored. */
    within(fields: readonly string[], period: Period): void {
      const { by, from, before } = boundsOf(period);
      const end = before === null ? '' : ` AND ${by} < '${before}'`;
      for (const field of fields) note.run(`${by} >= '${from}'${end}`, entity, field);
    },
    whole(fields: readonly string[]): void {
      for (const field of fields) note.run(null, entity, field);
    },
  };
}

/** Those that are kept up to date, and those that would be, were they not of another type. */
export function readFields(path: string): StoredField[] {
  if (!existsSync(path)) return [];
  const db = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  try {
    const columns = db.prepare("SELECT name FROM pragma_table_info('_field')").all();
    if (!columns.some(({ name }) => name === 'type_changed_at')) return [];
    const rows = db
      .prepare(
        `SELECT entity, name, type, type_changed_at AS at FROM _field
         WHERE updated_until IS NULL OR type_changed_at IS NOT NULL`,
      )
      .all();
    return rows.flatMap(({ entity, name, type, at }) => {
      const known = fieldTypes.find((one) => one === type);
      if (!known) return [];
      return [
        {
          entity: String(entity),
          field: String(name),
          type: known,
          changedAt: at === null ? null : String(at),
        },
      ];
    });
  } finally {
    db.close();
  }
}
