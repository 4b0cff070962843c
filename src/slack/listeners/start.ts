import type { AckFn, ViewResponseAction } from '@slack/bolt';
import { startInputs } from '../../views/names.ts';
import { outdated } from '../../views/notice.ts';
import { startModal } from '../../views/start-modal.ts';
import type { Bot } from '../bot.ts';
import { type StartInput, writeMetadata } from '../input.ts';
import type { Visit } from '../visit.ts';
import { move, moveByCard } from './setup.ts';

const email = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;

/** `start.review`: the warnings, and where to tell about it. */
export async function reviewStart(bot: Bot, visit: Visit): Promise<void> {
  const { setup } = await bot.conversation.read();
  if ((setup.step !== 'chosen' && setup.step !== 'requested') || !visit.triggerId) {
    await visit.answer(outdated(visit.t, { refused: 'not-now', setup }));
    return await bot.card.refresh(visit.message ?? undefined);
  }
  const view = startModal(visit.t, {
    setup,
    rows: bot.schemas.rowsAtHand(),
    schemas: bot.schemas.atHand() ?? [],
    metadata: writeMetadata({ channel: visit.channel }),
    ...(setup.step === 'requested'
      ? { channel: setup.start.notifyChannel, email: setup.start.email ?? '' }
      : {}),
  });
  await bot.clients.interactive.views.open({ trigger_id: visit.triggerId, view });
}

export async function submitStart(
  bot: Bot,
  visit: Visit,
  { input, ack }: { input: StartInput; ack: AckFn<ViewResponseAction> },
): Promise<void> {
  const errors = findErrors(visit, input);
  if (errors || !input.channel) {
    await ack({ response_action: 'errors', errors: errors ?? {} });
    return;
  }
  await ack();
  const start = { notifyChannel: input.channel, email: input.email || null, requestedBy: visit.person.id };
  await move(bot, visit, { kind: 'start-requested', start });
}

function findErrors({ t }: Visit, input: StartInput): Record<string, string> | null {
  const errors: Record<string, string> = {};
  if (!input.channel) errors[startInputs.channel] = t.start.errors.channel;
  if (input.email !== '' && !email.test(input.email)) errors[startInputs.email] = t.start.errors.email;
  if (input.acknowledged.length < t.start.acknowledgements.length) {
    errors[startInputs.acknowledge] = t.start.errors.acknowledge;
  }
  return Object.keys(errors).length > 0 ? errors : null;
}

export async function cancelStart(bot: Bot, visit: Visit): Promise<void> {
  await moveByCard(bot, visit, { kind: 'start-cancelled' });
}

export async function confirmStart(bot: Bot, visit: Visit): Promise<void> {
  const at = new Date(bot.clock.now()).toISOString();
  await moveByCard(bot, visit, { kind: 'start-confirmed', by: visit.person.id, at });
}
