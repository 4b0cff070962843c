import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { foreign } from './sqlite-fault.ts';
import { readStamp } from './sqlite-read.ts';

/**
 * Whether the file could be written, and is this organization's. Takes no lock and makes no file, so that it can
 * run while the sync does.
 */
export function checkFile(path: string, organizationId: string): void {
  accessSync(nearestFolder(path), constants.W_OK | constants.X_OK);
  if (!existsSync(path)) return;
  accessSync(path, constants.R_OK | constants.W_OK);
  const db = new DatabaseSync(path, { readOnly: true, timeout: 1000 });
  try {
    const stamp = readStamp(db);
    if (stamp !== null && stamp !== organizationId.toLowerCase()) throw foreign(stamp);
  } finally {
    db.close();
  }
}

/** The file's folder, or the first one above it that exists already. */
function nearestFolder(path: string): string {
  let folder = dirname(resolve(path));
  while (!existsSync(folder) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}
