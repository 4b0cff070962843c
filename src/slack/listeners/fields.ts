import type { Option } from '@slack/types';
import type { EntitySchema } from '../../model/entity.ts';
import { defaultSelection, hasFilterField, type Selection, selectableFields } from '../../model/selection.ts';
import { isConfirmed, type Setup } from '../../model/setup.ts';
import { hiddenFields } from '../../views/fields-blocks.ts';
import { fieldOptions, fieldsModal } from '../../views/fields-modal.ts';
import { loadingModal } from '../../views/loading-modal.ts';
import { outdated } from '../../views/notice.ts';
import { problemModal } from '../../views/problem-modal.ts';
import type { Bot } from '../bot.ts';
import { writeMetadata } from '../input.ts';
import { nameFault, type Visit } from '../visit.ts';

/** `fields.edit` and `/dynamics fields`: the modal, at once where the schemas are at hand, else after a "loading". */
export async function editFields(bot: Bot, visit: Visit): Promise<void> {
  const { setup } = await bot.conversation.read();
  if (!isConfirmed(setup) || setup.step === 'copying') {
    return await visit.answer(outdated(visit.t, { refused: 'not-now', setup }));
  }
  if (!visit.triggerId) return await visit.answer(outdated(visit.t, { refused: 'not-now', setup }));
  const { views } = bot.clients.interactive;
  const metadata = writeMetadata({ channel: visit.channel });
  const build = (schemas: readonly EntitySchema[]) =>
    fieldsModal(visit.t, { schemas, selection: selectionOf(setup, schemas), metadata });
  const atHand = bot.schemas.atHand();
  if (atHand) {
    await views.open({ trigger_id: visit.triggerId, view: build(atHand) });
    return;
  }
  const opened = await views.open({
    trigger_id: visit.triggerId,
    view: loadingModal(visit.t, { title: 'fields' }),
  });
  const view = await bot.schemas
    .schemas()
    .then(build, (error: unknown) =>
      problemModal(visit.t, { title: 'fields', fault: nameFault(bot.log, error, bot.clock.now()) }),
    );
  if (opened.view?.id) await views.update({ view_id: opened.view.id, view });
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
  const schemas = bot.schemas.atHand() ?? [];
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
): Promise<Option[]> {
  if (!visit.person.isAdmin) return [];
  const schemas = bot.schemas.atHand() ?? (await bot.schemas.schemas());
  const schema = schemas.find(({ name }) => name === entity);
  return schema ? fieldOptions(visit.t, schema, query) : [];
}
