import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

export interface StoredRows {
  stored: number;
  deleted: number;
}

/** Looks into the bot's database from outside, as its users do. Null where there is no such table yet. */
export function countStoredRows(path: string, entities: readonly string[]): (StoredRows | null)[] {
  if (!existsSync(path)) return entities.map(() => null);
  const db = new DatabaseSync(path, { readOnly: true, timeout: 500 });
  try {
    const hasTable = db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?");
    return entities.map((entity) => {
      if (!hasTable.get(entity)) return null;
      const row = db.prepare(`SELECT count(*) AS n, count(_deleted_at) AS deleted FROM "${entity}"`).get();
      const deleted = Number(row?.deleted);
      return { stored: Number(row?.n) - deleted, deleted };
    });
  } finally {
    db.close();
  }
}
