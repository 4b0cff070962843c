import { setImmediate } from 'node:timers/promises';
import type { Checkpoint } from '../ports/destination.ts';
import { askedBy } from './checkpoint.ts';
import type { EntityContext } from './entity-context.ts';
import type { PackedMap } from './pack.ts';
import { createPageGroups, type PageGroup } from './page-group.ts';

/** Where a copy stands with all that has been read. */
export interface Place {
  next(): string | null;
  isDone(): boolean;
}

/** While one is stored the other one waits for its turn where that is, so that storing never waits for reading. */
const mostUnderWay = 2;

/**
 * Stores the pages of a copy in groups while the next ones are read: as large as what comes while those before are
 * stored.
 * @param from the checkpoint that the copy begins with; it moves with the rows.
 */
export function createGroupStoring(context: EntityContext, from: Checkpoint, place: Place) {
  const groups = createPageGroups(context.clock, context.limits);
  let checkpoint = from;
  let refused: { error: unknown } | null = null;
  let [underWay, isLast] = [0, false];
  /** Where the last group that was handed over led to. */
  let continues: string | null | undefined;
  const bell = createBell();

  const setReached = (reached: Checkpoint): void => {
    checkpoint = reached;
  };
  /** What is under way continues it and is refused as well: all of it is read again. */
  const setRefused = (error: unknown): void => {
    refused ??= { error };
  };
  /** The last group goes alone: what it ends has to be stored before. */
  const isWanted = (): boolean => {
    if (groups.isEmpty() || refused || underWay >= mostUnderWay) return false;
    if (underWay > 0) return !place.isDone() && groups.isLarge();
    return isLast || groups.isEnough() || groups.isDue();
  };
  const handOver = (): void => {
    if (!isWanted()) return;
    underWay += 1;
    const [next, isDone] = [place.next(), place.isDone()];
    const group = groups.take();
    const stored = store(context, group, { from, next, isDone, continues });
    continues = next;
    stored.then(setReached, setRefused).finally(() => {
      underWay -= 1;
      groups.settle(group);
      handOver();
      bell.ring();
    });
    bell.ring();
  };
  return {
    /** @returns when there is room for more. Rejects when a group was refused, this one or one before. */
    async add(page: PackedMap): Promise<void> {
      groups.add(page);
      // The reader of the page has yet to note where it goes on.
      await null;
      handOver();
      while (!refused && !groups.hasRoom()) await bell.rung();
      if (refused) throw refused.error;
    },
    /** What waits to be stored keeps storing busy for longer than a page takes: fetched now, it would only wait too. */
    isAheadWanted: () => !groups.isNearlyFull(),
    /** Stores what is left, unless something was refused. @returns how far it has come. */
    async finish(): Promise<{ checkpoint: Checkpoint; refused: { error: unknown } | null }> {
      isLast = true;
      handOver();
      while (underWay > 0) await bell.rung();
      return { checkpoint, refused };
    },
  };
}

/** Wakes whoever waits for something to change. */
function createBell() {
  let next = Promise.withResolvers<void>();
  return {
    ring(): void {
      next.resolve();
      next = Promise.withResolvers();
    },
    rung: (): Promise<void> => next.promise,
  };
}

interface Step {
  from: Checkpoint;
  next: string | null;
  isDone: boolean;
  continues: string | null | undefined;
}

async function store(
  { destination, plan, clock, onStored }: EntityContext,
  group: PageGroup,
  { from, next, isDone, continues }: Step,
): Promise<Checkpoint> {
  const phase = isDone ? 'current' : from.phase;
  const checkpoint: Checkpoint = { ...from, next, phase, asked: askedBy(plan) };
  await destination.commit(plan, {
    ...group,
    deletes: [],
    checkpoint,
    ...(continues === undefined ? {} : { continues }),
    at: new Date(clock.now()).toISOString(),
    ...(from.phase === 'rereading' ? { reread: isDone ? 'end' : 'part' } : {}),
  });
  await onStored({ changed: 0, deleted: 0, advanced: true });
  // Lets a waiting stop in: a source that is quick may never wait for anything.
  await setImmediate();
  return checkpoint;
}
