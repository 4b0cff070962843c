import { readWindow } from '../model/modified-window.ts';
import type { Checkpoint } from '../ports/destination.ts';
import { applyChanges } from './changes.ts';
import type { EntityContext } from './entity-context.ts';
import { compareIds } from './id-comparison.ts';

/** By then a delete is noticed at the latest, and a change that was made without touching `modifiedon`. */
const compareEveryMs = 24 * 3_600_000;

/**
 * Follows a table by `modifiedon`: what was modified since, and once a day which rows there are. One that has come to
 * be tracked moves over to change tracking: its delta link is taken first, so that what happens meanwhile is in both.
 * @returns false where so much differs that the table is better read again as a whole.
 */
export async function followWindow(
  context: EntityContext,
  checkpoint: Checkpoint & { link: string },
  signal: AbortSignal,
): Promise<boolean> {
  const { plan, log } = context;
  const isDue = await isComparisonDue(context);
  const other = await takeOtherLink(context, checkpoint.link, isDue, signal);
  if (signal.aborted) return true;
  const read = await applyChanges(context, checkpoint, signal);
  if (signal.aborted || !(isDue || other)) return true;
  const to = other === null ? null : { ...read, link: other };
  const isSame = await compareIds(context, to, signal);
  if (!isSame || signal.aborted || to === null) return isSame || signal.aborted;
  if (readWindow(to.link)) return true;
  log.info('change tracking has been turned on, it is used from now on', { entity: plan.entity });
  await applyChanges(context, to, signal);
  return true;
}

/** By our own clock, whichever way it was set meanwhile: it says when, and not what. */
async function isComparisonDue({ destination, plan, clock }: EntityContext): Promise<boolean> {
  const at = await destination.comparedAt(plan.entity);
  return at === null || Math.abs(clock.now() - Date.parse(at)) >= compareEveryMs;
}

/**
 * A link of change tracking, where the table is said to be tracked. One that is said so and was refused is tried once
 * a day: then it is a window again.
 */
async function takeOtherLink(
  { source, plan }: EntityContext,
  link: string,
  isDue: boolean,
  signal: AbortSignal,
): Promise<string | null> {
  if (!plan.changeTracking || (readWindow(link)?.isRefused && !isDue)) return null;
  try {
    return await source.takeDeltaLink(plan, signal);
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}
