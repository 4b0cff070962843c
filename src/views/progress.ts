import type { KnownBlock } from '@slack/types';
import type { Fault } from '../model/fault.ts';
import type { Organization } from '../model/organization.ts';
import type { EntityProgress, SyncProgress } from '../model/progress.ts';
import type { Texts } from '../texts/catalogue.ts';
import { actions, button, context, header, lineSections, section } from './blocks.ts';
import { safeName } from './card-parts.ts';
import { entityName } from './entity-name.ts';
import { faultBlocks, waitCause } from './fault.ts';
import { dateText, escapeText } from './markup.ts';
import { type Message, message } from './message.ts';
import { buttons } from './names.ts';
import { overallPercent, paceParts, percentOf } from './pace.ts';

export type ProgressState = 'copying' | 'running' | 'paused' | 'stopped';

export interface ProgressMessageInput {
  organization: Organization;
  progress: SyncProgress;
  state: ProgressState;
  /** Why it has stopped. */
  fault?: Fault | undefined;
}

const barLength = 8;

const bar = (percent: number): string => {
  const full = Math.floor((percent / 100) * barLength);
  return '■'.repeat(full) + '□'.repeat(barLength - full);
};

function countOf(t: Texts, { phase, stored, read, total }: EntityProgress): string[] {
  if (phase === 'current') return [t.entities.rows(stored)];
  if (total !== null && read <= total) return [t.progress.readOf(read, total)];
  return phase === 'waiting' ? [] : [t.progress.read(read)];
}

function entityLine(t: Texts, entity: EntityProgress): string {
  const percent = percentOf(entity);
  const parts = [
    ...(percent === null ? [] : [`${bar(percent)} ${t.format.percent(percent)}`]),
    ...countOf(t, entity),
    ...(entity.filtered > 0 ? [t.progress.filtered(entity.filtered)] : []),
    ...(entity.failed > 0 ? [t.progress.failed(entity.failed)] : []),
  ];
  const title = `*${escapeText(entityName(t, entity.entity))}* · ${t.progress.phases[entity.phase]}`;
  return parts.length > 0 ? `${title}\n${parts.join(' · ')}` : title;
}

/** Nothing once the copy is done or stands still. */
function paceLine(t: Texts, { progress, state }: ProgressMessageInput): string[] {
  if (state !== 'copying') return [];
  const parts = paceParts(t, progress);
  return [parts.length > 0 ? `*${parts.join(' · ')}*` : t.progress.preparing];
}

/** The message that is kept up to date while the initial sync runs, and says so when it is done. */
export function progressMessage(t: Texts, input: ProgressMessageInput): Message {
  const { organization, progress, state, fault } = input;
  const title = t.progress.headers[state];
  const percent = overallPercent(progress.entities);
  const waiting =
    state === 'copying' && progress.waiting
      ? [context(`⏳ ${t.progress.waiting(waitCause(t, progress.waiting))}`)]
      : [];
  const summary = t.progress.summary(
    title,
    safeName(organization),
    percent === null || state === 'running' ? null : t.format.percent(percent),
  );
  return message(summary, [
    header(title),
    section([t.progress.organization(safeName(organization)), ...paceLine(t, input)].join('\n')),
    ...(fault ? faultBlocks(t, fault) : []),
    ...lineSections(progress.entities.map((entity) => entityLine(t, entity))),
    ...waiting,
    ...startedBlocks(t, progress),
    ...(state === 'paused' ? [actions(button(buttons.syncResume, t.buttons['sync.resume']))] : []),
  ]);
}

const startedBlocks = (t: Texts, { startedAt }: SyncProgress): KnownBlock[] =>
  startedAt ? [context(t.progress.started(dateText(t, startedAt)))] : [];
