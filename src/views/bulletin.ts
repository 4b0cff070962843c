import type { AlertKind } from '../model/alert.ts';
import type { AuditEntry } from '../model/audit.ts';
import type { StartedSetup } from '../model/setup.ts';
import type { Texts } from '../texts/catalogue.ts';
import { actions, button, context, header, lineSections, section } from './blocks.ts';
import { safeName } from './card-parts.ts';
import { stateOf } from './card-started.ts';
import { entityName } from './entity-name.ts';
import { entryLine } from './history.ts';
import { bulletLines, escapeText } from './markup.ts';
import { type Message, message } from './message.ts';
import { buttons } from './names.ts';

export interface DailyInput {
  setup: StartedSetup;
  tallies: readonly { entity: string; stored: number; failed: number }[];
  /** Of the last 24 hours. */
  activity: readonly { entity: string; changed: number; deleted: number }[];
  /** What is wrong at present. */
  problems: readonly AlertKind[];
}

const shownActs = 20;

/** What a channel reads in the morning: the state, what came in, what is wrong. */
export function dailySummary(t: Texts, { setup, tallies, activity, problems }: DailyInput): Message {
  const words = t.bulletins;
  const state = t.status.states[stateOf(setup)];
  const sum = (count: 'changed' | 'deleted', entity?: string) =>
    activity.reduce((all, point) => (entity && point.entity !== entity ? all : all + point[count]), 0);
  const lines = tallies.map(({ entity, stored, failed }) => {
    const text = words.entity(stored, sum('changed', entity), sum('deleted', entity), failed);
    return t.entities.line(escapeText(entityName(t, entity)), text);
  });
  return message(words.summary(state, sum('changed'), sum('deleted')), [
    header(words.header),
    section(`*${state}*\n${safeName(setup.organization)}`),
    ...(lines.length > 0 ? lineSections([`*${words.period}*`, ...lines.map((line) => `• ${line}`)]) : []),
    ...problemBlocks(t, problems),
    actions(button(buttons.statusRefresh, t.buttons.statusShow)),
  ]);
}

function problemBlocks(t: Texts, problems: readonly AlertKind[]) {
  const words = t.bulletins;
  if (problems.length === 0) return [context(words.noProblems)];
  return [section(`*${words.problems}*\n${bulletLines(problems.map((kind) => t.alerts.headers[kind]))}`)];
}

/** What was done lately, the oldest first. */
export function actsMessage(t: Texts, acts: readonly AuditEntry[]): Message {
  const lines = acts.slice(-shownActs).map((entry) => entryLine(t, entry));
  return message(`${t.bulletins.acts}: ${lines.join(' / ')}`, [
    ...lineSections(lines.length > 1 ? [bulletLines(lines)] : lines),
  ]);
}
