import type { EntitySchema } from '../../model/entity.ts';
import { fillFault, grownEntities, periodIn, type Ticked } from '../../model/fill-form.ts';
import type { Selection } from '../../model/selection.ts';
import { selectionChanges } from '../../model/selection-change.ts';
import { hasRows, type Setup } from '../../model/setup.ts';
import { type FillInput, isDatedBy } from '../../views/fill.ts';
import { fillInputs } from '../../views/names.ts';
import type { Bot } from '../bot.ts';
import type { FillAnswer } from '../input.ts';
import type { Visit } from '../visit.ts';

/** Offered once there are rows to fill in. */
export function fillInput({ person }: Visit, setup: Setup, form: FillAnswer): { fill?: FillInput } {
  return hasRows(setup) ? { fill: { form, timeZone: person.timeZone } } : {};
}

/** What is wrong with the days, at the input it is about; null where nothing is, or nobody needs them. */
export function findFillErrors(
  { clock }: Pick<Bot, 'clock'>,
  { t, person }: Pick<Visit, 't' | 'person'>,
  { before, after, fill }: { before: Setup; after: Selection; fill: FillAnswer },
): Record<string, string> | null {
  const fault = fillFault(fill, person.timeZone, clock.now());
  if (!fault || grownBy(before, after).length === 0) return null;
  // Slack knows only what is there: whoever saves right after the choice has not been asked for days yet.
  const name = fill.hasDays ? fillInputs[fault.day] : fillInputs.by;
  return { [name]: t.fill.faults[fault.why] };
}

/** What was ticked for the rows of a period; a table without such a date is filled in as a whole. */
export function tickedFor(
  { person }: Pick<Visit, 'person'>,
  { before, after, fill }: { before: Setup; after: Selection; fill: FillAnswer },
  schemas: readonly EntitySchema[],
): Ticked | undefined {
  const period = periodIn(fill, person.timeZone);
  if (!period) return undefined;
  const grown = grownBy(before, after);
  const dated = schemas.filter((schema) => grown.includes(schema.name) && isDatedBy(schema, period.by));
  return dated.length > 0 ? { period, entities: dated.map(({ name }) => name) } : undefined;
}

const grownBy = (before: Setup, after: Selection): string[] =>
  hasRows(before) ? grownEntities(before.selection, selectionChanges(before.selection, after)) : [];
