import { createHash } from 'node:crypto';
import type { AckFn, ViewResponseAction } from '@slack/bolt';
import type { PlainTextOption } from '@slack/types';
import { within } from '../../lib/within.ts';
import type { EntitySchema } from '../../model/entity.ts';
import { type FieldsForm, formOf, selectionIn } from '../../model/fields-form.ts';
import { defaultSelection, hasFilterField, type Selection, selectableFields } from '../../model/selection.ts';
import { selectionChanges } from '../../model/selection-change.ts';
import { isConfirmed, isStarted, type Setup } from '../../model/setup.ts';
import type { Texts } from '../../texts/catalogue.ts';
import { fieldOptions } from '../../views/field-search.ts';
import { fieldsModal } from '../../views/fields-modal.ts';
import { byLabel, fitForm } from '../../views/fields-room.ts';
import { fieldsSaved } from '../../views/fields-saved.ts';
import { openerMessage, outdated } from '../../views/notice.ts';
import type { Bot } from '../bot.ts';
import { type FillAnswer, type Metadata, writeMetadata } from '../input.ts';
import { canOpen, openLoadedModal } from '../loaded-modal.ts';
import type { Visit } from '../visit.ts';
import { countsShown, showCounts } from './fields-counts.ts';
import { findFillErrors, tickedFor } from './fields-fill.ts';

/** Slack takes no options after three seconds, and finding out who asks may have taken half of them. */
const suggestWithinMs = 1_200;

/** `fields.edit` and `/dynamics fields`. */
export async function editFields(bot: Bot, visit: Visit): Promise<void> {
  const { setup } = await bot.conversation.read();
  if (!isConfirmed(setup) || setup.step === 'copying') {
    return await visit.answer(outdated(visit.t, { refused: 'not-now', setup }));
  }
  if (!canOpen(visit)) return await visit.answer(openerMessage(visit.t, 'fields'));
  const metadata = { channel: visit.channel, seen: fingerprint(setup) };
  const opened = await openLoadedModal(bot, visit, 'fields', async () => {
    const schemas = await bot.schemas.schemas();
    return fieldsModal(visit.t, { ...modalInput(bot, setup, schemas), metadata: writeMetadata(metadata) });
  });
  const schemas = bot.schemas.atHand();
  if (!opened || !schemas) return;
  bot.openForms.opened(opened.id, selectionOf(setup, schemas));
  const form = savedForm(visit.t, setup, schemas);
  await showCounts(bot, opened, form, (counts) =>
    fieldsModal(visit.t, {
      ...modalInput(bot, setup, schemas),
      metadata: writeMetadata(metadata),
      counts,
    }),
  );
}

/** What the modal shows whatever a person has changed in it. */
export function modalInput(bot: Bot, setup: Setup, schemas: readonly EntitySchema[]) {
  const selection = 'selection' in setup ? setup.selection : {};
  return {
    schemas,
    selection,
    isStarted: isStarted(setup),
    counts: countsShown(bot, schemas, selectionOf(setup, schemas)),
  };
}

/** What is chosen so far, and the defaults of what has not been chosen from yet. */
function selectionOf(setup: Setup, schemas: readonly EntitySchema[]): Selection {
  const chosen = 'selection' in setup ? setup.selection : {};
  return Object.fromEntries(
    schemas.map((schema) => [schema.name, chosen[schema.name] ?? defaultSelection(schema)]),
  );
}

const savedForm = (t: Texts, setup: Setup, schemas: readonly EntitySchema[], edition = 0): FieldsForm =>
  formOf(selectionOf(setup, schemas), edition, byLabel(t, schemas));

/** What was saved, in a few characters; the same as long as nobody saves anything else. */
function fingerprint(setup: Setup): string {
  const saved = 'selection' in setup ? setup.selection : null;
  return createHash('sha256').update(JSON.stringify(saved)).digest('base64url').slice(0, 12);
}

interface Submitted {
  viewId: string;
  form: FieldsForm;
  fill: FillAnswer;
  metadata: Metadata;
  ack: AckFn<ViewResponseAction>;
}

