import { chmod } from 'node:fs/promises';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { AppError } from '../lib/errors.ts';
import { createSerial } from '../lib/serial.ts';
import { type ConnectionStore, emptyDocument } from '../ports/connection-store.ts';
import { fileSchema, type StateFile } from './document-schema.ts';

/**
 * How many entries of the history are kept: the file is written whole on every change, and a megabyte of it
 * would hold up Slack for milliseconds each time.
 */
const historyLimit = 2_000;

/**
 * The connection in a JSON file. `Low` with `JSONFile`, not lowdb's preset: the preset keeps nothing on disk
 * where `NODE_ENV` is `test`. Its `update` does not wait either, so changes are synchronous and queued here.
 *
 * @throws AppError `unexpected` when the file is not one of ours: it is left as it is for a person to look at.
 */
export async function openFileStore(path: string): Promise<ConnectionStore> {
  const empty: StateFile = { version: 1, connection: emptyDocument, history: [] };
  const low = new Low<unknown>(new JSONFile(path), empty);
  await low.read().catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  let file = parseFile(low.data, path);
  const serial = createSerial();

  return {
    read: async () => file.connection,
    update: (change) =>
      serial(async () => {
        const { document: connection, audit = [] } = change(file.connection);
        if (connection === file.connection && audit.length === 0) return connection;
        const history = shorten([...file.history, ...audit]);
        const next: StateFile = { version: 1, connection, history };
        low.data = next;
        try {
          await low.write();
          await chmod(path, 0o600);
        } catch (cause) {
          throw unwritable(path, cause);
        }
        // Only what is on disk counts: a failed write must not be answered from memory.
        file = next;
        return connection;
      }),
    history: async (limit) => file.history.slice(-limit).reverse(),
  };
}

/** Refusals go first: nobody without the right must be able to push out what admins did. */
function shorten(history: StateFile['history']): StateFile['history'] {
  if (history.length <= historyLimit) return history;
  const oldestRefusal = history.findIndex(({ action }) => action === 'access.refused');
  const index = oldestRefusal < 0 ? 0 : oldestRefusal;
  return shorten(history.toSpliced(index, 1));
}

function parseFile(data: unknown, path: string): StateFile {
  const parsed = fileSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  throw unreadable(path, parsed.error);
}

function unreadable(path: string, cause: unknown): AppError {
  const message = `The state file ${path} cannot be read. Put back a copy of it, or move it away to start anew.`;
  return new AppError('unexpected', message, { recovery: 'stop', cause });
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EROFS: 'read-only',
  EACCES: 'no-permission',
  EPERM: 'no-permission',
  ENOENT: 'no-directory',
  ENOTDIR: 'no-directory',
  EIO: 'disk-failed',
};

function unwritable(path: string, cause: unknown): AppError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return new AppError('state-unwritable', `The state file ${path} cannot be written`, {
    recovery: 'retry',
    details: { reason: reasons[code] ?? '', original: code },
    cause,
  });
}
