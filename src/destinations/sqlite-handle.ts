import type { DatabaseSync } from 'node:sqlite';
import type { EntityPlan } from '../model/selection.ts';
import { foreign } from './sqlite-fault.ts';
import { noteUnplanned } from './sqlite-field-book.ts';
import { identify, inTransaction, openFile, type SqliteOptions } from './sqlite-file.ts';
import { createPersonView } from './sqlite-person-view.ts';
import { readStamp } from './sqlite-read.ts';
import { createEntityTable, createHousekeeping } from './sqlite-schema.ts';
import { createEntityWriter, type EntityWriter } from './sqlite-writer.ts';

export interface Prepared {
  db: DatabaseSync;
  writers: ReadonlyMap<string, { plan: EntityPlan; writer: EntityWriter }>;
}

interface Asked {
  /** Lower case. */
  organizationId: string;
  plans: readonly EntityPlan[];
  retryMs: number;
}

/**
 * The open file. One that was deleted or replaced beside us would be written to unnoticed, and unseen: it is made
 * anew, and whoever works on an entity has to ask for its checkpoint again before anything of it is stored.
 */
export function createHandle(options: SqliteOptions) {
  let db: DatabaseSync | null = null;
  let prepared: Prepared | null = null;
  let file: string | null = null;
  let asked: Asked | null = null;
  /** Entities whose checkpoint, as last asked for, is of a file that is gone. */
  const outdated = new Set<string>();

  const close = (): void => {
    db?.close();
    db = null;
    prepared = null;
  };
  const open = (asking: Asked): Prepared => {
    if (db && identify(options.path) !== file) close();
    db ??= openFile(options);
    file = identify(options.path);
    prepared = prepare(db, asking);
    return prepared;
  };
  const markOutdated = ({ plans }: Asked): void => {
    for (const { entity } of plans) outdated.add(entity);
  };
  return {
    outdated,
    prepare(asking: Asked): void {
      if (prepared && asked && identify(options.path) !== file) markOutdated(asked);
      // Where this fails what was prepared before stays in use.
      open(asking);
      asked = asking;
    },
    ready(): Prepared {
      if (!asked) throw new Error('The destination has not been prepared');
      if (prepared && identify(options.path) === file) return prepared;
      markOutdated(asked);
      close();
      return open(asked);
    },
    close(): void {
      asked = null;
      close();
    },
  };
}

function prepare(db: DatabaseSync, { organizationId, plans, retryMs }: Asked): Prepared {
  const stamp = readStamp(db);
  if (stamp !== null && stamp !== organizationId) throw foreign(stamp);
  const now = new Date().toISOString();
  inTransaction(db, () => {
    createHousekeeping(db);
    if (stamp === null) {
      const insert = db.prepare('INSERT INTO _organization (id, stamped_at) VALUES (?, ?)');
      insert.run(organizationId, now);
    }
    for (const plan of plans) createEntityTable(db, plan, now);
    noteUnplanned(db, plans, now);
    createPersonView(db);
  });
  const writerOf = (plan: EntityPlan) => ({ plan, writer: createEntityWriter(db, plan, retryMs) });
  const writers = plans.map((plan) => [plan.entity, writerOf(plan)] as const);
  return { db, writers: new Map(writers) };
}
