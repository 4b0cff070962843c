import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../lib/errors.ts';

/**
 * Makes the folder where it is not there yet.
 * @throws AppError `setting-refused` where the bot could not write in it.
 */
export function openFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('setting-refused', `DATA_DIR must be a folder the bot may write in: ${reason}`, {
      recovery: 'ask-admin',
      cause,
    });
  }
}

/**
 * Makes this process the only owner of a data folder. The lock is the operating system's, held through an open
 * SQLite file, so that it is gone the moment the process is, however it ended; a file with a process id in it
 * would outlive a kill, and in containers every process has the same id.
 *
 * @returns how to let go of it.
 * @throws AppError `unexpected` when another process has it.
 */
export function lockFolder(folder: string): () => void {
  const lock = new DatabaseSync(join(folder, 'lock.db'));
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    const message = `Another process already works with ${folder}. Stop it first, or give this one its own DATA_DIR.`;
    throw new AppError('unexpected', message, { recovery: 'stop', cause });
  }
  return () => lock.close();
}
