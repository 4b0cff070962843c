import { AppError } from '../lib/errors.ts';
import type { Checkpoint } from '../ports/destination.ts';
import { askedBy } from './checkpoint.ts';
import type { EntityContext } from './entity-context.ts';
import { withoutKnown } from './known-rows.ts';
import { idsOf, type MappedPage } from './map.ts';

/** So many are marked in one transaction: a stop must not wait for longer. */
const deletesAtOnce = 50_000;

/**
 * Reads and stores what has changed since the checkpoint's link. The link moves on with the last page only: what
 * is stored of the pages before is read again after a stop, which changes nothing. Deletes are applied with the
 * last page, when it is known how many there are.
 * @throws AppError `delta-expired` when the link is no longer known.
 * @throws DeletesHeld when there are too many; everything else is stored, and the link stays.
 */
export function applyChanges(
  context: EntityContext,
  from: Checkpoint & { link: string },
  signal: AbortSignal,
): Promise<Checkpoint> {
  return context.inTurn(() => replay(context, from, signal));
}

async function replay(
  context: EntityContext,
  from: Checkpoint & { link: string },
  signal: AbortSignal,
): Promise<Checkpoint> {
  const { source, plan } = context;
  const deletes = new Set<string>();
  try {
    for await (const { rows, deleted, deltaLink } of source.readChanges(plan, from.link, signal)) {
      const page = await withoutKnown(context, from.link, context.mapPage(rows));
      // What comes as changed after it came as deleted is there.
      if (deletes.size > 0) for (const id of idsOf(page)) deletes.delete(id);
      for (const id of deleted) deletes.add(id);
      if (deltaLink !== null) return await finish(context, page, deletes, { ...from, link: deltaLink }, from);
      await store(context, page, { checkpoint: from });
      if (signal.aborted) break;
    }
  } catch (error) {
    if (signal.aborted) return from;
    throw error;
  }
  if (signal.aborted) return from;
  throw new AppError('answer-malformed', `The changes of ${plan.entity} ended without a link`, {
    recovery: 'retry',
    details: { entity: plan.entity },
  });
}

/** The last page, and all deletes. */
async function finish(
  context: EntityContext,
  page: MappedPage,
  deletes: ReadonlySet<string>,
  to: Checkpoint,
  from: Checkpoint,
): Promise<Checkpoint> {
  const held = await context.brake.judge(deletes);
  if (held) {
    await store(context, page, { checkpoint: from });
    throw held;
  }
  const ids = [...deletes];
  while (ids.length > deletesAtOnce) {
    const some = ids.splice(-deletesAtOnce);
    await store(context, emptyPage, { checkpoint: from, deletes: some });
  }
  return await store(context, page, { checkpoint: to, deletes: ids, followed: true });
}

const emptyPage: MappedPage = { read: 0, upserts: [], filtered: [], failures: [] };

async function store(
  { destination, plan, clock, onStored }: EntityContext,
  { upserts, filtered, failures, read }: MappedPage,
  {
    deletes = [],
    followed = false,
    ...more
  }: { checkpoint: Checkpoint; deletes?: string[]; followed?: boolean },
): Promise<Checkpoint> {
  const checkpoint = { ...more.checkpoint, asked: askedBy(plan) };
  await destination.commit(plan, {
    upserts,
    deletes,
    stale: filtered,
    failures,
    // The counters are of the copy: the same row would count again with every change.
    read: 0,
    filtered: 0,
    checkpoint,
    at: new Date(clock.now()).toISOString(),
    followed,
  });
  await onStored({ changed: read, deleted: deletes.length, advanced: followed });
  return checkpoint;
}
