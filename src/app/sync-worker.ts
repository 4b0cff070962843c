import { parentPort, workerData } from 'node:worker_threads';
import { openSqlite } from '../destinations/sqlite.ts';
import { createDynamics } from '../dynamics/dynamics.ts';
import { systemClock } from '../lib/clock.ts';
import { hostSync } from './sync-host.ts';
import type { SyncThreadData } from './sync-messages.ts';

/** The entry of the sync thread: puts its parts together. Started by `createSyncThread`. */
if (!parentPort) throw new Error('sync-worker.ts only runs as a worker thread');
const { destinationPath } = workerData as SyncThreadData;

hostSync({
  port: parentPort,
  openDestination: () => openSqlite({ path: destinationPath }),
  connect: (credentials, log) => createDynamics({ log, clock: systemClock }).connect(credentials),
  clock: systemClock,
});
