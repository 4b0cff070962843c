import type { DatabaseSync } from 'node:sqlite';

/** For a file that was made before the column was kept. */
export function addColumn(db: DatabaseSync, book: string, name: string): void {
  if (!columnNames(db, book).has(name)) db.exec(`ALTER TABLE ${book} ADD COLUMN ${name} TEXT`);
}

/** Empty when there is no such table. */
export function columnNames(db: DatabaseSync, table: string): Set<string> {
  return new Set(columnTypes(db, table).keys());
}

export function columnTypes(db: DatabaseSync, table: string): Map<string, string> {
  const rows = db.prepare('SELECT name, type FROM pragma_table_info(?)').all(table);
  return new Map(rows.map(({ name, type }) => [String(name), String(type)]));
}
