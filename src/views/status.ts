import type { KnownBlock } from '@slack/types';
import type { Cycle, SyncProgress } from '../model/progress.ts';
import { isStarted, type Setup, type StartedSetup } from '../model/setup.ts';
import type { Texts } from '../texts/catalogue.ts';
import { actions, button, context, header, lineSections, plain, section } from './blocks.ts';
import { safeName } from './card-parts.ts';
import { stateOf } from './card-started.ts';
import { conditionLines } from './condition.ts';
import type { RowCounts, Schemas } from './entity-name.ts';
import { faultBlocks, waitCause } from './fault.ts';
import { limits, shorten } from './limits.ts';
import { dateText, userMention } from './markup.ts';
import { type Message, message } from './message.ts';
import { buttons } from './names.ts';
import { paceParts } from './pace.ts';
import {
  type EntityFacts,
  type EntityStatus,
  entityLine,
  entityLines,
  entityStatuses,
  entityTable,
} from './status-entities.ts';

export interface StatusInput extends EntityFacts {
  setup: Setup;
  /** As the database has it, also from before a restart. */
  lastCycle?: Cycle | null | undefined;
  schemas?: Schemas | undefined;
  rows?: RowCounts | null;
  picture?: Picture | undefined;
}

/** The last 24 hours as a picture that is in Slack already, or why there is none. */
export type Picture = { fileId: string; alt: string } | { missing: 'refused' | 'failed' | 'late' };

/** What the sync is doing, for everybody. */
export function statusMessage(t: Texts, input: StatusInput): Message {
  const { setup, schemas } = input;
  const words = t.status;
  const state = words.states[isStarted(setup) ? stateOf(setup) : setup.step];
  const name = setup.step === 'new' ? [] : [safeName(setup.organization)];
  const entities = isStarted(setup) ? entityStatuses(setup, input) : [];
  // Whoever hears it read aloud, or has no tables, gets the numbers all the same.
  const spoken = entities.map((entity) => entityLine(t, entity, schemas));
  return message([`${words.header}: ${state}`, ...name, ...spoken].join(' · '), [
    header(words.header),
    section([`*${state}*`, ...name].join('\n')),
    ...(isStarted(setup) ? startedBlocks(t, setup, input, entities) : nextBlocks(t, setup)),
    actions(button(buttons.statusRefresh, t.buttons['status.refresh'])),
  ]);
}

const nextBlocks = (t: Texts, setup: Setup): KnownBlock[] => [
  context(setup.step === 'new' ? t.status.next.new : t.status.next.setup),
];

function startedBlocks(
  t: Texts,
  setup: StartedSetup,
  input: StatusInput,
  entities: readonly EntityStatus[],
): KnownBlock[] {
  const { progress, schemas, picture } = input;
  return [
    ...stateBlocks(t, setup, progress),
    ...(entities.length > 0 ? [entityTable(t, setup, entities, schemas)] : []),
    ...pictureBlocks(t, picture),
    ...footBlocks(t, setup, input, entities),
  ];
}

/** Where a sync that was started stands, without its name and state; in lines, for where there can be no table. */
export function syncBlocks(t: Texts, setup: StartedSetup, input: StatusInput): KnownBlock[] {
  const entities = entityStatuses(setup, input);
  return [
    ...stateBlocks(t, setup, input.progress),
    ...entityLines(t, entities, input.schemas),
    ...footBlocks(t, setup, input, entities),
  ];
}

function stateBlocks(t: Texts, setup: StartedSetup, progress: SyncProgress | null): KnownBlock[] {
  const pace = progress && setup.step === 'copying' ? paceParts(t, progress) : [];
  return [...reasonBlocks(t, setup), ...(pace.length > 0 ? [section(pace.join(' · '))] : [])];
}

function reasonBlocks(t: Texts, setup: StartedSetup): KnownBlock[] {
  if (setup.step !== 'paused') return [];
  const { reason } = setup;
  if (reason.kind === 'fault') return faultBlocks(t, reason.fault);
  return [section(t.card.started.paused(userMention(reason.by), dateText(t, reason.at)))];
}

function pictureBlocks(t: Texts, picture: StatusInput['picture']): KnownBlock[] {
  if (!picture) return [];
  if ('missing' in picture) return [context(t.status.pictureMissing[picture.missing])];
  return [
    {
      type: 'image',
      slack_file: { id: picture.fileId },
      alt_text: shorten(picture.alt, limits.altText),
      title: plain(t.status.picture.title, limits.imageTitle),
    },
  ];
}

function footBlocks(
  t: Texts,
  setup: StartedSetup,
  input: StatusInput,
  entities: readonly EntityStatus[],
): KnownBlock[] {
  const { progress, schemas } = input;
  const failed = entities.some((entity) => entity.failed > 0);
  // What the sync waits for is said below, with more words.
  const conditions =
    setup.step === 'paused'
      ? []
      : (progress?.conditions ?? []).filter(
          ({ kind }) => !(progress?.waiting && (kind === 'waiting' || kind === 'throttled')),
        );
  const lines = conditionLines(t, conditions, schemas);
  return [
    ...lineSections(lines).slice(0, 5),
    ...(failed ? [section(t.status.errors)] : []),
    context(
      ...waitingLines(t, setup, progress),
      ...pendingLines(t, entities),
      ...cycleLines(t, setup, input),
    ),
  ];
}

/** What stands in the way at the moment; a condition of the same kind says it as well. */
function waitingLines(t: Texts, setup: StartedSetup, progress: SyncProgress | null): string[] {
  if (!progress?.waiting || setup.step === 'paused') return [];
  return [t.progress.waiting(waitCause(t, progress.waiting))];
}

/** Since when changes wait: of rows the oldest is known where Dynamics tells; of deletes only since when nobody looked. */
function pendingLines(t: Texts, entities: readonly EntityStatus[]): string[] {
  const waiting = entities.filter(({ backlog }) => backlog !== null && backlog > 0);
  const rows = waiting.flatMap(({ oldestPendingAt }) => oldestPendingAt ?? []).sort();
  const [oldest] = rows;
  if (oldest && rows.length === waiting.length) return [t.status.oldestPending(dateText(t, oldest))];
  const [since] = waiting.flatMap(({ followedAt }) => followedAt ?? []).sort();
  return since ? [t.status.pendingSince(dateText(t, since))] : [];
}

function cycleLines(t: Texts, setup: StartedSetup, { progress, lastCycle }: StatusInput): string[] {
  const words = t.status;
  const cycle = progress?.lastCycle ?? lastCycle;
  const last = cycle
    ? words.lastCycle(dateText(t, cycle.endedAt), cycle.changed, cycle.deleted)
    : words.noCycle;
  const next = setup.step === 'running' ? progress?.nextCycleAt : null;
  return [last, ...(next ? [words.nextCycle(dateText(t, next))] : [])];
}
