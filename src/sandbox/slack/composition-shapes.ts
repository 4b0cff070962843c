import {
  boolean,
  type Check,
  either,
  every,
  type Field,
  isObject,
  list,
  listOf,
  object,
  objectOf,
  oneOf,
  optional,
  required,
  string,
} from './fields.ts';
import { LIMITS } from './limits.ts';

/** A text object of kind plain_text. */
export const plainText = (max: number): Check =>
  object({
    type: required(oneOf('plain_text')),
    text: required(string(max)),
    emoji: optional(boolean),
  });

export const mrkdwn = (max: number): Check =>
  object({
    type: required(oneOf('mrkdwn')),
    text: required(string(max)),
    verbatim: optional(boolean),
  });

/** Either kind of text; findings are about the kind it says it is. */
export const anyText =
  (max: number): Check =>
  (value, at, report) =>
    (objectOf(value).type === 'mrkdwn' ? mrkdwn(max) : plainText(max))(value, at, report);

export const confirm: Check = object({
  title: optional(plainText(LIMITS.confirm.title)),
  text: required(anyText(LIMITS.confirm.text)),
  confirm: optional(plainText(LIMITS.confirm.button)),
  deny: optional(plainText(LIMITS.confirm.button)),
  style: optional(oneOf('primary', 'danger')),
});

const optionOf = (text: Check, value: Field, extra: Record<string, Field> = {}): Check =>
  object({
    text: required(text),
    value,
    description: optional(anyText(LIMITS.option.description)),
    ...extra,
  });

const value = string(LIMITS.option.value);
const label = plainText(LIMITS.option.text);

/** An option of a select menu: plain text only. */
export const option: Check = optionOf(label, required(value));
/** An option of checkboxes and radio buttons, which may be formatted. */
export const richOption: Check = optionOf(anyText(LIMITS.option.text), required(value));
/** An option of an overflow menu, which may be a link. */
export const overflowOption: Check = optionOf(label, optional(value), { url: optional(string(LIMITS.url)) });

const distinctValues: Check = (options, at, report) => {
  const seen = new Set<unknown>();
  for (const [index, one] of listOf(options).entries()) {
    const { value } = objectOf(one);
    if (value !== undefined && seen.has(value))
      report(`${at}/${index}/value`, `duplicate option value: ${value}`);
    seen.add(value);
  }
};

export const options = (check: Check, max: number): Check =>
  every(list(check, { min: 1, max }), distinctValues);

export const optionGroups: Check = every(
  list(
    object({
      label: required(plainText(LIMITS.optionGroupLabel)),
      options: required(list(option, { min: 1, max: LIMITS.options })),
    }),
    { min: 1, max: LIMITS.optionGroups },
  ),
  (groups, at, report) =>
    distinctValues(
      listOf(groups).flatMap((group) => listOf(objectOf(group).options)),
      at,
      report,
    ),
);

/** Where the picture is: a URL or a file in Slack, exactly one. */
export const imageFields = {
  image_url: optional(string(LIMITS.url)),
  slack_file: optional(
    either(object({ id: required(string(255)) }), object({ url: required(string(LIMITS.url)) })),
  ),
  alt_text: required(string(LIMITS.image.alt, 0)),
};

export const oneImage: Check = (image, at, report) => {
  if (!isObject(image)) return;
  if ((image.image_url === undefined) === (image.slack_file === undefined))
    report(at, 'must have either image_url or slack_file');
};
