import type { PageRows } from '../ports/dynamics.ts';
import type { CopyPart } from './copy-parts.ts';
import type { EntityContext } from './entity-context.ts';
import { createPartReader, type PartReader } from './part-reader.ts';

export type ReadingContext = Pick<EntityContext, 'source' | 'plan' | 'slots'>;

export interface PartWork {
  /** Parts that are not done; those split off are added. */
  open: Set<CopyPart>;
  highest: bigint;
  take(part: CopyPart, rows: PageRows, isLast: boolean): { room: Promise<void> };
  /** See `ReadOptions`. */
  isAheadWanted?: () => boolean;
}

/**
 * Reads the parts side by side, as many as there are slots for; whoever is free helps where most is left, so that no
 * part ends up alone at the end. Rejects with the first failure when nothing is at work any more.
 */
export async function readInParts(
  context: ReadingContext,
  { open, highest, take, ...ahead }: PartWork,
  signal: AbortSignal,
): Promise<void> {
  const { slots } = context;
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const waiting = [...open];
  const readers = new Set<PartReader>();
  const atWork = new Set<Promise<void>>();

  const nextPart = (): CopyPart | null => waiting.shift() ?? splitLargest(readers, highest);
  const start = (part: CopyPart): void => {
    open.add(part);
    const reader = createPartReader(context, part, ahead);
    readers.add(reader);
    const onPage = (rows: PageRows, isLast: boolean) => {
      const taken = take(part, rows, isLast);
      if (isLast) readers.delete(reader);
      return { room: taken.room.then(startMore) };
    };
    const work = reader
      .read(onPage, either)
      .catch((error: unknown) => failed.abort(error))
      .finally(() => {
        readers.delete(reader);
        atWork.delete(work);
        slots.release();
        startMore();
      });
    atWork.add(work);
  };
  const startMore = (): void => {
    while (!either.aborted && slots.tryTake(waiting.length > 0)) {
      const part = nextPart();
      if (part) start(part);
      else slots.release();
      if (!part) return;
    }
  };

  // However busy the others are: each table is read by one at least.
  for (let part = nextPart(); part && !either.aborted; part = nextPart()) {
    slots.take();
    start(part);
    startMore();
    while (atWork.size > 0) await Promise.race(atWork);
  }
  either.throwIfAborted();
}

function splitLargest(readers: ReadonlySet<PartReader>, highest: bigint): CopyPart | null {
  let largest: PartReader | null = null;
  let most = 0;
  for (const reader of readers) {
    const left = reader.left(highest) ?? 0;
    if (left > most) [largest, most] = [reader, left];
  }
  return largest?.split(highest) ?? null;
}
