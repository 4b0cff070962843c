import type { Destination } from '../ports/destination.ts';
import { readActivity, readCycle, saveCycle } from './sqlite-activity.ts';
import { checkFile } from './sqlite-check.ts';
import { countPresent, countUnmet, findDiffering } from './sqlite-deletes.ts';
import { toDestinationFault, unwritable } from './sqlite-fault.ts';
import { readFields } from './sqlite-field-book.ts';
import { inTransaction, type SqliteOptions } from './sqlite-file.ts';
import { createHandle } from './sqlite-handle.ts';
import { allowHeld, dropHeld, readHeld, saveHeld } from './sqlite-held.ts';
import { readCheckpoint, readComparedAt, readFailedRows, readFailures, readTallies } from './sqlite-read.ts';
import { readRefreshes } from './sqlite-refresh.ts';

const usualRetryMs = 5 * 60_000;

/**
 * The marketing database in one SQLite file. Opened by `prepare`; every call works synchronously underneath, so
 * it belongs into a thread that nobody waits for.
 */
export function openSqlite(options: SqliteOptions): Destination {
  const handle = createHandle(options);
  const { ready } = handle;
  /** Runs at once, but reports faults as a rejection, translated. */
  const attempt = async <T>(work: () => T): Promise<T> => {
    try {
      return work();
    } catch (error) {
      throw toDestinationFault(error);
    }
  };

  return {
    prepare: (organizationId, plans, retryMs = usualRetryMs) =>
      attempt(() => handle.prepare({ organizationId: organizationId.toLowerCase(), plans, retryMs })),
    check: (organizationId) => attempt(() => checkFile(options.path, organizationId)),
    fields: () => attempt(() => readFields(options.path)),
    refreshes: () => attempt(() => readRefreshes(ready().db)),
    checkpoint: (entity) =>
      attempt(() => {
        const { db } = ready();
        handle.outdated.delete(entity);
        return readCheckpoint(db, entity);
      }),
    commit: (plan, batch) =>
      attempt(() => {
        const { db, writers } = ready();
        const entry = writers.get(plan.entity);
        if (entry?.plan !== plan) throw new Error(`The plan of ${plan.entity} has not been prepared`);
        if (handle.outdated.has(plan.entity)) throw unwritable('gone', 'retry');
        inTransaction(db, () => entry.writer.write(batch));
      }),
    comparedAt: (entity) => attempt(() => readComparedAt(ready().db, entity)),
    findDiffering: (plan, versions) => attempt(() => findDiffering(ready().db, plan, versions)),
    countPresent: (plan, ids) => attempt(() => countPresent(ready().db, plan, ids)),
    countUnmet: (plan, ids) => attempt(() => countUnmet(ready().db, plan, ids)),
    tallies: () => attempt(() => readTallies(ready().db)),
    failures: () => attempt(() => readFailures(ready().db)),
    failedRows: (of, offset, limit) => attempt(() => readFailedRows(ready().db, of, offset, limit)),
    activity: (since) => attempt(() => readActivity(ready().db, since)),
    saveCycle: (cycle) => attempt(() => saveCycle(ready().db, cycle)),
    lastCycle: () => attempt(() => readCycle(ready().db)),
    held: () => attempt(() => readHeld(ready().db)),
    saveHeld: (held) =>
      attempt(() => {
        const { db } = ready();
        if (handle.outdated.has(held.entity)) throw unwritable('gone', 'retry');
        saveHeld(db, held);
      }),
    allowHeld: (entity) => attempt(() => allowHeld(ready().db, entity)),
    dropHeld: (entity) => attempt(() => dropHeld(ready().db, entity)),
    close: () => attempt(() => handle.close()),
  };
}
