import type { Button, ExternalSelect, KnownBlock } from '@slack/types';
import type { Texts } from '../texts/catalogue.ts';
import { actions, button, context, header, plain, section } from './blocks.ts';
import { entityName, type Schemas } from './entity-name.ts';
import { limits, shorten } from './limits.ts';
import { dateText, escapeText } from './markup.ts';
import { type Message, message } from './message.ts';
import { buttons, selects } from './names.ts';

/** Rows that could not be stored, for one cause. */
export interface ErrorGroup {
  entity: string;
  code: string;
  /** Of one of its rows. */
  message: string;
  rows: number;
  lastAt: string;
  /** Ids of some of them. */
  examples?: readonly string[];
}

export interface ErrorsInput {
  groups: readonly ErrorGroup[];
  /** With the buttons for admins. */
  withActions?: boolean;
  /** Where the rows can be opened; null when it is not known. */
  organizationUrl?: string | null;
  schemas?: Schemas;
}

export const shownGroups = 15;
const originalLength = 500;
const shownId = 8;

/** A record as Dynamics 365 opens it in a browser. */
export function recordUrl(organizationUrl: string, entity: string, id: string): string {
  const query = new URLSearchParams({ pagetype: 'entityrecord', etn: entity, id });
  return `${organizationUrl.replace(/\/$/, '')}/main.aspx?${query}`;
}

function groupBlocks(t: Texts, group: ErrorGroup, input: ErrorsInput): KnownBlock[] {
  const words = t.errors;
  const name = escapeText(entityName(t, group.entity, input.schemas));
  const cause = words.causes[group.code] ?? words.causeUnknown;
  const original = escapeText(shorten(group.message, originalLength));
  return [
    {
      ...section(
        `*${cause}*\n${t.entities.line(name, words.rows(group.rows))}\n${words.fixes[group.code] ?? words.fixUnknown}`,
      ),
      ...(input.withActions && canBeRetried(group) ? { accessory: retryButton(t, group) } : {}),
    },
    context(
      ...exampleLines(t, group, input),
      `\`${escapeText(group.code)}\`${original ? ` · ${words.original}: ${original}` : ''} · ${words.last(dateText(t, group.lastAt))}`,
    ),
  ];
}

/** Without its id a row cannot be asked for. */
const canBeRetried = ({ code }: ErrorGroup): boolean => code !== 'row-without-id';

const retryButton = (t: Texts, { entity, code, rows }: ErrorGroup): Button =>
  button(buttons.errorsRetry, t.errors.retry(rows), {
    value: shorten([entity, code].join(' '), limits.buttonValue),
  });

/** The cause a button of it was about. */
export function readCause(value: string): { entity: string; code: string } | null {
  const [entity, code] = value.split(' ');
  return entity && code ? { entity, code } : null;
}

/** Some of the rows, to be opened and corrected. */
function exampleLines(
  t: Texts,
  { entity, examples = [] }: ErrorGroup,
  { organizationUrl }: ErrorsInput,
): string[] {
  const known = examples.filter(Boolean);
  if (known.length === 0) return [];
  const links = known.map((id) => {
    const short = escapeText(id.slice(0, shownId));
    return organizationUrl
      ? `<${escapeText(recordUrl(organizationUrl, entity, id))}|${short}>`
      : `\`${short}\``;
  });
  return [t.errors.open(links.join(t.entities.separator))];
}

/** Failed rows by cause, with the fix. */
export function errorsMessage(t: Texts, input: ErrorsInput): Message {
  const { groups, withActions = false } = input;
  if (groups.length === 0) return message(t.errors.none, [section(t.errors.none)]);
  const rows = groups.reduce((sum, group) => sum + group.rows, 0);
  const total = t.errors.total(rows, groups.length);
  const over = groups.length - shownGroups;
  return message(`${t.errors.header}: ${total}`, [
    header(t.errors.header),
    section(total),
    ...groups.slice(0, shownGroups).flatMap((group) => groupBlocks(t, group, input)),
    ...(over > 0 ? [context(t.errors.more(over))] : []),
    ...(withActions ? [actionsBlock(t, groups)] : []),
  ]);
}

/** With one row at each cause their buttons do the same. */
function actionsBlock(t: Texts, groups: readonly ErrorGroup[]): KnownBlock {
  const retriable = groups.filter((group) => canBeRetried(group) && group.rows > 1);
  const exporting = button(buttons.errorsExport, t.buttons['errors.export']);
  return actions(...(retriable.length > 0 ? [rowSelect(t)] : []), exporting);
}

/** Any row of any cause: by its id, so that a list of thousands is no list to look through. */
const rowSelect = (t: Texts): ExternalSelect => ({
  type: 'external_select',
  action_id: selects.errorsRow,
  min_query_length: 0,
  placeholder: plain(t.buttons['errors.row'], limits.placeholder),
});

/** What the exported file hangs on. */
export const exportMessage = (t: Texts, rows: number, isWhole: boolean): Message => {
  const text = t.errors.exported(rows);
  return message(text, [section(text), ...(isWhole ? [] : [context(t.errors.exportCut)])]);
};

const shownLines = 40;

/** In the place of a file that Slack does not take. @param lines of the CSV, its head first */
export function exportLines(t: Texts, lines: readonly string[], why: 'refused' | 'failed'): Message {
  const shown = lines.slice(0, shownLines).map((line) => shorten(line.replaceAll('`', "'"), 200));
  let kept = shown;
  while (kept.join('\n').length > 2_800) kept = kept.slice(0, -1);
  const text = t.errors.notUploaded[why];
  return message(text, [
    section(text),
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: kept.join('\n') }] }],
    },
    ...(lines.length > kept.length ? [context(t.errors.linesLeft(lines.length - kept.length))] : []),
  ]);
}
