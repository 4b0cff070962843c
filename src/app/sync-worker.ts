import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { createSecretReader } from '../config/secret-reader.ts';
import { openSqliteInThread } from '../destinations/sqlite-thread.ts';
import { createDynamics } from '../dynamics/dynamics.ts';
import { systemClock } from '../lib/clock.ts';
import { hostSync } from './sync-host.ts';
import type { SyncThreadData } from './sync-messages.ts';

/** The entry of the sync thread: puts its parts together. Started by `createSyncThread`. */
if (!parentPort) throw new Error('sync-worker.ts only runs as a worker thread');
const { destinationPath, secrets, rules } = workerData as SyncThreadData;
const reader = secrets ? { secrets: createSecretReader(secrets) } : {};

/**
 * Slack is answered first: where both cores are busy, the thread that answers gets one before this one does. Only
 * Linux has a priority per thread; elsewhere this would slow down the whole process.
 */
if (process.platform === 'linux') setPriority(0, 10);

hostSync({
  port: parentPort,
  openDestination: () => openSqliteInThread({ path: destinationPath }),
  connect: (credentials, log) =>
    createDynamics({ log, clock: systemClock, rules, ...reader }).connect(credentials),
  clock: systemClock,
});
