import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { DestinationReader } from '../ports/destination.ts';
import { toDestinationFault } from './sqlite-fault.ts';
import { hasTable, readFailures, readTallies } from './sqlite-read.ts';

/**
 * Looks at the destination from a thread that must neither write nor wait: a query takes a fraction of a
 * millisecond. May be opened before the file exists; the writer may be at work at the same time.
 */
export function openSqliteReader({ path }: { path: string }): DestinationReader {
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
    tallies: async () => read(readTallies),
    failures: async () => read(readFailures),
    async close() {
      open?.close();
      open = null;
    },
  };
}
