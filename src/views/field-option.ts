import type { PlainTextOption } from '@slack/types';
import { type Field, labelOf } from '../model/entity.ts';
import type { Texts } from '../texts/catalogue.ts';
import { plain } from './blocks.ts';
import { limits, shorten } from './limits.ts';

export interface OptionRoom {
  /** Characters of the text. */
  text: number;
  /** Whether the type of the field is said, too. */
  type: boolean;
}

const fullRoom: OptionRoom = { text: limits.option, type: true };

/** A field as one can choose it: `Label (logical_name)` and its type; of label and name, the label gives way. */
export function fieldOption(t: Texts, field: Field, { text: most, type } = fullRoom): PlainTextOption {
  const tail = ` (${field.name})`;
  const label = labelOf(field, t.language);
  const room = most - tail.length;
  const text = room >= 8 ? shorten(label, room) + tail : shorten(field.name, most);
  return {
    text: plain(text, most),
    value: field.name,
    ...(type ? { description: plain(t.fields.types[field.type], limits.option) } : {}),
  };
}

/** Slack refuses an option whose value is longer. */
export const fitsOption = (field: Field): boolean => field.name.length <= limits.option;
