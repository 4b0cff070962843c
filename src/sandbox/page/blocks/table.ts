import type { Json } from '../../slack/page-api.ts';
import { type Child, h, type VNode } from '../dom/vnode.ts';
import { withEmoji } from './emoji.ts';
import type { Reader } from './inline.ts';
import { isRecord, recordsOf, textOf } from './json.ts';
import { renderRichText } from './rich-text.ts';

export function renderTable(reader: Reader, block: Json): VNode {
  const rows = Array.isArray(block.rows) ? block.rows.filter(Array.isArray) : [];
  const settings = recordsOf(block, 'column_settings');
  const renderRow = (row: unknown[], cell: 'td' | 'th') =>
    h(
      'tr',
      null,
      row.map((entry, column) =>
        h(
          cell,
          {
            class: `align-${textOf(settings[column] ?? null, 'align') || 'left'}${
              settings[column]?.is_wrapped === true ? ' is-wrapped' : ''
            }`,
            scope: cell === 'th' ? 'col' : null,
          },
          renderCell(reader, entry),
        ),
      ),
    );
  return h(
    'div',
    { class: 'table-scroll' },
    h(
      'table',
      { class: 'table' },
      textOf(block, 'caption') ? h('caption', null, textOf(block, 'caption')) : null,
      h(
        'thead',
        null,
        rows.slice(0, 1).map((row) => renderRow(row, 'th')),
      ),
      h(
        'tbody',
        null,
        rows.slice(1).map((row) => renderRow(row, 'td')),
      ),
    ),
  );
}

function renderCell(reader: Reader, cell: unknown): Child {
  if (!isRecord(cell)) return null;
  if (textOf(cell, 'type') === 'rich_text') return renderRichText(reader, cell);
  return withEmoji(textOf(cell, 'text') || String(cell.value ?? ''));
}
