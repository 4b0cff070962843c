import { appendFileSync, existsSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { hostSync } from '../../src/app/sync-host.ts';
import type { SyncThreadData } from '../../src/app/sync-messages.ts';
import { openSqliteInThread } from '../../src/destinations/sqlite-thread.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { AppError } from '../../src/lib/errors.ts';
import type { EntitySchema } from '../../src/model/entity.ts';
import { createFakeSource } from './fake-source.ts';
import { sampleId } from './sample-plan.ts';

/**
 * A sync thread on a source in memory. The user name of the credentials says what it plays: `falls` (over at the
 * third page, the first time), `refused`, `hangs` (at the third page, until it is stopped), or nothing special.
 */
if (!parentPort) throw new Error('Only runs as a worker thread');
const { destinationPath } = workerData as SyncThreadData;
const startsFile = `${destinationPath}.starts`;

const label = { en: 'Field' };
const schema: EntitySchema = {
  name: 'lead',
  entitySetName: 'leads',
  primaryId: 'leadid',
  primaryName: 'lastname',
  changeTracking: true,
  label,
  fields: [
    { name: 'leadid', type: 'Uniqueidentifier', label },
    { name: 'lastname', type: 'String', label },
  ],
};

hostSync({
  port: parentPort,
  openDestination: () => openSqliteInThread({ path: destinationPath }),
  clock: systemClock,
  connect({ username }, log) {
    const fallen = existsSync(startsFile);
    appendFileSync(startsFile, 'started\n');
    log.info('connected', { clientSecret: 'not to be seen' });
    const source = createFakeSource({ pageSize: 10 });
    for (let n = 1; n <= 50; n++) source.put('lead', sampleId(n), { lastname: `Name ${n}` });
    source.before = async ({ from }) => {
      if (username === 'refused') throw new AppError('secret-expired', 'no', { recovery: 'ask-admin' });
      if (from !== 'lead?skip=20') return;
      if (username === 'falls' && !fallen) process.exit(7);
      if (username === 'hangs') await new Promise((resolve) => setTimeout(resolve, 100));
      if (username === 'hangs') throw new AppError('server-failed', 'no', { recovery: 'retry' });
    };
    return {
      ...source,
      readSchemas: async () => [schema],
      countRows: async () => ({ lead: 50 }),
      countFilter: async () => ({ yes: 0, empty: 0, no: 0 }),
      findEntities: async () => [],
      onHold: () => {},
      close: async () => {},
    };
  },
});
