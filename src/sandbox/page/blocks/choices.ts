/** Checkboxes and radio buttons: the browser's own controls, so that keys and screen readers know them. */
import type { Json } from '../../slack/page-api.ts';
import { h, type VNode } from '../dom/vnode.ts';
import { chosenOptions } from '../state/form.ts';
import { change, type Field, fieldAttributes, heldValue } from './field.ts';
import { renderTextOf } from './inline.ts';
import { recordOf, recordsOf, textOf } from './json.ts';

export function renderChoices(field: Field): VNode {
  const many = textOf(field.element, 'type') === 'checkboxes';
  const { id: _id, ...hooks } = fieldAttributes(field);
  return h(
    'div',
    { class: 'choices', role: many ? 'group' : 'radiogroup', ...hooks },
    recordsOf(field.element, 'options').map((option, index) => renderChoice(field, option, index, many)),
  );
}

function renderChoice(field: Field, option: Json, index: number, many: boolean): VNode {
  const chosen = chosenOptions(heldValue(field));
  const value = textOf(option, 'value');
  const checked = chosen.some((entry) => textOf(entry, 'value') === value);
  const id = index === 0 ? field.id : `${field.id}-${index}`;
  return h(
    'label',
    { key: value, class: 'choice', for: id },
    h('input', {
      type: many ? 'checkbox' : 'radio',
      id,
      name: field.id,
      value,
      checked,
      'data-value': value,
      'aria-invalid': field.invalid ? 'true' : null,
      on: { change: () => void change(field, changedValue(field, option, !checked, many)) },
    }),
    h(
      'span',
      { class: 'choice-words' },
      h('span', { class: 'choice-text' }, renderTextOf(field.place, option, 'text')),
      recordOf(option, 'description')
        ? h('span', { class: 'choice-description' }, renderTextOf(field.place, option, 'description'))
        : null,
    ),
  );
}

function changedValue(field: Field, option: Json, on: boolean, many: boolean): Json {
  const type = textOf(field.element, 'type');
  if (!many) return { type, selected_option: option };
  const chosen = new Set(chosenOptions(heldValue(field)).map((entry) => textOf(entry, 'value')));
  if (on) chosen.add(textOf(option, 'value'));
  else chosen.delete(textOf(option, 'value'));
  // In the order of the options, as Slack sends them.
  const options = recordsOf(field.element, 'options').filter((entry) => chosen.has(textOf(entry, 'value')));
  return { type, selected_options: options };
}
