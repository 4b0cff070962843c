import { DatabaseSync } from 'node:sqlite';
import type { DestinationReader } from '../ports/destination.ts';
import { readActivity, readCycle } from './sqlite-activity.ts';
import { toDestinationFault } from './sqlite-fault.ts';
import { identify } from './sqlite-file.ts';
import { hasTable, readFailedRows, readFailures, readTallies } from './sqlite-read.ts';

/**
 * Looks at the destination from a thread that must neither write nor wait: a query takes a fraction of a
 * millisecond. May be opened before the file exists; the writer may be at work at the same time, and make the file
 * anew.
 */
export function openSqliteReader({ path }: { path: string }): DestinationReader {
  let open: DatabaseSync | null = null;
  let file: string | null = null;
  const close = (): void => {
    open?.close();
    open = null;
  };
  const read = <T>(query: (db: DatabaseSync) => T[]): T[] => {
    try {
      const present = identify(path);
      if (present !== file) close();
      file = present;
      if (file === null) return [];
      open ??= new DatabaseSync(path, { readOnly: true, timeout: 100 });
      // The writer makes all of its tables in one transaction.
      return hasTable(open, '_tally') ? query(open) : [];
    } catch (error) {
      throw toDestinationFault(error);
    }
  };
  return {
    tallies: async () => read(readTallies),
    failures: async () => read(readFailures),
    failedRows: async (of, offset, limit) => read((db) => readFailedRows(db, of, offset, limit)),
    activity: async (since) => read((db) => readActivity(db, since)),
    // A file of before, that the sync has not opened yet, knows none.
    lastCycle: async () => read((db) => (hasTable(db, '_cycle') ? [readCycle(db)] : []))[0] ?? null,
    close: async () => close(),
  };
}
