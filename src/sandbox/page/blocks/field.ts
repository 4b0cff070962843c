/** One element and what surrounds it: its label, its error, and whether a change is sent at once. */
import type { Json } from '../../slack/page-api.ts';
import type { Attributes } from '../dom/vnode.ts';
import type { Place } from '../state/app.ts';
import { readValue, writeValue } from '../state/form.ts';
import { press } from '../state/press.ts';
import { flagOf, textOf, wordsOf } from './json.ts';
import { domId } from './place.ts';

export interface Field {
  place: Place;
  blockId: string;
  element: Json;
  /** True where Slack sends `block_actions` on a change: everywhere but in an input block without `dispatch_action`. */
  dispatch: boolean;
  /** True where the person may leave it empty. */
  optional: boolean;
  /** Id of the control itself. */
  id: string;
  /** Ids of the visible label, and of hint and error; empty when there are none. */
  labelledBy: string;
  describedBy: string;
  invalid: boolean;
}

export function bareField(place: Place, blockId: string, element: Json): Field {
  return {
    place,
    blockId,
    element,
    dispatch: true,
    optional: true,
    id: fieldId(place, blockId, element),
    labelledBy: '',
    describedBy: '',
    invalid: false,
  };
}

export function fieldId(place: Place, blockId: string, element: Json): string {
  return domId('field', place.id, blockId, textOf(element, 'action_id'));
}

/** What every control carries: hooks, label, description, error. */
export function fieldAttributes(field: Field): Attributes {
  const { element } = field;
  const fallback =
    textOf(element, 'accessibility_label') || wordsOf(element, 'placeholder') || textOf(element, 'action_id');
  return {
    id: field.id,
    'data-action-id': textOf(element, 'action_id'),
    'data-block-id': field.blockId,
    'data-focus-first': flagOf(element, 'focus_on_load'),
    'aria-labelledby': field.labelledBy || null,
    'aria-label': field.labelledBy ? null : fallback,
    'aria-describedby': field.describedBy || null,
    'aria-invalid': field.invalid ? 'true' : null,
  };
}

export function heldValue(field: Field): Json {
  return readValue(field.place, field.blockId, field.element);
}

export function keep(field: Field, value: Json): void {
  writeValue(field.place, field.blockId, field.element, value);
}

/** Keeps a change and sends it where Slack does; a change the person does not confirm is undone. */
export async function change(field: Field, value: Json, before: Json = heldValue(field)): Promise<void> {
  keep(field, value);
  if (!field.dispatch) return;
  const sent = await press(field.place, field.blockId, field.element, value);
  if (!sent) keep(field, before);
}
