/** What Slack checks in a dialog before it asks the app. */
import type { Json, SandboxView } from '../../slack/page-api.ts';
import { flagOf, numberOf, recordOf, recordsOf, textOf } from '../blocks/json.ts';
import { blockIdOf, formKey } from '../blocks/place.ts';
import type { Words } from '../texts/en.ts';
import type { Ui } from './app.ts';
import { initialValue, isEmpty } from './form.ts';

export function validateView(ui: Ui, view: SandboxView, words: Words): Record<string, string> {
  const errors: Record<string, string> = {};
  recordsOf(view.view, 'blocks').forEach((block, index) => {
    const element = recordOf(block, 'element');
    if (textOf(block, 'type') !== 'input' || !element) return;
    const blockId = blockIdOf(block, index);
    const value = ui.forms.get(view.id)?.get(formKey(blockId, element)) ?? initialValue(element, ui.channel);
    const error = isEmpty(value, element)
      ? flagOf(block, 'optional')
        ? null
        : words.required
      : validateText(element, textOf(value, 'value'), words);
    if (error) errors[blockId] = error;
  });
  return errors;
}

function validateText(element: Json, text: string, words: Words): string | null {
  const min = numberOf(element, 'min_length');
  const max = numberOf(element, 'max_length');
  switch (textOf(element, 'type')) {
    case 'plain_text_input':
      if (min !== null && text.length < min) return words.tooShort(min);
      return max !== null && text.length > max ? words.tooLong(max) : null;
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? null : words.badEmail;
    case 'url_text_input':
      return URL.canParse(text) ? null : words.badUrl;
    case 'number_input':
      return validateNumber(element, text, words);
    default:
      return null;
  }
}

function validateNumber(element: Json, text: string, words: Words): string | null {
  const pattern = flagOf(element, 'is_decimal_allowed') ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  if (!pattern.test(text)) return words.badNumber;
  const min = numberOf(element, 'min_value');
  const max = numberOf(element, 'max_value');
  if (min !== null && Number(text) < min) return words.tooSmall(String(min));
  return max !== null && Number(text) > max ? words.tooLarge(String(max)) : null;
}
