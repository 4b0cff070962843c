import type { PlainTextOption } from '@slack/types';
import { type Field, labelOf } from '../model/entity.ts';
import type { Texts } from '../texts/catalogue.ts';
import { plain } from './blocks.ts';
import { limits, shorten } from './limits.ts';

/** A field as one can choose it: `Label (logical_name)`; of the two, the label gives way. */
export function fieldOption(t: Texts, field: Field, most: number = limits.option): PlainTextOption {
  const tail = ` (${field.name})`;
  const label = labelOf(field, t.language);
  const room = most - tail.length;
  const text = room >= 8 ? shorten(label, room) + tail : shorten(field.name, most);
  return { text: plain(text, most), value: field.name };
}

/** Slack refuses an option whose value is longer. */
export const fitsOption = (field: Field): boolean => field.name.length <= limits.option;
