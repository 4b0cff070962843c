import { setImmediate } from 'node:timers/promises';
import { AppError } from '../lib/errors.ts';
import type { Checkpoint } from '../ports/destination.ts';
import { askedBy } from './checkpoint.ts';
import type { EntityContext } from './entity-context.ts';
import { createPageGroups } from './page-group.ts';

/**
 * Reads the table from where the checkpoint stands and stores it, the checkpoint moving with the rows. Returns
 * where it has come to: `current` when the table is done, an earlier point when `signal` was aborted.
 */
export async function copyEntity(
  context: EntityContext,
  from: Checkpoint,
  signal: AbortSignal,
): Promise<Checkpoint> {
  const { source, plan, mapPage } = context;
  const groups = createPageGroups(context.clock, context.limits);
  let checkpoint = from;
  let next = from.next;
  let done = false;

  const save = async (): Promise<void> => {
    if (groups.isEmpty()) return;
    checkpoint = await store(context, groups.take(), { ...from, next: done ? null : next }, done);
    // Lets a waiting stop in: a source that is quick may never wait for anything.
    await setImmediate();
  };

  try {
    for await (const page of source.readPages(plan, from.next, signal)) {
      groups.add(mapPage(page.rows));
      next = page.next;
      done = page.next === null;
      if (done || groups.isFull()) await save();
      if (done || signal.aborted) break;
    }
  } catch (error) {
    // What was read completely is kept, also when the page after it failed. An abort is no fault.
    await save();
    if (signal.aborted) return checkpoint;
    throw error;
  }
  await save();
  if (done || signal.aborted) return checkpoint;
  throw new AppError('answer-malformed', `The pages of ${plan.entity} ended before the last one`, {
    recovery: 'retry',
    details: { entity: plan.entity },
  });
}

async function store(
  { destination, plan, clock, onStored }: EntityContext,
  group: ReturnType<ReturnType<typeof createPageGroups>['take']>,
  place: Checkpoint,
  done: boolean,
): Promise<Checkpoint> {
  const checkpoint: Checkpoint = { ...place, phase: done ? 'current' : place.phase, asked: askedBy(plan) };
  await destination.commit(plan, {
    ...group,
    deletes: [],
    checkpoint,
    at: new Date(clock.now()).toISOString(),
    ...(place.phase === 'rereading' ? { reread: done ? 'end' : 'part' } : {}),
  });
  await onStored({ changed: 0, deleted: 0, advanced: true });
  return checkpoint;
}
