import { randomUUID } from 'node:crypto';
import type { AckFn, ViewResponseAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { allPassed, type Check, checkIds } from '../../model/check.ts';
import { type CredentialValues, parseCredentials } from '../../model/credentials.ts';
import type { CheckReport } from '../../ports/dynamics.ts';
import { checkedModal, checkingModal, checklistMessage } from '../../views/checklist.ts';
import { credentialsModal, inputErrors } from '../../views/credentials.ts';
import type { Bot } from '../bot.ts';
import { type Metadata, writeMetadata } from '../input.ts';
import { openLiveModal } from '../live-modal.ts';
import type { Visit } from '../visit.ts';

type Kind = 'credentials' | 'validate';

/** Opens the `validate` modal, which checks what is typed and stores nothing. */
export async function validateNew(bot: Bot, visit: Visit): Promise<void> {
  if (!visit.triggerId) return;
  const metadata = writeMetadata({ channel: visit.channel });
  const view = credentialsModal(visit.t, { kind: 'validate', metadata });
  await bot.clients.interactive.views.open({ trigger_id: visit.triggerId, view });
}

/** `/dynamics validate`: checks what is stored; where nothing is, or with `new`, asks for what to check. */
export async function validate(bot: Bot, visit: Visit, rest = ''): Promise<void> {
  const credentials = rest === 'new' ? null : await bot.conversation.credentials();
  if (!credentials) return await validateNew(bot, visit);
  const { checks, organization } = await bot.conversation.validate(credentials, visit.person.id, untold());
  await visit.answer(checklistMessage(visit.t, { checks, organization }));
}

/** A submission of either modal: formats at once, on the inputs; then the checks, live in the modal. */
export async function submitCredentials(
  bot: Bot,
  visit: Visit,
  submission: { kind: Kind; typed: CredentialValues; metadata: Metadata; ack: AckFn<ViewResponseAction> },
): Promise<void> {
  const { kind, typed, metadata, ack } = submission;
  const parsed = parseCredentials(typed, bot.addressRules);
  if ('problems' in parsed) {
    await ack({ response_action: 'errors', errors: inputErrors(visit.t, parsed.problems) });
    return;
  }
  const remembered = writeMetadata(metadata);
  const externalId = `checks-${randomUUID()}`;
  const checking = (checks: readonly Check[]): ModalView =>
    checkingModal(visit.t, { kind, checks, externalId, metadata: remembered });
  await ack({ response_action: 'update', view: checking(allPending()) });

  const modal = openLiveModal({ ...bot, client: bot.clients.interactive }, externalId);
  const progress = {
    onProgress: (checks: readonly Check[]) => modal.show(checking(checks)),
    signal: untold().signal,
  };
  const report =
    kind === 'validate'
      ? { ...(await bot.conversation.validate(parsed.credentials, visit.person.id, progress)), outcome: null }
      : await bot.conversation.connect(parsed.credentials, visit.person.id, progress);
  const shown = await modal.finish(resultModal(visit, { kind, typed, report, metadata: remembered }));
  if (!shown) await visit.answer(checklistMessage(visit.t, report));
  if (report.outcome && !report.outcome.refused) await connected(bot, visit, metadata);
}

function resultModal(
  { t }: Visit,
  result: { kind: Kind; typed: CredentialValues; report: CheckReport; metadata: string },
): ModalView {
  const { kind, typed, report, metadata } = result;
  const { checks, organization } = report;
  if (allPassed(checks) && organization) return checkedModal(t, { kind, checks, organization });
  const { client_secret: _, ...values } = typed;
  return credentialsModal(t, { kind, values, checks, metadata });
}

async function connected(bot: Bot, visit: Visit, metadata: Metadata): Promise<void> {
  bot.schemas.clear();
  const places = [...(metadata.channel ? [metadata.channel] : []), visit.person.id];
  // The card names rows per entity, but must not wait for them: they are filled in when they are known.
  const counted = bot.schemas.rows();
  await bot.card.show(places);
  await counted.catch((error: unknown) => bot.log.warn('Rows cannot be counted', { error }));
  await bot.card.refresh();
}

function allPending(): Check[] {
  return checkIds.map((id) => ({ id, outcome: 'pending' }));
}

function untold() {
  return { onProgress: () => {}, signal: AbortSignal.timeout(60_000) };
}
