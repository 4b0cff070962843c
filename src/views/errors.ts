import type { KnownBlock } from '@slack/types';
import type { Texts } from '../texts/catalogue.ts';
import { actions, button, context, header, section } from './blocks.ts';
import { entityName } from './entity-name.ts';
import { shorten } from './limits.ts';
import { dateText, escapeText } from './markup.ts';
import { type Message, message } from './message.ts';
import { buttons } from './names.ts';

/** Rows that could not be stored, for one cause. */
export interface ErrorGroup {
  entity: string;
  code: string;
  /** Of one of its rows. */
  message: string;
  rows: number;
  lastAt: string;
}

const shownGroups = 15;
const originalLength = 500;

function groupBlocks(t: Texts, group: ErrorGroup): KnownBlock[] {
  const title = `*${escapeText(entityName(t, group.entity))}* · ${t.errors.rows(group.rows)}`;
  const original = escapeText(shorten(group.message, originalLength));
  return [
    section(`${title}\n${t.errors.fixes[group.code] ?? t.errors.fixUnknown}`),
    context(
      `\`${escapeText(group.code)}\`${original ? ` · ${t.errors.original}: ${original}` : ''} · ${t.errors.last(dateText(t, group.lastAt))}`,
    ),
  ];
}

/** Failed rows by cause, with the fix. `actions`: with the buttons for admins. */
export function errorsMessage(
  t: Texts,
  { groups, withActions = false }: { groups: readonly ErrorGroup[]; withActions?: boolean },
): Message {
  if (groups.length === 0) return message(t.errors.none, [section(t.errors.none)]);
  const rows = groups.reduce((sum, group) => sum + group.rows, 0);
  const total = t.errors.total(rows, groups.length);
  const over = groups.length - shownGroups;
  return message(`${t.errors.header}: ${total}`, [
    header(t.errors.header),
    section(total),
    ...groups.slice(0, shownGroups).flatMap((group) => groupBlocks(t, group)),
    ...(over > 0 ? [context(t.errors.more(over))] : []),
    ...(withActions
      ? [
          actions(
            button(buttons.errorsRetry, t.buttons['errors.retry']),
            button(buttons.errorsExport, t.buttons['errors.export']),
          ),
        ]
      : []),
  ]);
}