export async function submitFields(bot: Bot, visit: Visit, submitted: Submitted): Promise<void> {
  const before = (await bot.conversation.read()).setup;
  const { metadata, fill, ack } = submitted;
  const atHand = bot.schemas.atHand();
  const isOvertaken = metadata.seen !== undefined && metadata.seen !== fingerprint(before);
  if (isOvertaken && atHand && isConfirmed(before)) {
    return await showOvertaken(bot, visit, { ...submitted, setup: before, schemas: atHand });
  }
  const chosen = completeForm(visit.t, submitted.form, before, atHand ?? []);
  const errors = findFillErrors(bot, visit, { before, after: chosen, fill });
  if (errors) return await ack({ response_action: 'errors', errors });
  await ack();
  const schemas = atHand ?? (await bot.schemas.schemas());
  const selection = completeForm(visit.t, submitted.form, before, schemas);
  const ticked = tickedFor(visit, { before, after: selection, fill }, schemas);
  const { refused, document } = await bot.conversation.dispatch(
    { kind: 'fields-saved', selection, ticked, at: new Date(bot.clock.now()).toISOString() },
    visit.person.id,
  );
  if (refused) return await visit.answer(outdated(visit.t, { refused, setup: document.setup }));
  bot.fieldsSaved(before, document.setup);
  // Until the start the card says it, right where the button was.
  if (!isStarted(before)) return;
  const changes = selectionChanges(selectionOf(before, schemas), selection);
  await visit.answer(fieldsSaved(visit.t, { changes, schemas, ticked }));
}

/** Somebody else has saved meanwhile: their choice stands, and this person sees it before they choose again. */
async function showOvertaken(
  bot: Bot,
  { t, channel }: Visit,
  { viewId, form, ack, setup, schemas }: Submitted & { setup: Setup; schemas: readonly EntitySchema[] },
): Promise<void> {
  const present = selectionOf(setup, schemas);
  const chosen = completeForm(t, form, setup, schemas);
  // The same choice, or the same submission once more: there is nothing to say.
  if (selectionChanges(present, chosen).length === 0) return await ack();
  const seen = bot.openForms.openedOn(viewId);
  const history = await bot.store.history(100);
  const last = history.find(({ action, result }) => action === 'fields.saved' && result === 'done');
  const overtaken = last && {
    by: last.by,
    at: last.at,
    theirs: seen ? selectionChanges(seen, present) : [],
    yours: selectionChanges(seen ?? present, chosen),
  };
  const view = fieldsModal(t, {
    ...modalInput(bot, setup, schemas),
    form: savedForm(t, setup, schemas, form.edition + 1),
    metadata: writeMetadata({ channel, seen: fingerprint(setup) }),
    overtaken,
  });
  await ack({ response_action: 'update', view });
  bot.openForms.opened(viewId, present);
}

/** What the form says, with what it had no room for; names the organization does not know are left out. */
export function completeForm(
  t: Texts,
  form: FieldsForm,
  setup: Setup,
  schemas: readonly EntitySchema[],
): Selection {
  const submitted = selectionIn(form);
  const old = selectionOf(setup, schemas);
  const { hidden } = fitForm(t, schemas, savedForm(t, setup, schemas));
  const known = schemas.map((schema) => {
    const given = submitted[schema.name];
    const before = old[schema.name] ?? defaultSelection(schema);
    if (!given) return [schema.name, before] as const;
    const wanted = new Set([...given.fields, ...(hidden[schema.name] ?? [])]);
    const fields = selectableFields(schema).flatMap(({ name }) => (wanted.has(name) ? [name] : []));
    return [schema.name, { ...before, fields, filter: given.filter && hasFilterField(schema) }] as const;
  });
  const kept = 'selection' in setup ? setup.selection : {};
  return { ...kept, ...submitted, ...Object.fromEntries(known) };
}

/** The options of one of the modal's selects, for an admin. */
export async function suggestFields(
  bot: Bot,
  visit: Visit,
  entity: string,
  query: string,
): Promise<PlainTextOption[]> {
  try {
    const schemas = bot.schemas.atHand() ?? (await within(bot.schemas.schemas(), bot.clock, suggestWithinMs));
    const schema = schemas.find(({ name }) => name === entity);
    return schema ? fieldOptions(visit.t, schema, query) : [];
  } catch (error) {
    bot.log.warn('Fields cannot be suggested', { entity, error });
    return [];
  }
}
