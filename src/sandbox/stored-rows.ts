import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

export interface StoredRows {
  stored: number;
  deleted: number;
}

/** Looks into the bot's database from outside, as its users do. Null where there is no such table yet. */
export function countStoredRows(path: string, entities: readonly string[]): (StoredRows | null)[] {
  if (!existsSync(path)) return entities.map(() => null);
  return read(path, (db) =>
    entities.map((entity) => {
      if (!hasTable(db, entity)) return null;
      const row = db.prepare(`SELECT count(*) AS n, count(_deleted_at) AS deleted FROM "${entity}"`).get();
      const deleted = Number(row?.deleted);
      return { stored: Number(row?.n) - deleted, deleted };
    }),
  );
}

/** One row as it is stored. Null where there is no such table yet, undefined where it has no such row. */
export function findStoredRow(
  path: string,
  entity: string,
  id: string,
): Record<string, unknown> | null | undefined {
  if (!existsSync(path)) return null;
  return read(path, (db) =>
    hasTable(db, entity) ? db.prepare(`SELECT * FROM "${entity}" WHERE "${entity}id" = ?`).get(id) : null,
  );
}

function hasTable(db: DatabaseSync, name: string): boolean {
  return db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(name) !== undefined;
}

function read<T>(path: string, look: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 500 });
  try {
    return look(db);
  } finally {
    db.close();
  }
}
