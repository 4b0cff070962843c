import type { PlainTextOption } from '@slack/types';
import type { Texts } from '../texts/catalogue.ts';
import { lineSections, plain } from './blocks.ts';
import { entityName, type Schemas } from './entity-name.ts';
import { limits, shorten } from './limits.ts';
import { escapeText } from './markup.ts';
import { type Message, message } from './message.ts';

/** What came of trying rows again. */
export interface Outcome {
  retried: number;
  stored: number;
  failed: number;
  /** Why they failed once more. */
  causes: readonly { code: string; message: string; rows: number }[];
}

/** A row that failed, by which it can be found again. */
export interface FailedRowName {
  entity: string;
  id: string;
  code: string;
}

const originalLength = 300;
const shownCauses = 5;
const shownId = 8;

/** @param row given where it was one that somebody had chosen. */
export function retriedMessage(
  t: Texts,
  outcome: Outcome,
  row?: FailedRowName,
  schemas: Schemas = [],
): Message {
  const what = row ? rowText(t, outcome, row, schemas) : rowsText(t, outcome);
  const causes = outcome.causes.slice(0, shownCauses).map((cause) => causeLine(t, cause, row === undefined));
  const lines = [what, ...causes.map((line) => `• ${line}`)];
  return message(lines.join('\n'), lineSections(lines));
}

function rowsText(t: Texts, { retried, stored, failed }: Outcome): string {
  return retried === 0 ? t.errors.noneRetried : t.errors.retried(retried, stored, failed);
}

function rowText(
  t: Texts,
  { retried, stored, failed }: Outcome,
  row: FailedRowName,
  schemas: Schemas,
): string {
  const words = t.errors.rowRetried;
  const name = escapeText(t.entities.line(entityName(t, row.entity, schemas), row.id.slice(0, shownId)));
  if (retried === 0) return t.errors.noneRetried;
  if (failed > 0) return words.failed(name);
  return stored > 0 ? words.stored(name) : words.gone(name);
}

function causeLine(
  t: Texts,
  { code, message: original, rows }: Outcome['causes'][number],
  isCounted: boolean,
): string {
  const cause = t.errors.causes[code] ?? t.errors.causeUnknown;
  const shown = original ? `${cause} (${escapeText(shorten(original, originalLength))})` : cause;
  return isCounted ? t.entities.line(t.errors.rows(rows), shown) : shown;
}

/** The answer to typing into the choice of a row. */
export function rowOptions(
  t: Texts,
  rows: readonly FailedRowName[],
  schemas: Schemas = [],
): PlainTextOption[] {
  return rows
    .filter(({ id }) => id !== '' && id.length <= limits.option)
    .slice(0, limits.options)
    .map(({ entity, id, code }) => ({
      text: plain(
        `${shorten(entityName(t, entity, schemas), limits.option - id.length - 3)} · ${id}`,
        limits.option,
      ),
      value: id,
      description: plain(t.errors.causes[code] ?? t.errors.causeUnknown, limits.option),
    }));
}
