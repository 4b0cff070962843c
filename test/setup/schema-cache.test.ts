import { expect, test } from 'vitest';
import type { Credentials } from '../../src/model/credentials.ts';
import type { EntitySchema } from '../../src/model/entity.ts';
import type { Connection } from '../../src/ports/dynamics.ts';
import { createSchemaCache } from '../../src/setup/schema-cache.ts';

const label = { en: 'Lead' };
const lead: EntitySchema = {
  name: 'lead',
  entitySetName: 'leads',
  primaryId: 'leadid',
  primaryName: 'fullname',
  changeTracking: true,
  label,
  fields: [],
};

function open() {
  let now = 0;
  const events: string[] = [];
  const answers: ((answer: EntitySchema[] | Error) => void)[] = [];
  let opened = 0;
  const connect = (): Connection => {
    opened += 1;
    const id = opened;
    events.push(`open ${id}`);
    return {
      readSchemas: () =>
        new Promise((resolve, reject) => {
          answers.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer)));
        }),
      countRows: async () => ({ lead: 7 }),
      close: async () => void events.push(`close ${id}`),
    } as Partial<Connection> as Connection;
  };
  const cache = createSchemaCache({
    dynamics: { connect },
    credentials: async () => ({}) as Partial<Credentials> as Credentials,
    entities: async () => ['lead'],
    clock: { now: () => now, sleep: async () => {} },
  });
  const answer = async (what: EntitySchema[] | Error) => {
    await expect.poll(() => answers.length).toBeGreaterThan(0);
    answers.shift()?.(what);
  };
  return {
    cache,
    events,
    answer,
    advance: (ms: number) => {
      now += ms;
    },
  };
}

test('all questions go over one connection, and who asks at the same time gets the same answer', async () => {
  const { cache, events, answer, advance } = open();
  const asked = [cache.schemas(), cache.schemas(), cache.rows()];
  await answer([lead]);
  expect(await Promise.all(asked)).toEqual([[lead], [lead], { lead: 7 }]);
  advance(11 * 60_000);
  const again = cache.schemas();
  await answer([]);
  expect(await again).toEqual([]);
  expect(events).toEqual(['open 1']);
  await cache.close();
  expect(events).toEqual(['open 1', 'close 1']);
});

test('with other credentials comes another connection; what was under way still gets its answer, and is not kept', async () => {
  const { cache, events, answer } = open();
  const before = cache.schemas();
  await expect.poll(() => events.length).toBe(1);
  cache.clear();
  const after = cache.schemas();
  await answer([lead]);
  expect(await before).toEqual([lead]);
  await answer([]);
  expect(await after).toEqual([]);
  expect(cache.atHand()).toEqual([]);
  await expect.poll(() => events).toEqual(['open 1', 'open 2', 'close 1']);
  await cache.close();
});

test('a connection that failed is not kept', async () => {
  const { cache, events, answer } = open();
  const failing = cache.schemas();
  await answer(new Error('refused'));
  await expect(failing).rejects.toThrow('refused');
  const again = cache.schemas();
  await answer([lead]);
  expect(await again).toEqual([lead]);
  expect(events).toEqual(['open 1', 'close 1', 'open 2']);
  await cache.close();
});
