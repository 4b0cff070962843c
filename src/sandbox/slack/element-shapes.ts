import {
  anyText,
  confirm,
  imageFields,
  option,
  optionGroups,
  options,
  overflowOption,
  plainText,
  richOption,
} from './composition-shapes.ts';
import {
  boolean,
  type Check,
  integer,
  list,
  object,
  oneOf,
  optional,
  pattern,
  required,
  type Shape,
  string,
} from './fields.ts';
import { LIMITS } from './limits.ts';
import { richText } from './rich-text-shapes.ts';

const id = string(LIMITS.id);
const confirmable = { action_id: optional(id), confirm: optional(confirm) };
const focusable = { focus_on_load: optional(boolean) };
const placeholder = { placeholder: optional(plainText(LIMITS.placeholder)) };
const menu = { ...confirmable, ...focusable, ...placeholder };
const multi = { ...menu, max_selected_items: optional(integer(1, Number.MAX_SAFE_INTEGER)) };
const date = pattern(/^\d{4}-\d{2}-\d{2}$/, 'a date as YYYY-MM-DD');
const time = pattern(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time as HH:mm');
const number = pattern(/^-?\d+(\.\d+)?$/, 'a number as a string');
const queryLength = optional(integer(0, 1000));
const initialOption = optional(option);
const initialOptions = optional(options(option, LIMITS.options));
const ids = optional(list(id, { min: 1 }));
const accessibility = optional(string(LIMITS.button.accessibility));
const buttonStyle = optional(oneOf('primary', 'danger'));

const staticChoices = {
  options: optional(options(option, LIMITS.options)),
  option_groups: optional(optionGroups),
};

const conversations = {
  default_to_current_conversation: optional(boolean),
  filter: optional(
    object({
      include: optional(list(oneOf('im', 'mpim', 'private', 'public'), { min: 1 })),
      exclude_external_shared_channels: optional(boolean),
      exclude_bot_users: optional(boolean),
    }),
  ),
};

const typed = {
  action_id: optional(id),
  ...focusable,
  ...placeholder,
  initial_value: optional(string(LIMITS.plainTextInput, 0)),
  dispatch_action_config: optional(
    object({
      trigger_actions_on: optional(
        list(oneOf('on_enter_pressed', 'on_character_entered'), { min: 1, max: 2 }),
      ),
    }),
  ),
};

const feedback: Check = object({
  text: required(plainText(LIMITS.button.text)),
  accessibility_label: accessibility,
  value: required(string(LIMITS.button.value)),
});

const BUTTONS: Readonly<Record<string, Shape>> = {
  button: {
    ...confirmable,
    text: required(plainText(LIMITS.button.text)),
    value: optional(string(LIMITS.button.value, 0)),
    url: optional(string(LIMITS.url)),
    style: buttonStyle,
    accessibility_label: accessibility,
  },
  workflow_button: {
    ...confirmable,
    text: required(plainText(LIMITS.button.text)),
    style: buttonStyle,
    accessibility_label: accessibility,
    workflow: required((value, at, report) => {
      if (typeof value !== 'object') report(at, 'must provide an object');
    }),
  },
  overflow: { ...confirmable, options: required(options(overflowOption, LIMITS.overflow)) },
  feedback_buttons: {
    action_id: optional(id),
    positive_button: required(feedback),
    negative_button: required(feedback),
  },
  icon_button: {
    ...confirmable,
    icon: required(string(100)),
    text: required(plainText(LIMITS.button.text)),
    accessibility_label: accessibility,
    value: optional(string(LIMITS.button.value)),
    visible_to_user_ids: optional(list(id, { max: LIMITS.iconButtonUsers })),
  },
  image: imageFields,
};

const CHOICES: Readonly<Record<string, Shape>> = {
  checkboxes: {
    ...confirmable,
    ...focusable,
    options: required(options(richOption, LIMITS.checkboxes)),
    initial_options: optional(options(richOption, LIMITS.checkboxes)),
  },
  radio_buttons: {
    ...confirmable,
    ...focusable,
    options: required(options(richOption, LIMITS.radioButtons)),
    initial_option: optional(richOption),
  },
  static_select: { ...menu, ...staticChoices, initial_option: initialOption },
  multi_static_select: { ...multi, ...staticChoices, initial_options: initialOptions },
  external_select: { ...menu, min_query_length: queryLength, initial_option: initialOption },
  multi_external_select: { ...multi, min_query_length: queryLength, initial_options: initialOptions },
  users_select: { ...menu, initial_user: optional(id) },
  multi_users_select: { ...multi, initial_users: ids },
  conversations_select: {
    ...menu,
    ...conversations,
    initial_conversation: optional(id),
    response_url_enabled: optional(boolean),
  },
  multi_conversations_select: { ...multi, ...conversations, initial_conversations: ids },
  channels_select: { ...menu, initial_channel: optional(id), response_url_enabled: optional(boolean) },
  multi_channels_select: { ...multi, initial_channels: ids },
};

const INPUTS: Readonly<Record<string, Shape>> = {
  datepicker: { ...menu, initial_date: optional(date) },
  timepicker: { ...menu, initial_time: optional(time), timezone: optional(string(100)) },
  datetimepicker: {
    ...confirmable,
    ...focusable,
    initial_date_time: optional(integer(1_000_000_000, 9_999_999_999)),
  },
  plain_text_input: {
    ...typed,
    multiline: optional(boolean),
    min_length: optional(integer(0, LIMITS.plainTextInput)),
    max_length: optional(integer(1, LIMITS.plainTextInput)),
  },
  number_input: {
    ...typed,
    initial_value: optional(number),
    is_decimal_allowed: required(boolean),
    min_value: optional(number),
    max_value: optional(number),
  },
  email_text_input: typed,
  url_text_input: typed,
  file_input: {
    action_id: optional(id),
    filetypes: optional(list(string(50), { min: 1 })),
    max_files: optional(integer(1, LIMITS.fileInput)),
  },
  rich_text_input: {
    ...typed,
    initial_value: optional(richText),
    min_lines: optional(integer(1, LIMITS.richTextInputLines)),
    max_lines: optional(integer(1, LIMITS.richTextInputLines)),
  },
};

/** What every element may and must have besides `type`. */
export const ELEMENTS: Readonly<Record<string, Shape>> = { ...BUTTONS, ...CHOICES, ...INPUTS };

/** A text in a context block. */
export const contextText: Check = anyText(LIMITS.text);
