/** Elements one types into, and dates. */
import { isComposing, typedText } from '../dom/event.ts';
import { type Attributes, h, type VNode } from '../dom/vnode.ts';
import { valueName } from '../state/form.ts';
import { press } from '../state/press.ts';
import { change, type Field, fieldAttributes, heldValue, keep } from './field.ts';
import { flagOf, numberOf, recordOf, textOf, textsOf, wordsOf } from './json.ts';

const INPUT_MODES: Record<string, string> = {
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'decimal',
};

export function renderTextInput(field: Field): VNode {
  const { element } = field;
  const multiline = flagOf(element, 'multiline');
  const attributes: Attributes = {
    ...fieldAttributes(field),
    class: multiline ? 'text-input text-area' : 'text-input',
    value: textOf(heldValue(field), 'value'),
    placeholder: wordsOf(element, 'placeholder') || null,
    maxlength: numberOf(element, 'max_length'),
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: multiline ? null : 'false',
    'aria-required': field.optional ? null : 'true',
    on: {
      input: (event) => {
        keep(field, { type: textOf(element, 'type'), value: typedText(event) });
        if (dispatchesOn(field, 'on_character_entered'))
          void press(field.place, field.blockId, element, heldValue(field));
      },
      keydown: (event) => {
        if (event.key !== 'Enter' || multiline || isComposing(event)) return;
        if (!dispatchesOn(field, 'on_enter_pressed')) return;
        // Sent to the app instead of submitting the dialog around it.
        event.preventDefault();
        event.stopPropagation();
        void press(field.place, field.blockId, element, heldValue(field));
      },
    },
  };
  if (multiline) return h('textarea', { ...attributes, rows: 4 });
  return h('input', { ...attributes, type: 'text', inputmode: INPUT_MODES[textOf(element, 'type')] ?? null });
}

function dispatchesOn(field: Field, trigger: string): boolean {
  if (!field.dispatch) return false;
  const triggers = textsOf(recordOf(field.element, 'dispatch_action_config'), 'trigger_actions_on');
  return (triggers.length > 0 ? triggers : ['on_enter_pressed']).includes(trigger);
}

export function renderDateInput(field: Field): VNode {
  const type = textOf(field.element, 'type');
  const name = valueName(field.element) ?? 'selected_date';
  return h('input', {
    ...fieldAttributes(field),
    class: 'text-input date-input',
    type: type === 'timepicker' ? 'time' : 'date',
    value: textOf(heldValue(field), name),
    on: { change: (event) => void change(field, { type, [name]: typedText(event) || null }) },
  });
}
