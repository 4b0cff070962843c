import type { ModalView } from '@slack/types';
import type { EntitySchema } from '../../model/entity.ts';
import { type FieldsForm, selectionIn } from '../../model/fields-form.ts';
import { hasFilterField, type Selection } from '../../model/selection.ts';
import type { CountShown } from '../../views/fields-blocks.ts';
import type { Bot } from '../bot.ts';
import type { OpenedModal } from '../loaded-modal.ts';

type Counts = Readonly<Record<string, CountShown>>;

const filtered = (schemas: readonly EntitySchema[], selection: Selection): EntitySchema[] =>
  schemas.filter((schema) => selection[schema.name]?.filter && hasFilterField(schema));

/** What the switched-on filters let through, as far as it has been counted. */
export function countsShown(bot: Bot, schemas: readonly EntitySchema[], selection: Selection): Counts {
  const known = bot.schemas.filterCountsAtHand();
  return Object.fromEntries(
    filtered(schemas, selection).map(({ name }) => [name, known[name] ?? ('counting' as const)]),
  );
}

/** Counts what has not been counted yet, and shows it unless the person has gone on meanwhile. */
export async function showCounts(
  bot: Bot,
  { id, hash }: OpenedModal,
  form: FieldsForm,
  write: (counts: Counts) => ModalView,
): Promise<void> {
  const schemas = bot.schemas.atHand() ?? [];
  const known = bot.schemas.filterCountsAtHand();
  const wanted = filtered(schemas, selectionIn(form));
  if (wanted.every(({ name }) => known[name])) return;
  const counts = await Promise.all(
    wanted.map(async (schema) => {
      const count = await bot.schemas.countFilter(schema).catch((error: unknown) => {
        bot.log.warn('The filter cannot be counted', { entity: schema.name, error });
        return 'unknown' as const;
      });
      return [schema.name, count] as const;
    }),
  );
  try {
    const view = write(Object.fromEntries(counts));
    await bot.clients.interactive.views.update({ view_id: id, ...(hash ? { hash } : {}), view });
  } catch (error) {
    bot.log.debug('The modal of the fields has been closed or changed meanwhile', { error });
  }
}
