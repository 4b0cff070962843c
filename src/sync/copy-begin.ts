import { readWindow } from '../model/modified-window.ts';
import type { Checkpoint } from '../ports/destination.ts';
import type { CopyStart } from '../ports/dynamics.ts';
import { askedBy } from './checkpoint.ts';
import { copyFrom, saveOnly } from './copy-from.ts';
import { divide, writeParts } from './copy-parts.ts';
import type { EntityContext } from './entity-context.ts';

/**
 * The link comes before the first page: what changes while the table is read is then in its changes. Where link and
 * ranges are still being tried, the first pages are read meanwhile, for a round trip less.
 * @returns where the copy has come to; null when aborted before it began.
 */
export async function beginCopy(context: EntityContext, signal: AbortSignal): Promise<Checkpoint | null> {
  const { source, plan, log } = context;
  const begun = await unlessAborted(source.startCopy(plan, signal), signal);
  if (!begun) return null;
  const { link, span, holds } = begun;
  log.info('copy begins', { entity: plan.entity, ...howFollowed(link), inRanges: span !== null });
  const checkpoint = startOf(context, begun);
  if (!holds) return saveOnly(context, checkpoint);
  const copied = await copyOnTrial(context, checkpoint, holds, signal);
  return copied ?? (await beginAnew(context, signal));
}

function startOf({ plan }: EntityContext, { link, span }: Pick<CopyStart, 'link' | 'span'>): Checkpoint {
  return { phase: 'copying', link, next: writeParts(divide(span)), asked: askedBy(plan) };
}

/** Stores nothing before it is known to hold. @returns null where it does not. */
async function copyOnTrial(
  context: EntityContext,
  checkpoint: Checkpoint,
  holds: Promise<boolean>,
  signal: AbortSignal,
): Promise<Checkpoint | null> {
  const { destination } = context;
  const failed = new AbortController();
  const begun = holds.then(async (isGood) => {
    if (isGood) return await saveOnly(context, checkpoint);
    failed.abort();
    throw failed.signal.reason;
  });
  // Whoever stores something hears of it; an end before that is one without it.
  begun.catch(() => {});
  const waiting: typeof destination = {
    ...destination,
    async commit(plan, batch) {
      await begun;
      await destination.commit(plan, batch);
    },
  };
  const either = AbortSignal.any([signal, failed.signal]);
  try {
    const reached = await copyFrom({ ...context, destination: waiting }, checkpoint, either);
    if (!signal.aborted) await begun;
    return reached;
  } catch (error) {
    // What is wrong with it may show in the pages first.
    if (await holds) throw error;
    return null;
  } finally {
    // Nothing of it goes on after its end.
    await begun.catch(() => {});
  }
}

async function beginAnew(context: EntityContext, signal: AbortSignal): Promise<Checkpoint | null> {
  const { source, plan, log } = context;
  const link = await takeLink(context, signal);
  const span = signal.aborted ? null : await unlessAborted(source.readSpan(plan, signal), signal);
  if (signal.aborted) return null;
  log.info('copy begins anew', { entity: plan.entity, ...howFollowed(link), inRanges: span !== null });
  return saveOnly(context, startOf(context, { link, span }));
}

/** For the log. */
export function howFollowed(link: string | null): { followedBy: string } {
  if (link === null) return { followedBy: 'reading all' };
  return { followedBy: readWindow(link) ? 'modifiedon' : 'change tracking' };
}

export function takeLink({ source, plan }: EntityContext, signal: AbortSignal): Promise<string | null> {
  return unlessAborted(source.takeDeltaLink(plan, signal), signal);
}

/** Null when aborted meanwhile. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | null> {
  try {
    const result = await work;
    return signal.aborted ? null : result;
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}
