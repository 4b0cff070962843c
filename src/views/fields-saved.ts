import type { KnownBlock } from '@slack/types';
import type { EntitySchema } from '../model/entity.ts';
import type { Ticked } from '../model/fill-form.ts';
import type { SelectionChange } from '../model/selection-change.ts';
import type { Texts } from '../texts/catalogue.ts';
import { context, lineSections, section } from './blocks.ts';
import { everywhereBlocks, periodText } from './fill.ts';
import { bulletLines } from './markup.ts';
import { type Message, message } from './message.ts';
import { changeLines } from './selection-lines.ts';

export interface FieldsSaved {
  changes: readonly SelectionChange[];
  schemas: readonly EntitySchema[];
  /** What was ticked for the rows of a period. */
  ticked?: Ticked | undefined;
}

/** Says to the one who saved what has changed in a sync that runs. */
export function fieldsSaved(t: Texts, { changes, schemas, ticked }: FieldsSaved): Message {
  const lines = changeLines(t, changes, schemas);
  if (lines.length === 0) return message(t.fields.savedUnchanged, [section(t.fields.savedUnchanged)]);
  return message([t.fields.saved, ...lines].join('\n'), [
    ...lineSections([`*${t.fields.saved}*`, bulletLines(lines)]),
    ...(ticked ? tickedBlocks(t, ticked, changes, schemas) : [context(t.fields.whenRunning)]),
  ]);
}

function tickedBlocks(
  t: Texts,
  { period, entities }: Ticked,
  changes: readonly SelectionChange[],
  schemas: readonly EntitySchema[],
): KnownBlock[] {
  const isWhole = ({ entity, added }: SelectionChange) => added.length > 0 && !entities.includes(entity);
  const whole = changes.filter(isWhole).map(({ entity }) => entity);
  return [
    section(t.fill.saved(periodText(t, period))),
    ...everywhereBlocks(
      t,
      schemas.filter(({ name }) => whole.includes(name)),
    ),
    ...(changes.some(({ removed }) => removed.length > 0) ? [context(t.fields.whenRemoved)] : []),
  ];
}
