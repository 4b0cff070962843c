import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { AckFn, ViewResponseAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { WebAPIPlatformError } from '@slack/web-api';
import { within } from '../../lib/within.ts';
import type { AuditAction } from '../../model/audit.ts';
import type { SetupAt, StartRequest } from '../../model/setup.ts';
import { startInputs } from '../../views/names.ts';
import { outdated } from '../../views/notice.ts';
import { type StartModalInput, startModal } from '../../views/start-modal.ts';
import type { Bot } from '../bot.ts';
import { type Metadata, type StartInput, writeMetadata } from '../input.ts';
import { canOpen, openLoadedModal } from '../loaded-modal.ts';
import type { Visit } from '../visit.ts';
import { move, moveByCard, overtake } from './setup.ts';

/** The acknowledgement waits for it. */
const channelWithinMs = 1_000;
const historyLooked = 100;
const email = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;

/** `start.review`: the warnings, and where to tell about it. */
export async function reviewStart(bot: Bot, visit: Visit): Promise<void> {
  const { setup } = await bot.conversation.read();
  if ((setup.step !== 'chosen' && setup.step !== 'requested') || !canOpen(visit)) {
    await visit.answer(outdated(visit.t, { refused: 'not-now', setup }));
    await bot.card.refresh();
    return await overtake(bot, visit);
  }
  await openLoadedModal(bot, visit, 'start', async () => {
    // Without the counts one can start all the same.
    const rows = await bot.schemas.rows().catch(() => null);
    return startModal(visit.t, modalInput(bot, visit, setup, rows));
  });
}

type Reviewed = SetupAt<'chosen' | 'requested'>;

function modalInput(
  bot: Bot,
  { channel }: Visit,
  setup: Reviewed,
  rows: StartModalInput['rows'],
): StartModalInput {
  return {
    setup,
    rows,
    schemas: bot.schemas.atHand() ?? [],
    canMail: bot.canMail,
    metadata: writeMetadata({ channel, seen: fingerprint(setup) }),
    ...(setup.step === 'requested'
      ? { channel: setup.start.notifyChannel, email: setup.start.email ?? '' }
      : {}),
  };
}

/** What the modal was about, in a few characters: what is copied, and what was entered before. */
function fingerprint(setup: Reviewed): string {
  const about = JSON.stringify([setup.selection, setup.step === 'requested' ? setup.start : null]);
  return createHash('sha256').update(about).digest('base64url').slice(0, 12);
}

interface StartSubmission {
  input: StartInput;
  metadata: Metadata;
  ack: AckFn<ViewResponseAction>;
}

export async function submitStart(
  bot: Bot,
  visit: Visit,
  { input, metadata, ack }: StartSubmission,
): Promise<void> {
  const errors = findErrors(visit, input) ?? (await findChannelError(bot, visit, input.channel));
  if (errors || !input.channel) {
    await ack({ response_action: 'errors', errors: errors ?? {} });
    return;
  }
  const start = { notifyChannel: input.channel, email: input.email || null, requestedBy: visit.person.id };
  const overtaken = await findOvertaken(bot, visit, start, metadata);
  if (overtaken) {
    await ack({ response_action: 'update', view: overtaken });
    return;
  }
  await ack();
  await move(bot, visit, { kind: 'start-requested', start });
}

/** Somebody has changed meanwhile what this modal asked to start: it says so and shows what is now. */
async function findOvertaken(
  bot: Bot,
  visit: Visit,
  start: StartRequest,
  { seen }: Metadata,
): Promise<ModalView | null> {
  const { setup } = await bot.conversation.read();
  if (setup.step !== 'chosen' && setup.step !== 'requested') return null;
  if (seen === undefined || seen === fingerprint(setup)) return null;
  // The same submission once more.
  if (setup.step === 'requested' && isDeepStrictEqual(setup.start, start)) return null;
  const changes: readonly AuditAction[] = ['fields.saved', 'start.requested', 'start.cancelled'];
  const last = (await bot.store.history(historyLooked)).find(
    ({ action, result }) => result === 'done' && changes.includes(action),
  );
  const input = modalInput(bot, visit, setup, bot.schemas.rowsAtHand());
  return startModal(visit.t, { ...input, overtaken: last });
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

/** Where a channel cannot take the progress, it is said on the input. What Slack does not tell is no reason to refuse. */
async function findChannelError(
  bot: Bot,
  { t }: Visit,
  channel: string | null,
): Promise<Record<string, string> | null> {
  if (!channel) return null;
  try {
    const asked = bot.clients.interactive.conversations.info({ channel });
    const { channel: found } = await within(asked, bot.clock, channelWithinMs);
    if (found?.is_ext_shared) return { [startInputs.channel]: t.start.errors.channelExternal };
    return found?.is_archived ? { [startInputs.channel]: t.start.errors.channelUnreachable } : null;
  } catch (error) {
    const isUnseen = error instanceof WebAPIPlatformError && error.data.error === 'channel_not_found';
    // A private channel the bot is not in, unless it is somebody's direct message, which it need not be in.
    return isUnseen && /^[CG]/.test(channel)
      ? { [startInputs.channel]: t.start.errors.channelUnreachable }
      : null;
  }
}

export async function cancelStart(bot: Bot, visit: Visit): Promise<void> {
  await moveByCard(bot, visit, { kind: 'start-cancelled' });
}

export async function confirmStart(bot: Bot, visit: Visit): Promise<void> {
  const at = new Date(bot.clock.now()).toISOString();
  await moveByCard(bot, visit, { kind: 'start-confirmed', by: visit.person.id, at });
}
