import type { Checkpoint } from '../ports/destination.ts';
import type { PageRows } from '../ports/dynamics.ts';
import { type CopyPart, readParts, writeParts } from './copy-parts.ts';
import type { EntityContext } from './entity-context.ts';
import { createGroupStoring } from './group-storing.ts';
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
  const { parts, highest } = readParts(from.next);
  const open = new Set(parts);
  const isDone = (): boolean => open.size === 0;
  const storing = createGroupStoring(context, from, {
    isDone,
    next: () => (isDone() ? null : writeParts({ parts: [...open], highest })),
  });
  const take = (part: CopyPart, rows: PageRows, isLast: boolean) => {
    const page = context.packPage(rows);
    if (isLast) open.delete(part);
    return { room: storing.add(page) };
  };

  const reading = readInParts(context, { open, highest, take, isAheadWanted: storing.isAheadWanted }, signal);
  const failed = await reading.then(
    () => null,
    (error: unknown) => ({ error }),
  );
  // What was read completely is kept, also when the page after it failed.
  const { checkpoint, refused } = await storing.finish();
  const fault = refused ?? failed;
  // An abort is none.
  if (fault && !signal.aborted) throw fault.error;
  return checkpoint;
}
