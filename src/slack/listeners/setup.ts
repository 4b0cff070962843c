import type { SetupEvent } from '../../setup/event.ts';
import { openerMessage, outdated } from '../../views/notice.ts';
import type { Bot } from '../bot.ts';
import type { Visit } from '../visit.ts';
import { credentialsForm } from './sign-in-choice.ts';

/** `/dynamics setup`: the credentials modal when there are no credentials yet, else the card with the next step. */
export async function setup(bot: Bot, visit: Visit): Promise<void> {
  const { setup } = await bot.conversation.read();
  if (setup.step === 'new' && visit.triggerId) return await editCredentials(bot, visit);
  await showCard(bot, visit.channel, visit.person.id);
}

/** Posts the card where it was asked for, and fills in the rows per entity when Dynamics has counted them. */
export async function showCard(bot: Bot, channel: string | null, person: string): Promise<void> {
  const { setup: present } = await bot.conversation.read();
  const counted = present.step === 'new' ? null : bot.schemas.rows();
  counted?.catch((error: unknown) => bot.log.warn('Rows cannot be counted', { error }));
  const before = bot.schemas.rowsAtHand();
  await bot.card.show([...(channel ? [channel] : []), person]);
  await counted?.catch(() => null);
  if (bot.schemas.rowsAtHand() !== before) await bot.card.refresh();
}

/** Opens the credentials modal; what is stored is never shown in it but for the organization's address. */
export async function editCredentials(bot: Bot, visit: Visit): Promise<void> {
  if (!visit.triggerId) return await visit.answer(openerMessage(visit.t, 'credentials'));
  const metadata = { channel: visit.channel };
  const view = await credentialsForm(bot, visit, { kind: 'credentials', metadata });
  await bot.clients.interactive.views.open({ trigger_id: visit.triggerId, view });
}

export async function confirmOrganization(bot: Bot, visit: Visit): Promise<void> {
  const at = new Date(bot.clock.now()).toISOString();
  await moveByCard(bot, visit, {
    kind: 'organization-confirmed',
    organizationId: visit.value,
    by: visit.person.id,
    at,
  });
}

export async function changeOrganization(bot: Bot, visit: Visit): Promise<void> {
  await moveByCard(bot, visit, { kind: 'organization-changed' });
}

/** Moves the setup and brings the card up to date. Whoever comes too late is told privately what is instead. */
export async function move(bot: Bot, visit: Visit, event: SetupEvent): Promise<boolean> {
  const { refused, document } = await bot.conversation.dispatch(event, visit.person.id);
  if (refused) await visit.answer(outdated(visit.t, { refused, setup: document.setup }));
  await bot.card.refresh();
  return refused === null;
}

/** The same by a button of the card. */
export async function moveByCard(bot: Bot, visit: Visit, event: SetupEvent): Promise<boolean> {
  const moved = await move(bot, visit, event);
  await overtake(bot, visit);
  return moved;
}

/** An older card, posted elsewhere before, shows the present state too once somebody presses on it. */
export async function overtake(bot: Bot, { message }: Visit): Promise<void> {
  const { card } = await bot.conversation.read();
  const isCard = message?.channel === card?.channel && message?.ts === card?.ts;
  if (message && !isCard) await bot.card.refresh(message);
}
