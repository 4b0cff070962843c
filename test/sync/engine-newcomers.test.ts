import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppError } from '../../src/lib/errors.ts';
import { createEngineBench, type EngineBench, nextCycle } from './engine-bench.ts';
import { sampleId, samplePlan } from './sample-plan.ts';

const lead = samplePlan('lead', { lastname: 'String' });
const event = samplePlan('new_event', { new_name: 'String' });
const isCompleted = true;

let bench: EngineBench;
beforeEach(async () => {
  bench = createEngineBench();
  bench.source.put('lead', sampleId(1), { lastname: 'Abe' });
  for (let n = 1; n <= 25; n++) bench.source.put('new_event', sampleId(n), { new_name: `Event ${n}` });
  const first = bench.start([lead]);
  await bench.event('initial-completed');
  await first.stop();
  bench.events.length = 0;
});
afterEach(() => bench.close());

const phaseOf = (entity: string) => bench.rows(`SELECT phase FROM _checkpoint WHERE entity = '${entity}'`);
const names = () => bench.rows('SELECT new_name FROM new_event WHERE _deleted_at IS NULL').length;

/** The copy of the events stands still after its first page until it is let go. */
function holdEvents() {
  const gate = Promise.withResolvers<void>();
  bench.source.before = async ({ entity, kind, from }) => {
    if (entity === 'new_event' && kind === 'page' && from !== null) await gate.promise;
  };
  return () => gate.resolve();
}

test('an added entity is copied beside the cycles of the others, over a restart, and takes part from then on', async () => {
  const letGo = holdEvents();
  const second = bench.start([lead, event], {}, { isCompleted });
  await bench.event('cycle-completed');
  bench.source.put('lead', sampleId(2), { lastname: 'Bea' });
  const { cycle, progress } = await nextCycle(bench);
  expect(cycle.changed).toBe(1);
  expect(progress.entities.map(({ entity, phase }) => [entity, phase])).toEqual([
    ['lead', 'current'],
    ['new_event', 'copying'],
  ]);
  expect(bench.rows('SELECT lastname FROM lead')).toHaveLength(2);
  // The initial sync is not said to have completed once more.
  expect(bench.events.some(({ kind }) => kind === 'initial-completed')).toBe(false);

  const pages = bench.source.pagesOf('new_event').length;
  second.abort();
  letGo();
  await second.ended;
  expect(phaseOf('new_event')).toEqual([{ phase: 'copying' }]);
  bench.events.length = 0;
  bench.start([lead, event], {}, { isCompleted });
  await bench.event('progress', ({ progress: { entities } }) =>
    entities.every(({ phase, backlog }) => phase === 'current' && backlog === 0),
  );
  await nextCycle(bench);
  expect(names()).toBe(25);
  // It went on where it was.
  expect(bench.source.pagesOf('new_event').slice(pages)[0]?.from).not.toBeNull();

  bench.source.put('new_event', sampleId(26), { new_name: 'Late' });
  bench.source.remove('new_event', sampleId(3));
  const joined = await nextCycle(bench);
  expect(joined.cycle).toMatchObject({ changed: 1, deleted: 1 });
  expect(names()).toBe(25);
});

test('a fault that may pass is waited for beside the others', async () => {
  bench.source.before = ({ entity }) => {
    if (entity === 'new_event') throw new AppError('server-failed', 'down', { recovery: 'retry' });
  };
  bench.start([lead, event], {}, { isCompleted });
  const { progress } = await bench.event('cycle-completed');
  expect(progress.entities[0]?.phase).toBe('current');
  await bench.event('progress', ({ progress: { waiting } }) => waiting?.code === 'server-failed');
  bench.source.before = () => {};
  await bench.clock.nextSleep();
  bench.clock.advance(1_000);
  await bench.event('progress', ({ progress: { entities } }) =>
    entities.every(({ phase }) => phase === 'current'),
  );
  expect(names()).toBe(25);
});

test('what waiting does not mend stops the sync, with nothing left at work', async () => {
  bench.source.before = ({ entity }) => {
    if (entity === 'new_event') throw new AppError('privilege-missing', 'no', { recovery: 'ask-admin' });
  };
  const run = bench.start([lead, event], {}, { isCompleted });
  expect((await bench.event('stopped')).fault.code).toBe('privilege-missing');
  await run.ended;
});

test('where nothing is copied any more it is the initial sync again', async () => {
  bench.start([event], {}, { isCompleted });
  await bench.event('initial-completed');
  expect(names()).toBe(25);
});
