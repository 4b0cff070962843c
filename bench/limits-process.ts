import { openSqlite } from '../src/destinations/sqlite.ts';
import { walkPages } from '../src/dynamics/page-walk.ts';
import { preferOf, selectOf } from '../src/dynamics/row-query.ts';
import { createRowSource } from '../src/dynamics/row-source.ts';
import type { Session } from '../src/dynamics/session.ts';
import { systemClock } from '../src/lib/clock.ts';
import type { EntityPlan } from '../src/model/selection.ts';
import type { RowSource } from '../src/ports/dynamics.ts';
import { type CopyPart, divide } from '../src/sync/copy-parts.ts';
import { createPagePacker } from '../src/sync/pack.ts';
import { createPageGroups, defaultLimits } from '../src/sync/page-group.ts';
import { readInParts } from '../src/sync/part-pump.ts';
import { createReaderSlots, type ReaderSlots } from '../src/sync/reader-slots.ts';
import { enter, type Place } from './organization.ts';
import { serve } from './serve.ts';

const maxPageSize = 5_000;
let here: Awaited<ReturnType<typeof enter>> | null = null;

/** What no sync of this design can be faster than. */
const calls = {
  async open(place: Place): Promise<void> {
    here = await enter(place);
  },

  /** With the parallelism of the engine, the pages thrown away. */
  async download(): Promise<{ seconds: number }> {
    const { session, plans } = entered();
    const { api, throttle, life } = session;
    const source = createRowSource({ api, throttle, clock: systemClock, maxPageSize });
    const slots = createReaderSlots(source);
    return await timed(() => Promise.all(plans.map((plan) => readAway(source, slots, plan, life))));
  },

  /** Rows from memory into SQLite, in the groups of the engine; only the commits count. */
  async write({ path }: { path: string }): Promise<{ seconds: number; rows: number }> {
    const { session, plans } = entered();
    const destination = openSqlite({ path });
    await destination.prepare('00000000-0000-0000-0000-000000000000', plans);
    const sum = { seconds: 0, rows: 0 };
    try {
      for (const plan of plans) {
        for await (const group of groupsOf(session, plan)) {
          const batch = { ...group, deletes: [], checkpoint: place, at: new Date().toISOString() };
          sum.seconds += (await timed(() => destination.commit(plan, batch))).seconds;
          sum.rows += group.read;
        }
      }
      return sum;
    } finally {
      await destination.close();
    }
  },
};

export type LimitsCalls = typeof calls;

const place = { phase: 'copying', link: null, next: null, asked: '' } as const;

async function readAway(
  source: RowSource,
  slots: ReaderSlots,
  plan: EntityPlan,
  signal: AbortSignal,
): Promise<void> {
  const { parts, highest } = divide((await source.startCopy(plan, signal)).span);
  const open = new Set(parts);
  const take = (part: CopyPart, _rows: unknown, isLast: boolean) => {
    if (isLast) open.delete(part);
    return { room: Promise.resolve() };
  };
  await readInParts({ source, plan, slots }, { open, highest, take }, signal);
}

async function* groupsOf({ api, life }: Session, plan: EntityPlan) {
  const { entity, primaryId, entitySetName } = plan;
  const packPage = createPagePacker(plan);
  // Nobody kills this process: a slow reader must not make the groups smaller.
  const groups = createPageGroups({ now: () => 0, sleep: async () => {} }, defaultLimits);
  const options = { entity, primaryId, prefer: preferOf(plan, maxPageSize), signal: life };
  for await (const page of walkPages(api, `${entitySetName}?${selectOf(plan)}`, options)) {
    groups.add(packPage(page.rows));
    if (!groups.isLarge()) continue;
    const group = groups.take();
    yield group;
    groups.settle(group);
  }
  if (!groups.isEmpty()) yield groups.take();
}

function entered() {
  if (!here) throw new Error('Not entered yet');
  return here;
}

async function timed(work: () => Promise<unknown>): Promise<{ seconds: number }> {
  const began = performance.now();
  await work();
  return { seconds: (performance.now() - began) / 1000 };
}

serve(calls, async () => here?.session.close());
