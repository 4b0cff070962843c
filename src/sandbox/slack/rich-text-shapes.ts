import {
  boolean,
  type Check,
  integer,
  list,
  object,
  objectOf,
  oneOf,
  optional,
  required,
  type Shape,
  string,
} from './fields.ts';
import { LIMITS } from './limits.ts';

const anyString = string(40_000, 0);
const whole = integer(0, Number.MAX_SAFE_INTEGER);

const style = object({
  bold: optional(boolean),
  italic: optional(boolean),
  strike: optional(boolean),
  code: optional(boolean),
  underline: optional(boolean),
  highlight: optional(boolean),
  client_highlight: optional(boolean),
  unlink: optional(boolean),
});

const INLINE: Readonly<Record<string, Shape>> = {
  text: { text: required(string(40_000)) },
  link: { url: required(string(LIMITS.url)), text: optional(anyString), unsafe: optional(boolean) },
  emoji: {
    name: required(anyString),
    unicode: optional(anyString),
    url: optional(anyString),
    skin_tone: optional(whole),
  },
  user: { user_id: required(anyString) },
  usergroup: { usergroup_id: required(anyString) },
  channel: { channel_id: required(anyString) },
  team: { team_id: required(anyString) },
  broadcast: { range: required(oneOf('here', 'channel', 'everyone')) },
  color: { value: required(anyString) },
  date: {
    timestamp: required(whole),
    format: required(anyString),
    url: optional(anyString),
    fallback: optional(anyString),
  },
};

/** An object whose `type` chooses its shape. */
const byType =
  (shapes: Readonly<Record<string, Shape>>, always: Shape = {}): Check =>
  (value, at, report) => {
    const { type } = objectOf(value);
    const shape = typeof type === 'string' && Object.hasOwn(shapes, type) ? shapes[type] : undefined;
    if (!shape) return report(at, `unsupported type: ${String(type)}`);
    object({ type: required(string(100)), ...always, ...shape })(value, at, report);
  };

const inline = byType(INLINE, { style: optional(style) });
const preformatted = byType({ text: INLINE.text ?? {}, link: INLINE.link ?? {} }, { style: optional(style) });
const border = optional(oneOf(0, 1));
const section = byType({ rich_text_section: { elements: required(list(inline)) } });

const part = byType({
  rich_text_section: { elements: required(list(inline)) },
  rich_text_quote: { elements: required(list(inline)), border },
  rich_text_preformatted: { elements: required(list(preformatted)), border, language: optional(anyString) },
  rich_text_list: {
    elements: required(list(section, { min: 1 })),
    style: required(oneOf('bullet', 'ordered')),
    indent: optional(integer(0, LIMITS.richText.indent)),
    offset: optional(whole),
    border,
  },
});

/** What a rich_text block has besides its block_id. */
export const RICH_TEXT: Shape = {
  type: required(oneOf('rich_text')),
  elements: required(list(part, { min: 1 })),
};

export const richText: Check = object({ ...RICH_TEXT, block_id: optional(string(LIMITS.id)) });
