import type { DatabaseSync } from 'node:sqlite';
import type { EntityPlan } from '../model/selection.ts';
import { quoted } from './sqlite-file.ts';

/** How many of these rows are there and not deleted. */
export function countPresent(
  db: DatabaseSync,
  { entity, primaryId }: EntityPlan,
  ids: ReadonlySet<string>,
): number {
  return countEach(
    db,
    `SELECT 1 FROM ${quoted(entity)} WHERE ${quoted(primaryId)} = ? AND _deleted_at IS NULL`,
    ids,
  );
}

/** Which of these rows are missing, marked as deleted, or of another version. */
export function findDiffering(
  db: DatabaseSync,
  { entity, primaryId }: EntityPlan,
  versions: ReadonlyMap<string, bigint>,
): string[] {
  const find = db.prepare(
    `SELECT 1 FROM ${quoted(entity)}
     WHERE ${quoted(primaryId)} = ? AND _deleted_at IS NULL AND coalesce(_version, 0) = ?`,
  );
  return [...versions].flatMap(([id, version]) => (find.get(id, version) ? [] : id));
}

/** How many rows of a reread or comparison have not been met so far, but for these. */
export function countUnmet(
  db: DatabaseSync,
  { entity, primaryId }: EntityPlan,
  ids: ReadonlySet<string>,
): number {
  const table = quoted(entity);
  const key = quoted(primaryId);
  const name = entity.replaceAll("'", "''");
  const unmet = `_deleted_at IS NULL AND NOT EXISTS
    (SELECT 1 FROM _met m WHERE m.entity = '${name}' AND m.id = ${table}.${key})`;
  const all = Number(db.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${unmet}`).get()?.n);
  return all === 0 ? 0 : all - countEach(db, `SELECT 1 FROM ${table} WHERE ${key} = ? AND ${unmet}`, ids);
}

function countEach(db: DatabaseSync, sql: string, ids: ReadonlySet<string>): number {
  const find = db.prepare(sql);
  let found = 0;
  for (const id of ids) if (find.get(id)) found += 1;
  return found;
}
