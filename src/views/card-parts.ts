import type { KnownBlock } from '@slack/types';
import type { Organization } from '../model/organization.ts';
import type { SelectionChange } from '../model/selection-change.ts';
import type { ConfirmedSetup } from '../model/setup.ts';
import type { Texts } from '../texts/catalogue.ts';
import { context, lineSections, section } from './blocks.ts';
import type { RowCounts, Schemas } from './entity-name.ts';
import { shorten } from './limits.ts';
import { dateText, escapeText, userMention } from './markup.ts';
import { rowLines } from './rows.ts';
import { changeLines, type FilterCount, filterLines, selectionLines } from './selection-lines.ts';

/** Names are up to 160 characters long; a sentence bears less. */
const nameLength = 100;

export const shortName = ({ friendlyName }: Organization): string => shorten(friendlyName, nameLength);
export const safeName = (organization: Organization): string => escapeText(shortName(organization));

/** The organization as Dynamics itself names it. */
export const organizationBlock = (t: Texts, organization: Organization): KnownBlock =>
  section(
    [
      [t.card.organization.friendlyName, escapeText(organization.friendlyName)],
      [t.card.organization.uniqueName, escapeText(organization.uniqueName)],
      [t.card.organization.url, escapeText(organization.url)],
      [t.card.organization.id, `\`${escapeText(organization.id)}\``],
    ]
      .map(([name, value]) => `*${name}:* ${value}`)
      .join('\n'),
  );

export const rowBlocks = (t: Texts, rows: RowCounts | null, schemas?: Schemas): KnownBlock[] =>
  rows && Object.keys(rows).length > 0
    ? [
        ...lineSections([`*${t.card.organization.rows}*`, ...rowLines(t, rows, schemas)]),
        context(t.card.organization.rowsNote),
      ]
    : [];

/** Which organization it is for good, and who said so. */
export const lockedBlock = (t: Texts, setup: ConfirmedSetup): KnownBlock =>
  context(
    t.card.locked(safeName(setup.organization), escapeText(setup.organization.url)),
    t.card.lockedBy(userMention(setup.confirmedBy), dateText(t, setup.confirmedAt)),
  );

const titled = (title: string, lines: readonly string[]): KnownBlock[] =>
  lines.length > 0 ? lineSections([`*${title}*`, ...lines.map((line) => `• ${line}`)]) : [];

export interface SelectionParts {
  schemas?: Schemas | undefined;
  changes?: readonly SelectionChange[] | undefined;
  filterCounts?: Readonly<Record<string, FilterCount>> | undefined;
}

/** What is chosen, what the last save changed, and what the filter lets through. */
export function selectionBlocks(
  t: Texts,
  selection: Parameters<typeof selectionLines>[1],
  { schemas, changes, filterCounts }: SelectionParts,
): KnownBlock[] {
  return [
    ...titled(t.card.chosen.selected, selectionLines(t, selection, schemas)),
    ...titled(t.card.chosen.changes, changeLines(t, changes ?? [], schemas)),
    ...titled(t.card.chosen.filter, filterLines(t, filterCounts ?? {}, schemas)),
  ];
}
