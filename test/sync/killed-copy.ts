import { writeSync } from 'node:fs';
import { openSqliteInThread } from '../../src/destinations/sqlite-thread.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLogger } from '../../src/lib/log.ts';
import type { Destination } from '../../src/ports/destination.ts';
import { createEngine } from '../../src/sync/engine.ts';
import { createFakeSource } from './fake-source.ts';
import { sampleId, samplePlan } from './sample-plan.ts';

/**
 * A process that copies a table, to be killed: `killed-copy.ts <file>`. With `more` behind it, it fetches other fields
 * for the rows that are there, of which the first ten thousand were created on the day they are wanted of. Tells each step in a line.
 */
const [path = '', more] = process.argv.slice(2);
const at = '2026-11-26T12:00:00.000Z';
const period = { by: 'createdon', from: '2026-11-25', to: '2026-11-25', timeZone: 'UTC' } as const;
const plan = samplePlan(
  'lead',
  {
    lastname: 'String',
    revenue: 'Money',
    description: 'Memo',
    ...(more ? { city: 'String', statecode: 'State' } : {}),
  },
  { hasCreatedOn: true, ...(more ? { periods: { city: { period, at }, statecode: { period, at } } } : {}) },
);
const source = createFakeSource({ pageSize: 100 });
for (let n = 1; n <= 12_000; n++) {
  source.put('lead', sampleId(n), {
    lastname: `Name ${n}`,
    revenue: `${n}.50`,
    city: `City ${n}`,
    statecode: n % 2,
    createdon: n <= 10_000 ? '2026-11-25T23:59:59Z' : '2026-11-26T00:00:00Z',
    description: 'text '.repeat(40),
  });
}
// Written at once: a killed process says nothing more.
const tell = (line: string) => writeSync(1, `${line}\n`);
source.before = ({ kind, from }) => {
  if (kind === 'page') tell(`read ${from}`);
};
const file = openSqliteInThread({ path });
const destination: Destination = {
  ...file,
  commit(batchPlan, batch) {
    tell('commit');
    return file.commit(batchPlan, batch);
  },
};
const engine = createEngine({
  source,
  destination,
  readPlans: async () => [plan],
  countRows: async () => ({ lead: 12_000 }),
  emit: (event) => {
    const isFilled = 'progress' in event && event.progress.refreshes.some(({ endedAt }) => endedAt !== null);
    if (more ? isFilled : event.kind === 'initial-completed') tell('complete');
  },
  clock: systemClock,
  log: silentLogger,
  limits: { rows: 200, milliseconds: 1000, bytes: 1_000_000 },
});
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
const job = {
  organizationId: sampleId(0),
  entities: ['lead'],
  startedAt: '2026-11-23T00:00:00Z',
  intervalSeconds: 300,
};
await engine.run(job, stop.signal);
await destination.close();
