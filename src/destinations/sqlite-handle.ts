import type { DatabaseSync } from 'node:sqlite';
import type { EntityPlan } from '../model/selection.ts';
import { foreign } from './sqlite-fault.ts';
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
  return {
    outdated,
    prepare(asking: Asked): void {
      asked = null;
      open(asking);
      outdated.clear();
      asked = asking;
    },
    ready(): Prepared {
      if (!asked) throw new Error('The destination has not been prepared');
      if (prepared && identify(options.path) === file) return prepared;
      for (const { entity } of asked.plans) outdated.add(entity);
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
  inTransaction(db, () => {
    createHousekeeping(db);
    if (stamp === null) {
      const insert = db.prepare('INSERT INTO _organization (id, stamped_at) VALUES (?, ?)');
      insert.run(organizationId, new Date().toISOString());
    }
    for (const plan of plans) createEntityTable(db, plan);
    createPersonView(db);
  });
  const writerOf = (plan: EntityPlan) => ({ plan, writer: createEntityWriter(db, plan, retryMs) });
  const writers = plans.map((plan) => [plan.entity, writerOf(plan)] as const);
  return { db, writers: new Map(writers) };
}
