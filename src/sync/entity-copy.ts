import { setImmediate } from 'node:timers/promises';
import { createSerial } from '../lib/serial.ts';
import type { Checkpoint } from '../ports/destination.ts';
import type { PageRows } from '../ports/dynamics.ts';
import { askedBy } from './checkpoint.ts';
import { type CopyPart, readParts, writeParts } from './copy-parts.ts';
import type { EntityContext } from './entity-context.ts';
import { createPageGroups } from './page-group.ts';
import { readInParts } from './part-pump.ts';

/**
 * Reads the table from where the checkpoint stands and stores it, the checkpoint moving with the rows. Returns
 * where it has come to: `current` when the table is done, an earlier point when `signal` was aborted.
 */
export async function copyEntity(
  context: EntityContext,
  from: Checkpoint,
  signal: AbortSignal,
): Promise<Checkpoint> {
  const groups = createPageGroups(context.clock, context.limits);
  const { parts, highest } = readParts(from.next);
  const open = new Set(parts);
  let checkpoint = from;
  let refused: { error: unknown } | null = null;
  let queued: Promise<void> | null = null;
  const inTurn = createSerial();

  const saveGroup = async (): Promise<void> => {
    queued = null;
    // The parts have got on past what a refused commit held: no later one may say so, and it is read again.
    if (refused) throw refused.error;
    if (groups.isEmpty()) return;
    const done = open.size === 0;
    const next = done ? null : writeParts({ parts: [...open], highest });
    try {
      checkpoint = await store(context, groups.take(), { ...from, next }, done);
    } catch (error) {
      refused = { error };
      throw error;
    }
    // Lets a waiting stop in: a source that is quick may never wait for anything.
    await setImmediate();
  };
  /** What comes while a group is being stored is stored next, all of it at once. */
  const save = (): Promise<void> => {
    queued ??= inTurn(saveGroup);
    return queued;
  };
  const take = (part: CopyPart, rows: PageRows, isLast: boolean) => {
    groups.add(context.packPage(rows));
    if (isLast) open.delete(part);
    if (refused || groups.isFull()) return { stored: save() };
    // Only what is too much to hold is waited for: Dynamics is read meanwhile. The next page meets its failure.
    if (groups.isDue()) save().catch(() => {});
    return { stored: Promise.resolve() };
  };

  try {
    await readInParts(context, { open, highest, take }, signal);
    await save();
  } catch (error) {
    // What was read completely is kept, also when the page after it failed. An abort is no fault.
    if (!refused) await save();
    if (signal.aborted) return checkpoint;
    throw error;
  }
  return checkpoint;
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
