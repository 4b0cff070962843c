import type { DatabaseSync } from 'node:sqlite';
import type { EntityPlan } from '../model/selection.ts';
import type { Destination } from '../ports/destination.ts';
import { checkFile } from './sqlite-check.ts';
import { foreign, toDestinationFault } from './sqlite-fault.ts';
import { inTransaction, openFile, type SqliteOptions } from './sqlite-file.ts';
import { createPersonView } from './sqlite-person-view.ts';
import { readCheckpoint, readFailures, readStamp, readTallies } from './sqlite-read.ts';
import { createEntityTable, createHousekeeping } from './sqlite-schema.ts';
import { createEntityWriter, type EntityWriter } from './sqlite-writer.ts';

interface Prepared {
  db: DatabaseSync;
  writers: ReadonlyMap<string, { plan: EntityPlan; writer: EntityWriter }>;
}

/**
 * The marketing database in one SQLite file. Opened by `prepare`; every call works synchronously underneath, so
 * it belongs into a thread that nobody waits for.
 */
export function openSqlite(options: SqliteOptions): Destination {
  let db: DatabaseSync | null = null;
  let prepared: Prepared | null = null;

  /** Runs at once, but reports faults as a rejection, translated. */
  const attempt = async <T>(work: () => T): Promise<T> => {
    try {
      return work();
    } catch (error) {
      throw toDestinationFault(error);
    }
  };
  const ready = (): Prepared => {
    if (!prepared) throw new Error('The destination has not been prepared');
    return prepared;
  };

  return {
    prepare: (organizationId, plans) =>
      attempt(() => {
        db ??= openFile(options);
        prepared = prepare(db, organizationId.toLowerCase(), plans);
      }),
    check: (organizationId) => attempt(() => checkFile(options.path, organizationId)),
    checkpoint: (entity) => attempt(() => readCheckpoint(ready().db, entity)),
    commit: (plan, batch) =>
      attempt(() => {
        const entry = ready().writers.get(plan.entity);
        if (entry?.plan !== plan) throw new Error(`The plan of ${plan.entity} has not been prepared`);
        inTransaction(ready().db, () => entry.writer.write(batch));
      }),
    tallies: () => attempt(() => readTallies(ready().db)),
    failures: () => attempt(() => readFailures(ready().db)),
    close: () =>
      attempt(() => {
        db?.close();
        db = null;
        prepared = null;
      }),
  };
}

function prepare(db: DatabaseSync, organizationId: string, plans: readonly EntityPlan[]): Prepared {
  const stamp = readStamp(db);
  if (stamp !== null && stamp !== organizationId) throw foreign(stamp);
  inTransaction(db, () => {
    createHousekeeping(db);
    if (stamp === null) {
      const insert = db.prepare('INSERT INTO _organization (id, stamped_at) VALUES (?, ?)');
      insert.run(organizationId, new Date().toISOString());
    }
    for (const plan of plans) createEntityTable(db, plan);
    createPersonView(db);
  });
  const writers = plans.map((plan) => [plan.entity, { plan, writer: createEntityWriter(db, plan) }] as const);
  return { db, writers: new Map(writers) };
}
