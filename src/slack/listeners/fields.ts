import type { PlainTextOption } from '@slack/types';
import { within } from '../../lib/within.ts';
import type { EntitySchema } from '../../model/entity.ts';
import { defaultSelection, hasFilterField, type Selection, selectableFields } from '../../model/selection.ts';
import { isConfirmed, type Setup } from '../../model/setup.ts';
import { hiddenFields } from '../../views/fields-blocks.ts';
import { fieldOptions, fieldsModal } from '../../views/fields-modal.ts';
import { openerMessage, outdated } from '../../views/notice.ts';
import type { Bot } from '../bot.ts';
import { writeMetadata } from '../input.ts';
import { canOpen, openLoadedModal } from '../loaded-modal.ts';
import type { Visit } from '../visit.ts';

/** Slack takes no options after three seconds, and finding out who asks may have taken half of them. */
const suggestWithinMs = 1_200;

/** `fields.edit` and `/dynamics fields`. */
export async function editFields(bot: Bot, visit: Visit): Promise<void> {
  const { setup } = await bot.conversation.read();
  if (!isConfirmed(setup) || setup.step === 'copying') {
    return await visit.answer(outdated(visit.t, { refused: 'not-now', setup }));
  }
  if (!canOpen(visit)) return await visit.answer(openerMessage(visit.t, 'fields'));
  const metadata = writeMetadata({ channel: visit.channel });
  await openLoadedModal(bot, visit, 'fields', async () => {
    const schemas = await bot.schemas.schemas();
    return fieldsModal(visit.t, { schemas, selection: selectionOf(setup, schemas), metadata });
  });
}

/** What is chosen so far, and the defaults of what has not been chosen from yet. */
function selectionOf(setup: Setup, schemas: readonly EntitySchema[]): Selection {
  const chosen = 'selection' in setup ? setup.selection : {};
  return Object.fromEntries(
    schemas.map((schema) => [schema.name, chosen[schema.name] ?? defaultSelection(schema)]),
  );
}

export async function saveFields(bot: Bot, visit: Visit, submitted: Selection): Promise<void> {
  const before = (await bot.conversation.read()).setup;
  const schemas = bot.schemas.atHand() ?? (await bot.schemas.schemas());
  const selection = completeSelection(submitted, selectionOf(before, schemas), schemas);
  const { refused, document } = await bot.conversation.dispatch(
    { kind: 'fields-saved', selection },
    visit.person.id,
  );
  if (refused) return await visit.answer(outdated(visit.t, { refused, setup: document.setup }));
  bot.fieldsSaved(before, document.setup);
}

/** What was submitted, with what the modal had no room for; names the organization does not know are left out. */
function completeSelection(
  submitted: Selection,
  before: Selection,
  schemas: readonly EntitySchema[],
): Selection {
  const known = schemas.map((schema) => {
    const given = submitted[schema.name];
    const old = before[schema.name] ?? defaultSelection(schema);
    if (!given) return [schema.name, old] as const;
    const wanted = new Set([...given.fields, ...hiddenFields(schema, old)]);
    const fields = selectableFields(schema).flatMap(({ name }) => (wanted.has(name) ? [name] : []));
    return [schema.name, { fields, filter: given.filter && hasFilterField(schema) }] as const;
  });
  return { ...submitted, ...Object.fromEntries(known) };
}

/** The options of one of the modal's selects. Nothing is told to whom it does not concern. */
export async function suggestFields(
  bot: Bot,
  visit: Visit,
  entity: string,
  query: string,
): Promise<PlainTextOption[]> {
  if (!visit.person.isAdmin) return [];
  try {
    const schemas = bot.schemas.atHand() ?? (await within(bot.schemas.schemas(), bot.clock, suggestWithinMs));
    const schema = schemas.find(({ name }) => name === entity);
    return schema ? fieldOptions(visit.t, schema, query) : [];
  } catch (error) {
    bot.log.warn('Fields cannot be suggested', { entity, error });
    return [];
  }
}
