import { choicesOf } from './element-check.ts';
import { holderOf } from './element-values.ts';
import { isObject, listOf, objectOf, stringOf } from './fields.ts';
import type { Json, PageState } from './page-api.ts';

/**
 * What a person puts into an input, in simple words: a text; the value or label of an option, or several; for
 * checkboxes `true`/`'all'` and `false`/`'none'`; `#channel` or an id; `@user` or an id; `null` to empty it.
 */
export type Given = string | number | boolean | readonly string[] | null;

/** What filling in needs to know of the world around the element. */
export interface FormContext {
  state: PageState;
  /** Types into an external select and gives the options that come up. */
  suggest(query: string): Promise<Json[]>;
}

const label = (option: Json): string => stringOf(objectOf(option.text).text);
const isMeant = (option: Json, word: string): boolean => option.value === word || label(option) === word;

function pick(options: Json[], word: string, element: Json): Json {
  const found = options.find((option) => isMeant(option, word));
  if (found) return found;
  const offered = options.map((option) => stringOf(option.value)).join(', ');
  throw new Error(
    `"${stringOf(element.action_id)}" has no option "${word}". It offers: ${offered || 'nothing'}.`,
  );
}

/** An option that stands chosen already needs no search; others are typed and picked, as a person would. */
async function search(element: Json, word: string, suggest: FormContext['suggest']): Promise<Json> {
  const chosen = [...listOf(element.initial_options), element.initial_option].filter(isObject);
  return chosen.find((option) => isMeant(option, word)) ?? pick(await suggest(word), word, element);
}

async function optionFor(element: Json, word: string, { suggest }: FormContext): Promise<Json> {
  if (String(element.type).endsWith('external_select')) return search(element, word, suggest);
  return pick(choicesOf(element).filter(isObject), word, element);
}

function conversationFor(element: Json, word: string, { me, channels }: PageState): string {
  const { include, exclude_external_shared_channels: noShared } = objectOf(element.filter);
  const kinds = { channel: 'public', private: 'private', im: 'im' } as const;
  const found = channels.find(({ id, name }) => id === word || `#${name}` === word || name === word);
  if (!found) throw new Error(`${me.real_name} sees no conversation "${word}".`);
  const isShown =
    (!Array.isArray(include) || include.includes(kinds[found.kind])) &&
    !(noShared === true && found.is_ext_shared) &&
    !(String(element.type).includes('channels') && found.kind !== 'channel');
  if (!isShown) throw new Error(`"${stringOf(element.action_id)}" does not offer ${found.name}.`);
  return found.id;
}

function userFor(word: string, { users }: PageState): string {
  const found = users.find(({ id, name, real_name }) => [id, `@${name}`, name, real_name].includes(word));
  if (!found) throw new Error(`There is no user "${word}".`);
  return found.id;
}

/** All, none, or the named ones. */
function wordsOf(element: Json, given: Given): string[] {
  if (given === null || given === false || given === 'none') return [];
  if (given === true || given === 'all')
    return choicesOf(element).map((option) => stringOf(objectOf(option).value));
  return typeof given === 'object' ? [...given] : [String(given)];
}

async function chosen(element: Json, word: string, context: FormContext): Promise<unknown> {
  const type = String(element.type);
  if (type.endsWith('users_select')) return userFor(word, context.state);
  if (/(conversations|channels)_select$/.test(type)) return conversationFor(element, word, context.state);
  return optionFor(element, word, context);
}

/** What stands in an element after a person has put this into it: Slack's JSON for `state.values`. */
export async function valueFor(element: Json, given: Given, context: FormContext): Promise<Json> {
  const { type } = element;
  const holder = holderOf(element);
  if (!holder) throw new Error(`A ${String(type)} takes no value.`);
  if (holder.many) {
    const all: unknown[] = [];
    for (const word of wordsOf(element, given)) all.push(await chosen(element, word, context));
    return { type, [holder.field]: all };
  }
  if (given === null || given === '') return { type, [holder.field]: null };
  if (typeof given === 'object') throw new Error(`"${stringOf(element.action_id)}" takes one value.`);
  if (type === 'datetimepicker') return { type, [holder.field]: Number(given) };
  const isChoice = /select$|^radio/.test(String(type));
  return { type, [holder.field]: isChoice ? await chosen(element, String(given), context) : String(given) };
}

/** The input a name means: by block_id or by action_id. */
export function inputNamed(blocks: Json[], name: string): { block: Json; element: Json } {
  for (const block of blocks) {
    const candidates = [block.element, block.accessory, ...listOf(block.elements)]
      .filter(isObject)
      .filter(holderOf);
    const element =
      candidates.find((one) => one.action_id === name) ??
      (block.block_id === name ? candidates[0] : undefined);
    if (element) return { block, element };
  }
  const names = blocks.filter(({ type }) => type === 'input').map(({ block_id }) => String(block_id));
  throw new Error(`There is no input "${name}". There are: ${names.join(', ') || 'none'}.`);
}
