import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import type { Message } from '../../src/views/message.ts';

type Json = Readonly<Record<string, unknown>>;

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const textOf = (value: unknown): string =>
  isJson(value) ? textOf(value.text) : String(value ?? '').replaceAll('\n', '\n    ');
const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : []);

function elementLine(element: Json): string {
  const { type, action_id: name, style, value, confirm, optional } = element;
  const marks = [style, value && `value=${value}`, optional && 'optional'].filter(Boolean).join(' ');
  const ask = isJson(confirm)
    ? `\n    asks: ${textOf(confirm.title)} | ${textOf(confirm.text)} | ${textOf(confirm.confirm)} | ${textOf(confirm.deny)}`
    : '';
  return `  (${type} ${name}${marks ? ` ${marks}` : ''}) ${textOf(element)}${ask}`;
}

function inputLines({ element, label, hint, optional }: Json): string[] {
  if (!isJson(element)) return [];
  const { type, action_id: name, placeholder, focus_on_load: focus, initial_value: value } = element;
  const marks = `${optional ? ' optional' : ''}${focus ? ' focus' : ''}`;
  const options = (key: string) =>
    listOf(element[key]).map(
      (option) =>
        `    ${key}: ${textOf(option.text)} = ${option.value}${option.description ? ` | ${textOf(option.description)}` : ''}`,
    );
  return [
    `  [${type} ${name}${marks}] ${textOf(label)}`,
    ...(hint ? [`    hint: ${textOf(hint)}`] : []),
    ...(placeholder ? [`    placeholder: ${textOf(placeholder)}`] : []),
    ...(value ? [`    value: ${value}`] : []),
    ...options('options'),
    ...options('initial_options'),
  ];
}

/** A cell with several words in it is a text of several elements. */
function cellText(cell: unknown): string {
  if (!isJson(cell)) return '';
  if (cell.type !== 'rich_text') return textOf(cell);
  const inner = listOf(cell.elements).flatMap((section) => listOf(section.elements));
  return inner.map((element) => String(element.text ?? element.fallback ?? '')).join('');
}

function blockLines(block: KnownBlock): string[] {
  const json = block as unknown as Json;
  if (block.type === 'input') return inputLines(json);
  if (block.type === 'actions') return listOf(json.elements).map(elementLine);
  if (block.type === 'divider') return ['  ----'];
  if (block.type === 'image') return [`  image: ${textOf(json.title)} (${json.alt_text})`];
  if (block.type === 'table') return block.rows.map((row) => `  | ${row.map(cellText).join(' | ')} |`);
  const texts = [json.text, ...listOf(json.fields), ...listOf(json.elements)].filter(Boolean);
  const beside = isJson(json.accessory) ? [elementLine(json.accessory)] : [];
  return [...texts.map((text) => `  ${block.type}: ${textOf(text)}`), ...beside];
}

/** A modal, home or message as a person would read it aloud, one element a line: what snapshots compare. */
export function outline(shown: ModalView | HomeView | Message): string {
  const head =
    'type' in shown && shown.type === 'home'
      ? ['home']
      : 'type' in shown
        ? [`modal ${shown.callback_id}: ${textOf(shown.title)}`, `  submit: ${textOf(shown.submit)}`]
        : [`message: ${shown.text}`];
  return [...head, ...(shown.blocks as KnownBlock[]).flatMap(blockLines)].join('\n');
}
