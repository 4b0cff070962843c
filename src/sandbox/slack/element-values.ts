import { elementsOf } from './block-check.ts';
import { isObject, listOf, objectOf, stringOf } from './fields.ts';
import type { Json, ViewValues } from './page-api.ts';

interface Holder {
  /** The property of `state.values` that holds it. */
  field: string;
  /** The property of the element that sets it beforehand. */
  initial: string;
  /** A list of things rather than one. */
  many: boolean;
}

const one = (field: string, initial: string): Holder => ({ field, initial, many: false });
const many = (field: string, initial: string): Holder => ({ field, initial, many: true });

/** How each element holds what a person put into it. Elements that hold nothing (buttons) are missing. */
export const HOLDERS: Readonly<Record<string, Holder>> = {
  plain_text_input: one('value', 'initial_value'),
  email_text_input: one('value', 'initial_value'),
  url_text_input: one('value', 'initial_value'),
  number_input: one('value', 'initial_value'),
  rich_text_input: one('rich_text_value', 'initial_value'),
  datepicker: one('selected_date', 'initial_date'),
  timepicker: one('selected_time', 'initial_time'),
  datetimepicker: one('selected_date_time', 'initial_date_time'),
  radio_buttons: one('selected_option', 'initial_option'),
  static_select: one('selected_option', 'initial_option'),
  external_select: one('selected_option', 'initial_option'),
  users_select: one('selected_user', 'initial_user'),
  conversations_select: one('selected_conversation', 'initial_conversation'),
  channels_select: one('selected_channel', 'initial_channel'),
  checkboxes: many('selected_options', 'initial_options'),
  multi_static_select: many('selected_options', 'initial_options'),
  multi_external_select: many('selected_options', 'initial_options'),
  multi_users_select: many('selected_users', 'initial_users'),
  multi_conversations_select: many('selected_conversations', 'initial_conversations'),
  multi_channels_select: many('selected_channels', 'initial_channels'),
  file_input: many('files', ''),
};

export const holderOf = (element: Json): Holder | undefined =>
  Object.hasOwn(HOLDERS, String(element.type)) ? HOLDERS[String(element.type)] : undefined;

/** What an untouched element reports. `here` is the conversation the person is in. */
function untouched(element: Json, holder: Holder, here: string | null): unknown {
  const { default_to_current_conversation: current } = element;
  if (current === true && here) return holder.many ? [here] : here;
  return element[holder.initial] ?? (holder.many ? [] : null);
}

/** `state.values` of a view or message as Slack sends it: every element that holds something, touched or not. */
export function completeValues(blocks: Json[], given: ViewValues, here: string | null): ViewValues {
  const values: ViewValues = {};
  for (const block of blocks) {
    const id = stringOf(block.block_id);
    for (const element of elementsOf(block)) {
      const holder = holderOf(element);
      if (!holder) continue;
      const action = stringOf(element.action_id);
      const typed = given[id]?.[action];
      const value = typed && holder.field in typed ? typed[holder.field] : untouched(element, holder, here);
      values[id] ??= {};
      // A cleared text input reports null, like one never touched.
      values[id][action] = { type: element.type, [holder.field]: value === '' ? null : value };
    }
  }
  return values;
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

function textError(element: Json, text: string): string | undefined {
  const { type, min_length: least, max_length: most, min_value: low, max_value: high } = element;
  if (type === 'email_text_input' && !EMAIL.test(text)) return 'Please enter a valid email address.';
  if (type === 'url_text_input' && !URL.canParse(text)) return 'Please enter a valid URL.';
  if (type === 'number_input') {
    if (text.trim() === '' || Number.isNaN(Number(text))) return 'Please enter a number.';
    if (element.is_decimal_allowed !== true && !Number.isInteger(Number(text)))
      return 'Please enter a whole number.';
    if (low !== undefined && Number(text) < Number(low)) return `Please enter ${low} or more.`;
    if (high !== undefined && Number(text) > Number(high)) return `Please enter ${high} or less.`;
  }
  if (typeof least === 'number' && text.length < least) return `Please enter at least ${least} characters.`;
  const longest = typeof most === 'number' ? most : 3000;
  return text.length > longest ? `Please enter at most ${longest} characters.` : undefined;
}

function inputError(block: Json, element: Json, value: unknown): string | undefined {
  const empty = value === null || value === undefined || (Array.isArray(value) && value.length === 0);
  if (empty) return block.optional === true ? undefined : 'Please complete this required field.';
  const most = element.max_selected_items;
  if (typeof most === 'number' && listOf(value).length > most) return `Please select at most ${most}.`;
  return typeof value === 'string' && holderOf(element)?.field === 'value'
    ? textError(element, value)
    : undefined;
}

/** What Slack's own client finds wrong on submitting, by block_id; the app then hears nothing of it. */
export function formErrors(blocks: Json[], values: ViewValues): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of blocks) {
    if (block.type !== 'input' || !isObject(block.element)) continue;
    const id = stringOf(block.block_id);
    const holder = holderOf(block.element);
    const held = values[id]?.[stringOf(block.element.action_id)];
    const error = inputError(block, block.element, holder && objectOf(held)[holder.field]);
    if (error) errors[id] = error;
  }
  return errors;
}
