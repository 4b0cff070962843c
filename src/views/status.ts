import type { KnownBlock } from '@slack/types';
import type { EntityProgress, SyncProgress } from '../model/progress.ts';
import { isStarted, type Setup, type StartedSetup } from '../model/setup.ts';
import type { Texts } from '../texts/catalogue.ts';
import { actions, button, context, header, lineSections, section } from './blocks.ts';
import { safeName } from './card-parts.ts';
import { stateOf } from './card-started.ts';
import { entityName, type RowCounts, type Schemas } from './entity-name.ts';
import { describeFault, faultBlocks } from './fault.ts';
import { dateText, escapeText, userMention } from './markup.ts';
import { type Message, message } from './message.ts';
import { buttons } from './names.ts';
import { paceParts } from './pace.ts';

/** Counters of one entity as the destination has them. */
export interface EntityTally {
  entity: string;
  phase: 'waiting' | 'copying' | 'current';
  stored: number;
  read: number;
  filtered: number;
  failed: number;
  deleted: number;
}

export interface StatusInput {
  setup: Setup;
  /** Null when the sync has not run since this process began. */
  progress: SyncProgress | null;
  /** What stands in for the progress then. */
  tallies: readonly EntityTally[];
  schemas?: Schemas | undefined;
  rows?: RowCounts | null;
}

type EntityStatus = EntityTally & { backlog: number | null };

/** What the sync is doing, for everybody. */
export function statusMessage(t: Texts, input: StatusInput): Message {
  const { setup } = input;
  const words = t.status;
  const state = words.states[isStarted(setup) ? stateOf(setup) : setup.step];
  const name = setup.step === 'new' ? [] : [safeName(setup.organization)];
  return message([`${words.header}: ${state}`, ...name].join(' · '), [
    header(words.header),
    section([`*${state}*`, ...name].join('\n')),
    ...(isStarted(setup) ? syncBlocks(t, setup, input) : nextBlocks(t, setup)),
    actions(button(buttons.statusRefresh, t.buttons['status.refresh'])),
  ]);
}

const nextBlocks = (t: Texts, setup: Setup): KnownBlock[] => [
  context(setup.step === 'new' ? t.status.next.new : t.status.next.setup),
];

/** Where a sync that was started stands, without its name and state. */
export function syncBlocks(
  t: Texts,
  setup: StartedSetup,
  { progress, tallies, schemas }: StatusInput,
): KnownBlock[] {
  const known = progress?.entities ?? tallies.map((tally) => ({ ...tally, backlog: null }));
  // While nobody fetches changes, nobody knows how many there are.
  const entities = setup.step === 'paused' ? known.map((entity) => ({ ...entity, backlog: null })) : known;
  const failed = entities.some((entity) => entity.failed > 0);
  const pace = progress && setup.step === 'copying' ? paceParts(t, progress) : [];
  const waiting = progress?.waiting ? [t.progress.waiting(describeFault(t, progress.waiting).cause)] : [];
  return [
    ...reasonBlocks(t, setup),
    ...(pace.length > 0 ? [section(pace.join(' · '))] : []),
    ...(entities.length > 0
      ? lineSections([
          `*${t.status.stored}*`,
          ...entities.map((entity) => `• ${entityLine(t, entity, schemas)}`),
        ])
      : []),
    ...(failed ? [section(t.status.errors)] : []),
    context(...waiting, ...cycleLines(t, setup, progress)),
  ];
}

function reasonBlocks(t: Texts, setup: StartedSetup): KnownBlock[] {
  if (setup.step !== 'paused') return [];
  const { reason } = setup;
  if (reason.kind === 'fault') return faultBlocks(t, reason.fault);
  return [section(t.card.started.paused(userMention(reason.by), dateText(t, reason.at)))];
}

function entityLine(t: Texts, entity: EntityStatus | EntityProgress, schemas?: Schemas): string {
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

function cycleLines(t: Texts, setup: StartedSetup, progress: SyncProgress | null): string[] {
  const words = t.status;
  const cycle = progress?.lastCycle;
  const last = cycle
    ? words.lastCycle(dateText(t, cycle.endedAt), cycle.changed, cycle.deleted)
    : words.noCycle;
  const next = setup.step === 'running' ? progress?.nextCycleAt : null;
  return [last, ...(next ? [words.nextCycle(dateText(t, next))] : [])];
}
