import type { KnownBlock } from '@slack/types';
import type { EntityProgress, SyncProgress } from '../model/progress.ts';
import type { StartedSetup } from '../model/setup.ts';
import type { Texts } from '../texts/catalogue.ts';
import { lineSections } from './blocks.ts';
import { entityName, type Schemas } from './entity-name.ts';
import { escapeText } from './markup.ts';
import { percentOf } from './pace.ts';
import { type Cell, type Column, table } from './table.ts';

/** Counters of one entity as the destination has them. */
export interface EntityTally {
  entity: string;
  phase: 'waiting' | 'copying' | 'current';
  stored: number;
  read: number;
  filtered: number;
  failed: number;
  deleted: number;
  followedAt: string | null;
}

/** What is known of an entity, from the sync itself and from what it has left. */
export type EntityStatus = EntityTally &
  Pick<EntityProgress, 'total' | 'backlog' | 'oldestPendingAt'> & { lastHour: number | null };

export interface EntityFacts {
  /** Null when the sync has not run since this process began. */
  progress: SyncProgress | null;
  /** As the database has it. */
  tallies: readonly EntityTally[];
  /** Rows brought in during the last full hour, by entity. */
  lastHour?: Readonly<Record<string, number>> | undefined;
}

/** The database knows the rows best: right after a start the sync has not looked yet. */
export function entityStatuses(
  setup: StartedSetup,
  { progress, tallies, lastHour }: EntityFacts,
): EntityStatus[] {
  const unknown = { total: null, backlog: null, oldestPendingAt: null };
  const names = (progress?.entities ?? tallies).map(({ entity }) => entity);
  return names.flatMap((name) => {
    const said = progress?.entities.find(({ entity }) => entity === name);
    const stored = tallies.find(({ entity }) => entity === name);
    const counts = stored ?? said;
    if (!counts) return [];
    const hour = lastHour ? (lastHour[name] ?? 0) : null;
    // While nobody fetches changes, nobody knows how many there are.
    const pending = setup.step === 'paused' ? { backlog: null, oldestPendingAt: null } : {};
    return [{ ...unknown, ...said, ...counts, ...pending, lastHour: hour }];
  });
}

interface Part {
  column: Column;
  cell: (entity: EntityStatus) => Cell;
  /** Left out where it would be empty for all. */
  isWorth: boolean;
}

/** One row per entity; of what does not occur at all there is no column. */
export function entityTable(
  t: Texts,
  setup: StartedSetup,
  entities: readonly EntityStatus[],
  schemas?: Schemas,
): KnownBlock {
  const parts = partsOf(t, setup, entities, schemas).filter(({ isWorth }) => isWorth);
  return table(
    t,
    parts.map(({ column }) => column),
    entities.map((entity) => parts.map(({ cell }) => cell(entity))),
  );
}

function partsOf(
  t: Texts,
  setup: StartedSetup,
  entities: readonly EntityStatus[],
  schemas?: Schemas,
): Part[] {
  const words = t.status.columns;
  const { number, percent } = t.format;
  const copies = setup.step === 'copying' || (setup.step === 'paused' && setup.resumeAs === 'copying');
  const counted = (key: 'deleted' | 'filtered' | 'failed'): Part => ({
    column: { title: words[key], isNumber: true },
    cell: (entity) => number(entity[key]),
    isWorth: entities.some((entity) => entity[key] > 0),
  });
  return [
    { column: { title: words.entity }, cell: ({ entity }) => entityName(t, entity, schemas), isWorth: true },
    {
      column: { title: words.copied, isNumber: true },
      cell: (entity) => {
        const share = percentOf(entity);
        return share === null ? null : percent(share);
      },
      isWorth: copies,
    },
    { column: { title: words.rows, isNumber: true }, cell: ({ stored }) => number(stored), isWorth: true },
    {
      column: { title: words.backlog, isNumber: true },
      cell: ({ backlog }) => (backlog === null ? null : number(backlog)),
      isWorth: !copies && entities.some(({ backlog }) => backlog !== null),
    },
    {
      column: { title: words.lastHour, isNumber: true },
      cell: ({ lastHour }) => (lastHour === null ? null : number(lastHour)),
      isWorth: !copies && entities.some(({ lastHour }) => lastHour !== null),
    },
    {
      column: { title: words.followedAt },
      cell: ({ followedAt }) => (followedAt === null ? null : { at: followedAt }),
      isWorth: !copies && entities.some(({ followedAt }) => followedAt !== null),
    },
    counted('deleted'),
    counted('filtered'),
    counted('failed'),
  ];
}

/** The same in lines, for where there can be no table. */
export const entityLines = (t: Texts, entities: readonly EntityStatus[], schemas?: Schemas): KnownBlock[] =>
  entities.length === 0
    ? []
    : lineSections([
        `*${t.status.stored}*`,
        ...entities.map((entity) => `• ${entityLine(t, entity, schemas)}`),
      ]);

export function entityLine(t: Texts, entity: EntityStatus, schemas?: Schemas): string {
  const words = t.status.entity;
  const { stored, backlog, filtered, failed, deleted } = entity;
  const parts = [
    words.rows(stored),
    ...(backlog === null ? [] : [words.backlog(backlog)]),
    ...(deleted > 0 ? [words.deleted(deleted)] : []),
    ...(filtered > 0 ? [words.filtered(filtered)] : []),
    ...(failed > 0 ? [words.failed(failed)] : []),
  ];
  return t.entities.line(escapeText(entityName(t, entity.entity, schemas)), parts.join(t.entities.separator));
}
