import type { DatabaseSync } from 'node:sqlite';
import type { HeldDeletes } from '../ports/destination.ts';

/** Deletes that wait for somebody's word, and the word. */
export const heldTable = `
CREATE TABLE IF NOT EXISTS _held_deletes (
  entity TEXT PRIMARY KEY NOT NULL, deletes INTEGER NOT NULL, rows INTEGER NOT NULL, since TEXT NOT NULL,
  allowed INTEGER
) STRICT;
`;

export function readHeld(db: DatabaseSync): HeldDeletes[] {
  const rows = db.prepare('SELECT * FROM _held_deletes ORDER BY since, entity').all();
  return rows.map((row) => ({
    entity: String(row.entity),
    deletes: Number(row.deletes),
    rows: Number(row.rows),
    since: String(row.since),
    allowed: row.allowed === null ? null : Number(row.allowed),
  }));
}

export function saveHeld(db: DatabaseSync, { entity, deletes, rows, since, allowed }: HeldDeletes): void {
  db.prepare(
    'INSERT OR REPLACE INTO _held_deletes (entity, deletes, rows, since, allowed) VALUES (?, ?, ?, ?, ?)',
  ).run(entity, deletes, rows, since, allowed);
}

/** Only what is there is allowed: in the meantime it may have been settled, or the file be another. */
export function allowHeld(db: DatabaseSync, entity: string): boolean {
  return db.prepare('UPDATE _held_deletes SET allowed = deletes WHERE entity = ?').run(entity).changes === 1;
}

export function dropHeld(db: DatabaseSync, entity: string): void {
  db.prepare('DELETE FROM _held_deletes WHERE entity = ?').run(entity);
}

/** What becomes of the deletes held back of one entity when a batch is written. */
export function createHeldLedger(
  db: DatabaseSync,
  entity: string,
): (settles: boolean, deleted: number) => void {
  const settle = db.prepare('DELETE FROM _held_deletes WHERE entity = ?');
  // A word is used up by what is deleted under it.
  const use = db.prepare(
    `UPDATE _held_deletes SET deletes = max(0, deletes - ?1), allowed = max(0, allowed - ?1) WHERE entity = ?2`,
  );
  return (settles, deleted) => {
    if (settles) settle.run(entity);
    else if (deleted > 0) use.run(deleted, entity);
  };
}
