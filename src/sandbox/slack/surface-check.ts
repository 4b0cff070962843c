import { checkBlock, elementsOf } from './block-check.ts';
import { option, optionGroups, options, plainText } from './composition-shapes.ts';
import {
  boolean,
  isObject,
  listOf,
  object,
  objectOf,
  oneOf,
  optional,
  type Problem,
  type Report,
  required,
  type Shape,
  string,
  stringOf,
} from './fields.ts';
import { LIMITS, type Surface } from './limits.ts';
import type { Json } from './page-api.ts';

const anything = optional(() => {});
const VIEW: Shape = {
  type: required(oneOf('modal', 'home')),
  blocks: required((value, at, report) => {
    if (!Array.isArray(value)) report(at, 'must be an array');
  }),
  private_metadata: optional(string(LIMITS.view.privateMetadata, 0)),
  callback_id: optional(string(LIMITS.id, 0)),
  external_id: optional(string(LIMITS.id, 0)),
};
const MODAL: Shape = {
  ...VIEW,
  title: required(plainText(LIMITS.view.title)),
  submit: optional(plainText(LIMITS.view.submit)),
  close: optional(plainText(LIMITS.view.close)),
  clear_on_close: optional(boolean),
  notify_on_close: optional(boolean),
  submit_disabled: anything,
};

function collect(run: (report: Report) => void): Problem[] {
  const problems: Problem[] = [];
  run((pointer, message) => problems.push({ pointer, message }));
  return problems;
}

function checkUnique(blocks: Json[], at: string, report: Report): void {
  const seen = new Set<unknown>();
  for (const [index, { block_id: id }] of blocks.entries()) {
    if (id !== undefined && seen.has(id))
      report(`${at}/${index}/block_id`, `duplicate block_id: ${String(id)}`);
    seen.add(id);
  }
}

function checkTogether(blocks: Json[], at: string, report: Report): void {
  const count = (...types: string[]) => blocks.filter((block) => types.includes(String(block.type))).length;
  if (count('table', 'data_table') > 1) report(at, 'only one table is allowed');
  if (count('plan') > 1) report(at, 'only one plan is allowed');
  if (count('plan') > 0 && count('task_card') > 0) report(at, 'a plan cannot stand beside task cards');
  if (count('data_visualization') > LIMITS.message.charts)
    report(at, `no more than ${LIMITS.message.charts} data_visualization blocks allowed`);
  const markdown = blocks.filter((block) => block.type === 'markdown');
  const length = markdown.reduce((sum, block) => sum + stringOf(block.text).length, 0);
  if (markdown.length > 1 && length > LIMITS.message.markdown)
    report(at, `markdown must be less than ${LIMITS.message.markdown + 1} characters in total`);
  const focused = blocks.flatMap(elementsOf).filter((element) => element.focus_on_load === true);
  if (focused.length > 1) report(at, 'only one element may have focus_on_load');
}

function checkBlocks(value: unknown, at: string, surface: Surface, report: Report): void {
  if (!Array.isArray(value)) {
    report(at, 'must be an array');
    return;
  }
  const most = LIMITS.blocks[surface];
  if (value.length > most) report(at, `no more than ${most} items allowed`);
  for (const [index, block] of value.entries()) checkBlock(block, `${at}/${index}`, surface, report);
  const blocks = value.filter(isObject);
  checkUnique(blocks, at, report);
  checkTogether(blocks, at, report);
}

/** Everything Slack would refuse in the blocks of a message. Its text is judged by the method that sends it. */
export function checkMessage(message: { blocks?: unknown; attachments?: unknown }): Problem[] {
  return collect((report) => {
    if (message.blocks !== undefined) checkBlocks(message.blocks, '/blocks', 'message', report);
    const most = LIMITS.message.attachments;
    if (listOf(message.attachments).length > most)
      report('/attachments', `no more than ${most} items allowed`);
  });
}

/** Everything Slack would refuse in a modal or an App Home, its size apart (`isTooLarge`). */
export function checkView(view: unknown): Problem[] {
  return collect((report) => {
    if (!isObject(view)) return report('/view', 'must provide an object');
    const surface: Surface = view.type === 'home' ? 'home' : 'modal';
    object(surface === 'home' ? VIEW : MODAL)(view, '/view', report);
    if (!Array.isArray(view.blocks)) return;
    checkBlocks(view.blocks, '/view/blocks', surface, report);
    const asks = view.blocks.some((block) => objectOf(block).type === 'input');
    if (surface === 'modal' && asks && !view.submit)
      report('/view', 'missing required field: submit (there are input blocks)');
  });
}

/** Over 250 kB Slack answers `view_too_large`. */
export const isTooLarge = (view: unknown): boolean =>
  Buffer.byteLength(JSON.stringify(view) ?? '') > LIMITS.view.bytes;

/** What is wrong with the answer to a `block_suggestion`; Slack itself says nothing and shows "No results". */
export function checkSuggestion(answer: Json): Problem[] {
  return collect((report) => {
    const { options: flat, option_groups: groups } = answer;
    if ((flat === undefined) === (groups === undefined))
      return report('', 'must have either options or option_groups');
    // No result is a good answer here, while a menu of its own needs an option.
    if (groups !== undefined && listOf(groups).length > 0) optionGroups(groups, '/option_groups', report);
    else if (listOf(flat).length > 0) options(option, LIMITS.options)(flat, '/options', report);
    else if (!Array.isArray(flat ?? groups)) report('', 'must be an array');
  });
}

/** In the words of Slack's `response_metadata.messages`. */
export const describeProblem = ({ pointer, message }: Problem): string =>
  `[ERROR] ${message} [json-pointer:${pointer}]`;
