import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { FailureGroup, Tally } from '../ports/destination.ts';
import { toDestinationFault } from './sqlite-fault.ts';
import { hasTable, readFailures, readTallies } from './sqlite-read.ts';

/** Looks at the destination from a thread that must neither write nor wait. */
export interface SqliteReader {
  /** Empty while there is no file, or nothing in it yet. */
  tallies(): Tally[];
  failures(): FailureGroup[];
  close(): void;
}

/** May be opened before the file exists; the writer may be at work at the same time. */
export function openSqliteReader({ path }: { path: string }): SqliteReader {
  let open: DatabaseSync | null = null;
  const read = <T>(query: (db: DatabaseSync) => T[]): T[] => {
    if (!open && !existsSync(path)) return [];
    try {
      open ??= new DatabaseSync(path, { readOnly: true, timeout: 100 });
      // The writer makes all of its tables in one transaction.
      return hasTable(open, '_tally') ? query(open) : [];
    } catch (error) {
      throw toDestinationFault(error);
    }
  };
  return {
    tallies: () => read(readTallies),
    failures: () => read(readFailures),
    close() {
      open?.close();
      open = null;
    },
  };
}
