import type { Batch, Checkpoint, RefreshChange } from '../ports/destination.ts';
import { askedBy } from './checkpoint.ts';
import type { EntityContext } from './entity-context.ts';
import { copyEntity } from './entity-copy.ts';
import { isOutOfOrder, wasRefusedAtResume } from './part-reader.ts';

/** Copies; a place in the middle that is refused, as one of long ago may be, is given up for the first page. */
export async function copyFrom(
  context: EntityContext,
  checkpoint: Checkpoint,
  signal: AbortSignal,
): Promise<Checkpoint> {
  const { entity } = context.plan;
  const read = (reached: Checkpoint): Checkpoint => {
    context.log.info('table read', { entity, complete: reached.phase === 'current' });
    return reached;
  };
  try {
    return read(await copyEntity(context, checkpoint, signal));
  } catch (error) {
    if (!wasRefusedAtResume(error) && !isOutOfOrder(error)) throw error;
    // It may be the plan, and not the place.
    if (await context.isOutdated(signal)) return checkpoint;
    context.log.warn('the table is read from its start, as a whole', { entity, error });
  }
  return read(await copyEntity(context, await restart(context, checkpoint), signal));
}

/** From the first page on; changes since the link was taken are still in it. */
export function restart(
  context: EntityContext,
  checkpoint: Checkpoint,
  refreshes?: RefreshChange,
): Promise<Checkpoint> {
  if (checkpoint.phase !== 'copying') return readAgain(context, checkpoint.link, refreshes);
  const asked = askedBy(context.plan);
  return saveOnly(context, { ...checkpoint, next: null, asked }, { recount: true });
}

export function readAgain(
  context: EntityContext,
  link: string | null,
  refreshes?: RefreshChange,
): Promise<Checkpoint> {
  const asked = askedBy(context.plan);
  const more = refreshes ? { refreshes } : {};
  return saveOnly(context, { phase: 'rereading', link, next: null, asked }, { reread: 'begin', ...more });
}

export async function saveOnly(
  { destination, plan, clock, onStored }: EntityContext,
  checkpoint: Checkpoint,
  more: Pick<Batch, 'reread' | 'recount' | 'refreshes'> = {},
): Promise<Checkpoint> {
  await destination.commit(plan, {
    upserts: [],
    deletes: [],
    stale: [],
    failures: [],
    read: 0,
    filtered: 0,
    checkpoint,
    at: new Date(clock.now()).toISOString(),
    ...more,
  });
  await onStored({ changed: 0, deleted: 0, advanced: false });
  return checkpoint;
}
