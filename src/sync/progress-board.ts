import type { Clock } from '../lib/clock.ts';
import type { Cycle, EntityProgress, SyncProgress } from '../model/progress.ts';
import type { Refresh } from '../model/refresh.ts';
import type { Tally } from '../ports/destination.ts';
import { type Backlog, type Backlogs, createBacklogs } from './backlogs.ts';
import { createConditions, createWaits } from './conditions.ts';
import { createRate } from './rate.ts';
import { refreshConditions } from './refresh-conditions.ts';
import { timeLeft } from './time-left.ts';

export interface ProgressBoardDeps {
  clock: Clock;
  startedAt: string;
  /** Names, in the order in which they are shown. */
  entities: readonly string[];
  tallies: () => Promise<readonly Tally[]>;
  /** As the destination remembers it, also from before a restart. */
  lastCycle: () => Promise<Cycle | null>;
  refreshes: () => Promise<readonly Refresh[]>;
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
    const rows = rowsOf(entities, prepared ? await tallies() : [], { totals, backlogs });
    if (prepared) lastCycle ??= await deps.lastCycle();
    const copying = rows.some(({ phase }) => phase !== 'current');
    if (copying) rate.add(clock.now(), sum(rows.map(({ read }) => read)));
    else rate.clear();
    const pace = { rate: rate.perSecond(), timeLeft: timeLeft(rows, rate.expected()) };
    const cycles = { startedAt, lastCycle, nextCycleAt };
    const refreshes = prepared ? await deps.refreshes() : [];
    const raised = [...conditions.list(), ...refreshConditions(refreshes, rows)];
    return { entities: rows, ...pace, ...cycles, waiting: waits.first(), conditions: raised, refreshes };
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
}

function rowsOf(
  entities: readonly string[],
  tallies: readonly Tally[],
  { totals, backlogs }: Known,
): EntityProgress[] {
  const byName = new Map(tallies.map((tally) => [tally.entity, tally]));
  return entities.map((entity) => {
    const tally = byName.get(entity) ?? emptyTally(entity);
    const backlog = backlogs.of(entity);
    return {
      ...tally,
      total: totals[entity] ?? null,
      backlog: backlog?.changes ?? null,
      oldestPendingAt: pendingSince(tally, backlog),
    };
  });
}

/** A row can get a new version without being modified: then the time of its modification is another matter. */
function pendingSince({ followedAt }: Tally, backlog: Backlog | null): string | null {
  const oldestAt = backlog?.oldestAt ?? null;
  if (oldestAt === null || followedAt === null) return oldestAt;
  // Dynamics knows whole seconds only.
  return Date.parse(oldestAt) > Date.parse(followedAt) - 1_000 ? oldestAt : null;
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
