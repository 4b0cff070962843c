import type { KnownBlock, RichTextBlock, TableBlock } from '@slack/types';
import type { Texts } from '../texts/catalogue.ts';
import { lineSections } from './blocks.ts';
import { shorten } from './limits.ts';
import { escapeText } from './markup.ts';
import type { Message } from './message.ts';

/** A text, or an instant that each reader sees in their own zone; null where there is nothing to say. */
export type Cell = string | { at: string } | null;

export interface Column {
  title: string;
  /** Numbers stand below each other. */
  isNumber?: boolean;
}

/** Slack's limits; a table that is cut says so by its last row. */
const most = { rows: 100, cellText: 100 };
const nothing = '–';

/** Only in messages: Slack shows no table in a modal or in the app's home. */
export function table(t: Texts, columns: readonly Column[], rows: readonly (readonly Cell[])[]): TableBlock {
  return {
    type: 'table',
    column_settings: columns.map(({ isNumber }, index) => ({
      align: isNumber ? ('right' as const) : ('left' as const),
      // Only the names may be long.
      is_wrapped: index === 0,
    })),
    rows: [
      columns.map(({ title }) => boldCell(title)),
      ...rows.slice(0, most.rows - 1).map((row) => row.map((cell) => cellBlock(t, cell))),
    ],
  };
}

function cellBlock(t: Texts, cell: Cell): TableBlock['rows'][number][number] {
  if (cell === null || typeof cell === 'string') {
    return { type: 'raw_text', text: shorten(cell || nothing, most.cellText) };
  }
  const timestamp = Math.floor(Date.parse(cell.at) / 1000);
  return richCell({
    type: 'date',
    timestamp,
    format: '{date_short_pretty} {time}',
    fallback: t.format.instant(cell.at),
  });
}

const boldCell = (text: string): RichTextBlock =>
  richCell({ type: 'text', text: shorten(text, most.cellText), style: { bold: true } });

type Inline = Extract<RichTextBlock['elements'][number], { type: 'rich_text_section' }>['elements'][number];

const richCell = (element: Inline): RichTextBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [element] }],
});

/** Where Slack does not take a table: the same in lines, the first column as their names. */
export function withoutTables({ text, blocks }: Message): Message {
  return { text, blocks: blocks.flatMap((block) => (block.type === 'table' ? tableLines(block) : block)) };
}

function tableLines({ rows }: TableBlock): KnownBlock[] {
  const [titles = [], ...others] = rows.map((row) => row.map((cell) => escapeText(cellText(cell))));
  const lines = others.map(([name = '', ...values]) => {
    const said = values.flatMap((value, index) =>
      value === nothing ? [] : [`${titles[index + 1] ?? ''} ${value}`],
    );
    return `• *${name}* · ${said.join(' · ')}`;
  });
  return lineSections(lines);
}

function cellText(cell: TableBlock['rows'][number][number]): string {
  if (cell.type !== 'rich_text') return String(cell.text ?? '');
  const [section] = cell.elements;
  const [inline] = section?.type === 'rich_text_section' ? section.elements : [];
  if (inline?.type === 'text') return inline.text;
  return inline?.type === 'date' ? (inline.fallback ?? '') : '';
}
