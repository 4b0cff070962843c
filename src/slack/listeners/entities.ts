import type { AckFn, ViewResponseAction } from '@slack/bolt';
import type { PlainTextOption } from '@slack/types';
import { within } from '../../lib/within.ts';
import type { EntityCandidate } from '../../model/entity.ts';
import { defaultSelection, type Selection } from '../../model/selection.ts';
import { isStarted, type Setup } from '../../model/setup.ts';
import { entitiesAdded } from '../../views/entities-added.ts';
import { entitiesModal, entityOptions } from '../../views/entities-modal.ts';
import { openerMessage, outdated } from '../../views/notice.ts';
import type { Bot } from '../bot.ts';
import { writeMetadata } from '../input.ts';
import { canOpen, openLoadedModal } from '../loaded-modal.ts';
import type { Visit } from '../visit.ts';

/** As for the fields: Slack takes no options after three seconds. */
const suggestWithinMs = 1_200;

/** Custom entities are added once the initial sync has completed. */
const isOffered = (setup: Setup): setup is Extract<Setup, { initial: unknown }> =>
  isStarted(setup) && 'initial' in setup;

/** `entities.add` and `/dynamics entities`. */
export async function addEntities(bot: Bot, visit: Visit): Promise<void> {
  const { setup } = await bot.conversation.read();
  if (!isOffered(setup)) return await visit.answer(outdated(visit.t, { refused: 'not-now', setup }));
  if (!canOpen(visit)) return await visit.answer(openerMessage(visit.t, 'entities'));
  const metadata = writeMetadata({ channel: visit.channel });
  await openLoadedModal(bot, visit, 'entities', async () => {
    const { length: count } = notYetIn(setup.selection, await bot.schemas.candidates());
    return entitiesModal(visit.t, { count, metadata });
  });
}

const notYetIn = (selection: Selection, candidates: readonly EntityCandidate[]): EntityCandidate[] =>
  candidates.filter(({ name }) => !(name in selection));

/** The options of the modal's select, for an admin. */
export async function suggestEntities(bot: Bot, visit: Visit, query: string): Promise<PlainTextOption[]> {
  try {
    const { setup } = await bot.conversation.read();
    if (!isOffered(setup)) return [];
    const { schemas, clock } = bot;
    const all = schemas.candidatesAtHand() ?? (await within(schemas.candidates(), clock, suggestWithinMs));
    return entityOptions(visit.t, notYetIn(setup.selection, all), query);
  } catch (error) {
    bot.log.warn('Entities cannot be suggested', { error });
    return [];
  }
}

interface Submitted {
  /** By logical name. */
  chosen: readonly string[];
  ack: AckFn<ViewResponseAction>;
}

export async function submitEntities(bot: Bot, visit: Visit, { chosen, ack }: Submitted): Promise<void> {
  await ack();
  const offered = new Set((await bot.schemas.candidates()).map(({ name }) => name));
  const schemas = await bot.schemas.describe(chosen.filter((name) => offered.has(name)));
  // Read last, so that what somebody else saved meanwhile is kept.
  const before = (await bot.conversation.read()).setup;
  if (!isOffered(before)) return await visit.answer(outdated(visit.t, { refused: 'not-now', setup: before }));
  const added = schemas.filter(({ name }) => !(name in before.selection));
  // The same submission once more, or somebody was faster: there is nothing to do.
  if (added.length === 0) {
    return await visit.answer(outdated(visit.t, { refused: 'not-now', setup: before }));
  }
  const chosenFields = added.map((schema) => [schema.name, defaultSelection(schema)]);
  const selection = { ...before.selection, ...Object.fromEntries(chosenFields) };
  const at = new Date(bot.clock.now()).toISOString();
  const event = { kind: 'fields-saved', selection, at } as const;
  const { refused, document } = await bot.conversation.dispatch(event, visit.person.id);
  if (refused) return await visit.answer(outdated(visit.t, { refused, setup: document.setup }));
  bot.schemas.outdate();
  bot.fieldsSaved(before, document.setup);
  const entities = added.map(({ name }) => name);
  const isPaused = document.setup.step === 'paused';
  await visit.answer(entitiesAdded(visit.t, { entities, schemas, isPaused }));
}
