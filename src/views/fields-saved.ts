import type { SelectionChange } from '../model/selection-change.ts';
import type { Texts } from '../texts/catalogue.ts';
import { context, lineSections, section } from './blocks.ts';
import type { Schemas } from './entity-name.ts';
import { bulletLines } from './markup.ts';
import { type Message, message } from './message.ts';
import { changeLines } from './selection-lines.ts';

/** Says to the one who saved what has changed in a sync that runs. */
export function fieldsSaved(
  t: Texts,
  { changes, schemas }: { changes: readonly SelectionChange[]; schemas: Schemas },
): Message {
  const lines = changeLines(t, changes, schemas);
  if (lines.length === 0) return message(t.fields.savedUnchanged, [section(t.fields.savedUnchanged)]);
  return message([t.fields.saved, ...lines].join('\n'), [
    ...lineSections([`*${t.fields.saved}*`, bulletLines(lines)]),
    context(t.fields.whenRunning),
  ]);
}
