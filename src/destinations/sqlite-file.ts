import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface SqliteOptions {
  path: string;
  /** How long a write waits for another process's, in milliseconds. */
  busyMilliseconds?: number;
  /** The file may not become larger than this, in pages of 16 KiB. */
  maxPages?: number;
}

/** Opens the file for writing, and makes it and its folder when they are missing. */
export function openFile({ path, busyMilliseconds = 5000, maxPages }: SqliteOptions): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true });
  const db = new DatabaseSync(path, { timeout: busyMilliseconds });
  try {
    // Large pages and rare checkpoints are what keeps a table with random keys fast when it grows. The page size
    // only counts before the first table is made, and cannot be changed any more in WAL mode: keep this order.
    db.exec('PRAGMA page_size = 16384');
    db.exec('PRAGMA journal_mode = WAL');
    // FULL: a commit that was reported is on disk, also after a power cut. The checkpoint depends on it.
    db.exec('PRAGMA synchronous = FULL');
    db.exec('PRAGMA wal_autocheckpoint = 4000');
    db.exec('PRAGMA cache_size = -65536');
    if (maxPages !== undefined) db.exec(`PRAGMA max_page_count = ${maxPages}`);
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

/** Which file lies at the path: another text once it was replaced, null when it is gone. */
export function identify(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.dev}:${found.ino}` : null;
}

/** Runs `work` as one transaction: all of it is stored, or nothing. */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk ends the transaction by itself; a second ROLLBACK would hide the reason.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** A name as SQL: logical names come from the organization. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
