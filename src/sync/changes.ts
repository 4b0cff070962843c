import { AppError } from '../lib/errors.ts';
import type { Checkpoint } from '../ports/destination.ts';
import type { ChangePage } from '../ports/dynamics.ts';
import { askedBy } from './checkpoint.ts';
import type { EntityContext } from './entity-context.ts';

/**
 * Reads and stores what has changed since the checkpoint's link. The link moves on with the last page only: what
 * is stored of the pages before is read again after a stop, which changes nothing.
 * @throws AppError `delta-expired` when the link is no longer known.
 */
export async function applyChanges(
  context: EntityContext,
  from: Checkpoint & { link: string },
  signal: AbortSignal,
): Promise<Checkpoint> {
  const { source, plan } = context;
  let checkpoint: Checkpoint = from;
  try {
    for await (const page of source.readChanges(plan, from.link, signal)) {
      checkpoint = await store(context, page, checkpoint);
      if (page.deltaLink !== null) return checkpoint;
      if (signal.aborted) break;
    }
  } catch (error) {
    if (signal.aborted) return checkpoint;
    throw error;
  }
  if (signal.aborted) return checkpoint;
  throw new AppError('answer-malformed', `The changes of ${plan.entity} ended without a link`, {
    recovery: 'retry',
    details: { entity: plan.entity },
  });
}

async function store(context: EntityContext, page: ChangePage, before: Checkpoint): Promise<Checkpoint> {
  const { destination, plan, clock, mapPage, onStored } = context;
  const { upserts, filtered, failures, read } = mapPage(page.rows);
  const checkpoint = { ...before, link: page.deltaLink ?? before.link, asked: askedBy(plan) };
  await destination.commit(plan, {
    upserts,
    deletes: page.deleted,
    stale: filtered,
    failures,
    // The counters are of the copy: the same row would count again with every change.
    read: 0,
    filtered: 0,
    checkpoint,
    at: new Date(clock.now()).toISOString(),
    followed: page.deltaLink !== null,
  });
  await onStored({ changed: read, deleted: page.deleted.length, advanced: page.deltaLink !== null });
  return checkpoint;
}
