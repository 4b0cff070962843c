import type { Clock } from '../lib/clock.ts';
import type { Cycle, EntityProgress, SyncProgress } from '../model/progress.ts';
import type { ActivityPoint, Tally } from '../ports/destination.ts';
import { type Backlogs, createBacklogs } from './backlogs.ts';
import { createConditions, createWaits } from './conditions.ts';
import { createRate } from './rate.ts';

export interface ProgressBoardDeps {
  clock: Clock;
  startedAt: string;
  /** Names, in the order in which they are shown. */
  entities: readonly string[];
  tallies: () => Promise<readonly Tally[]>;
  /** @param since ISO 8601. */
  activity: (since: string) => Promise<readonly ActivityPoint[]>;
  emit: (progress: SyncProgress) => void;
}

/** While something is copied, progress is sent no more often than this, in milliseconds. */
const paceMs = 500;

/** Puts together what is shown of the sync. */
export type ProgressBoard = ReturnType<typeof createProgressBoard>;

export function createProgressBoard(deps: ProgressBoardDeps) {
  const { clock, startedAt, tallies, emit } = deps;
  let entities = deps.entities;
  let prepared = false;
  const rate = createRate();
  const conditions = createConditions(clock);
  const waits = createWaits(conditions, deps.entities);
  const backlogs = createBacklogs();
  let totals: Readonly<Record<string, number | null>> = {};
  let lastCycle: Cycle | null = null;
  let nextCycleAt: string | null = null;
  let sentAt = Number.NEGATIVE_INFINITY;

  const snapshot = async (): Promise<SyncProgress> => {
    const lastHour = prepared ? await rowsOfLastHour(deps) : new Map<string, number>();
    const rows = rowsOf(entities, prepared ? await tallies() : [], { totals, backlogs, lastHour });
    const copying = rows.some(({ phase }) => phase !== 'current');
    if (copying) rate.add(clock.now(), sum(rows.map(({ read }) => read)));
    else rate.clear();
    const perSecond = copying ? rate.perSecond() : null;
    const pace = { rate: perSecond, secondsLeft: secondsLeft(rows, perSecond) };
    const cycles = { startedAt, lastCycle, nextCycleAt };
    return { entities: rows, ...pace, ...cycles, waiting: waits.first(), conditions: conditions.list() };
  };
  const send = async (): Promise<SyncProgress> => {
    sentAt = clock.now();
    const progress = await snapshot();
    emit(progress);
    return progress;
  };

  return {
    conditions,
    snapshot,
    /** Sends at once. */
    send,
    /** Sends unless it was done a moment ago. */
    async tick(): Promise<void> {
      if (Math.abs(clock.now() - sentAt) >= paceMs) await send();
    },
    /** From now on the destination can be asked. @param names what is really synced. */
    setPrepared(names: readonly string[]): void {
      entities = names;
      prepared = true;
    },
    setTotals(counted: Readonly<Record<string, number | null>>): void {
      totals = counted;
    },
    setWaiting: waits.set,
    setUpToDate: backlogs.setUpToDate,
    setBacklog: backlogs.set,
    setCycle(cycle: Cycle | null, next: string | null): void {
      lastCycle = cycle ?? lastCycle;
      nextCycleAt = next;
    },
  };
}

interface Known {
  totals: Readonly<Record<string, number | null>>;
  backlogs: Pick<Backlogs, 'of'>;
  lastHour: ReadonlyMap<string, number>;
}

function rowsOf(
  entities: readonly string[],
  tallies: readonly Tally[],
  { totals, backlogs, lastHour }: Known,
): EntityProgress[] {
  const byName = new Map(tallies.map((tally) => [tally.entity, tally]));
  return entities.map((entity) => ({
    ...(byName.get(entity) ?? emptyTally(entity)),
    total: totals[entity] ?? null,
    backlog: backlogs.of(entity),
    oldestPendingAt: null,
    lastHour: lastHour.get(entity) ?? 0,
  }));
}

const hourMs = 3_600_000;

/** By entity, of the last full clock hour. */
async function rowsOfLastHour({ clock, activity }: ProgressBoardDeps): Promise<Map<string, number>> {
  const end = clock.now() - (clock.now() % hourMs);
  const until = new Date(end).toISOString();
  const sums = new Map<string, number>();
  for (const { entity, at, changed, deleted } of await activity(new Date(end - hourMs).toISOString())) {
    if (at < until) sums.set(entity, (sums.get(entity) ?? 0) + changed + deleted);
  }
  return sums;
}

/** By the rows that are still to be read; null when a total or the rate is not known. */
function secondsLeft(rows: readonly EntityProgress[], perSecond: number | null): number | null {
  if (perSecond === null || perSecond <= 0) return null;
  const open = rows.filter(({ phase }) => phase !== 'current');
  if (open.some(({ total }) => total === null)) return null;
  const left = sum(open.map(({ total, read }) => Math.max(0, (total ?? 0) - read)));
  return Math.ceil(left / perSecond);
}

function emptyTally(entity: string): Tally {
  return {
    entity,
    phase: 'waiting',
    stored: 0,
    read: 0,
    filtered: 0,
    failed: 0,
    deleted: 0,
    followedAt: null,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
