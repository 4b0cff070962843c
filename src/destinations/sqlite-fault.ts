import { AppError, type Recovery } from '../lib/errors.ts';
import type { RowFailure } from '../ports/destination.ts';

/** Why the file cannot be written, for the text; and whether that may pass by itself. */
const reasons: Readonly<Record<number, readonly [reason: string, recovery: Recovery]>> = {
  3: ['no-permission', 'ask-admin'],
  5: ['locked', 'retry'],
  6: ['locked', 'retry'],
  8: ['read-only', 'ask-admin'],
  10: ['disk-failed', 'retry'],
  11: ['damaged', 'ask-admin'],
  13: ['disk-full', 'retry'],
  14: ['no-permission', 'ask-admin'],
  26: ['not-a-database', 'ask-admin'],
};

/** TOOBIG, CONSTRAINT, MISMATCH: SQLite has undone the one statement and the transaction goes on. */
const rowCodes = [18, 19, 20];

/** The `SQLITE_…` result code without its extension; null when SQLite did not say it. */
function resultCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  return error.errcode & 0xff;
}

/** Whether only the row is at fault: its values were refused, and nothing else was. */
function refusesRow(error: unknown): boolean {
  const code = resultCode(error);
  if (code !== null) return rowCodes.includes(code);
  const name = error instanceof Error && 'code' in error ? error.code : null;
  return name === 'ERR_INVALID_ARG_TYPE' || name === 'ERR_INVALID_ARG_VALUE' || name === 'ERR_OUT_OF_RANGE';
}

/** The sync error of a row whose values were refused. @throws the error itself where it is about more than the row. */
export function refusedRow(error: unknown, id: string): RowFailure {
  if (!refusesRow(error)) throw error;
  return { id, code: 'row-refused', message: error instanceof Error ? error.message : String(error) };
}

/** What SQLite or the file system throws, as the fault a person can read. A bug stays what it is. */
export function toDestinationFault(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const known = reasons[resultCode(error) ?? -1];
  if (known) return unwritable(known[0], known[1], error);
  const name = error instanceof Error && 'code' in error ? error.code : null;
  if (name === 'ENOSPC') return unwritable('disk-full', 'retry', error);
  if (name === 'EROFS') return unwritable('read-only', 'ask-admin', error);
  if (name === 'EACCES' || name === 'EPERM') return unwritable('no-permission', 'ask-admin', error);
  if (name === 'ENOTDIR' || name === 'EEXIST') return unwritable('no-directory', 'ask-admin', error);
  return error;
}

export function unwritable(reason: string, recovery: Recovery, cause?: unknown): AppError {
  return new AppError('destination-unwritable', `The destination cannot be written: ${reason}`, {
    recovery,
    details: { reason },
    cause,
  });
}

/** A batch goes on from one that was refused. */
export const behind = (): AppError => unwritable('behind', 'retry');

export function foreign(found: string): AppError {
  return new AppError('destination-foreign', 'The destination belongs to another organization', {
    recovery: 'stop',
    details: { organization: found },
  });
}
