import { AppError } from '../lib/errors.ts';
import type { RereadReason } from '../model/condition.ts';
import { readWindow } from '../model/modified-window.ts';
import type { Checkpoint } from '../ports/destination.ts';
import { applyChanges } from './changes.ts';
import { askedBy } from './checkpoint.ts';
import { beginCopy, howFollowed, takeLink } from './copy-begin.ts';
import { copyFrom, readAgain, restart, saveOnly } from './copy-from.ts';
import type { EntityContext } from './entity-context.ts';
import { copyEntity } from './entity-copy.ts';
import { findPlanChange } from './plan-change.ts';
import { followWindow } from './window-follow.ts';

/**
 * Brings one entity up to now, from wherever it stands: takes the link, copies, reads changes. Goes by the stored
 * checkpoint alone, so it can be called again after any fault and in any process. Returns early when aborted.
 *
 * A table whose changes cannot be asked for in any way is read again as a whole each time.
 * @returns `left` where a large table is to be read again, which is for another time: see `EntityContext.leaves`.
 */
export async function bringUpToNow(context: EntityContext, signal: AbortSignal): Promise<'left' | undefined> {
  const { destination, plan } = context;
  const stored = await destination.checkpoint(plan.entity);
  context.noteReread(stored?.phase === 'rereading' && stored.link !== null ? 'unknown' : null);
  let checkpoint = stored ? await adjust(context, stored) : await beginCopy(context, signal);
  if (!checkpoint || signal.aborted) return;

  if (context.brake.takesUpAgain()) checkpoint = await restart(context, checkpoint);
  const copies = checkpoint.phase !== 'current';
  if (!copies && checkpoint.link === null) {
    const link = await takeLink(context, signal);
    if (signal.aborted) return;
    checkpoint = await readAgain(context, link);
  }
  if (checkpoint.phase !== 'current') {
    if (await context.leaves(checkpoint)) return 'left';
    checkpoint = await copyFrom(context, checkpoint, signal);
  }
  if (signal.aborted || checkpoint.phase !== 'current' || checkpoint.link === null) return;
  return await followLink(context, { ...checkpoint, link: checkpoint.link }, signal);
}

/** A plan that asks for more than before is about rows that are there; changes since then are still in the link. */
async function adjust(context: EntityContext, checkpoint: Checkpoint): Promise<Checkpoint> {
  const change = await findPlanChange(context, checkpoint);
  if (!change) return checkpoint;
  const { needsAll, refreshes } = change;
  context.log.info('fields or filter have changed', { entity: context.plan.entity, needsAll });
  if (needsAll) {
    if (checkpoint.phase !== 'copying') context.noteReread('plan-changed');
    return restart(context, checkpoint, refreshes);
  }
  return saveOnly(context, { ...checkpoint, asked: askedBy(context.plan) }, { refreshes });
}

async function followLink(
  context: EntityContext,
  checkpoint: Checkpoint & { link: string },
  signal: AbortSignal,
): Promise<'left' | undefined> {
  const { plan, log } = context;
  const lost = await whyNotFollowed(context, checkpoint, signal);
  if (!lost) return;
  const link = await takeLink(context, signal);
  if (signal.aborted) return;
  log.warn('the table is read again', { entity: plan.entity, ...howFollowed(link) });
  const begun = await readAgain(context, link);
  if (link !== null) context.noteReread(lost);
  // Fields that have come, or are of another type now, are read at the same time.
  if (await context.isOutdated(signal)) return;
  if (await context.leaves(begun)) return 'left';
  const again = await copyEntity(context, begun, signal);
  if (signal.aborted || again.link === null) return;
  // One that has expired by now has the table read once more, with the next cycle.
  await whyNotFollowed(context, { ...again, link: again.link }, signal);
}

/** @returns why only the whole table tells what has changed; null where the changes told. */
async function whyNotFollowed(
  context: EntityContext,
  checkpoint: Checkpoint & { link: string },
  signal: AbortSignal,
): Promise<RereadReason | null> {
  const { plan, log } = context;
  try {
    if (readWindow(checkpoint.link)) {
      return (await followWindow(context, checkpoint, signal)) ? null : 'rows-differ';
    }
    if (!plan.changeTracking) return 'link-refused';
    await applyChanges(context, checkpoint, signal);
    return null;
  } catch (error) {
    // A normal event: Dynamics forgets links after some days, or when a column is added to the table.
    const isLost = error instanceof AppError && ['delta-expired', 'change-tracking-off'].includes(error.code);
    if (!isLost) throw error;
    log.warn('the link is not taken any more', { entity: plan.entity, error });
    return error.code === 'delta-expired' ? 'link-expired' : 'link-refused';
  }
}
