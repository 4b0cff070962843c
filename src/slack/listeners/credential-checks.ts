import type { AckFn, ViewResponseAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { allPassed, type Check, checkIds } from '../../model/check.ts';
import type { Credentials, CredentialValues, SignInWay } from '../../model/credentials.ts';
import type { Fault } from '../../model/fault.ts';
import { isStarted } from '../../model/setup.ts';
import type { CheckReport } from '../../ports/dynamics.ts';
import type { CheckProgress, Outcome } from '../../setup/conversation.ts';
import { checkedModal, checkingModal, checklistMessage } from '../../views/checklist.ts';
import type { CredentialsKind } from '../../views/credentials.ts';
import type { Bot } from '../bot.ts';
import { type Metadata, writeMetadata } from '../input.ts';
import { openLiveModal } from '../live-modal.ts';
import { nameFault, type Visit } from '../visit.ts';
import { showCard } from './setup.ts';
import { credentialsForm } from './sign-in-choice.ts';

/** No checklist takes this long; what hangs must not leave a modal at "checking" for ever. */
export const checkWithinMs = 60_000;

export interface CredentialsSubmission {
  kind: CredentialsKind;
  viewId: string;
  way: SignInWay;
  typed: CredentialValues;
  metadata: Metadata;
  ack: AckFn<ViewResponseAction>;
}

/** Everything of a submission but the acknowledgement, which it has had. */
export type CheckedSubmission = Omit<CredentialsSubmission, 'ack'> & { externalId: string };

/** Works through the checklist in the modal; where that was closed, the result is a message. */
export async function checkCredentials(
  bot: Bot,
  visit: Visit,
  submission: CheckedSubmission,
  credentials: Credentials,
): Promise<void> {
  const { kind, externalId, viewId } = submission;
  const metadata = writeMetadata(submission.metadata);
  const modal = openLiveModal({ ...bot, client: bot.clients.interactive }, { externalId, viewId });
  const show = (checks: readonly Check[]) =>
    modal.show(checkingModal(visit.t, { kind, checks, externalId, metadata }));
  const result = await check(bot, visit, kind, credentials, show);
  const shown = await modal.finish(await resultModal(bot, visit, submission, result));
  if (!shown) await visit.answer(checklistMessage(visit.t, result));
  if (result.outcome && !result.outcome.refused) {
    bot.schemas.clear();
    await showCard(bot, submission.metadata.channel, visit.person.id);
  }
}

type Result = CheckReport & { outcome: Outcome | null };

/** Never throws: whatever happens becomes a failed line of the checklist. */
async function check(
  bot: Bot,
  { person }: Visit,
  kind: CredentialsKind,
  credentials: Credentials,
  show: (checks: readonly Check[]) => void,
): Promise<Result> {
  let seen: readonly Check[] = [];
  const signal = AbortSignal.timeout(checkWithinMs);
  const progress: CheckProgress = {
    signal,
    onProgress: (checks) => {
      seen = checks;
      show(checks);
    },
  };
  try {
    if (kind === 'validate') {
      return { ...(await bot.conversation.validate(credentials, person.id, progress)), outcome: null };
    }
    const result = await bot.conversation.connect(credentials, person.id, progress);
    return result.outcome?.refused ? overtaken(result, bot.clock.now()) : result;
  } catch (error) {
    const fault = nameFault(bot.log, error, bot.clock.now());
    return {
      checks: failAt(seen, (line) => line.outcome !== 'passed', fault),
      organization: null,
      expiry: null,
      outcome: null,
    };
  }
}

/** The checks passed, but while they ran somebody confirmed another organization. */
function overtaken(result: Result, now: number): Result {
  const setup = result.outcome?.document.setup;
  const locked = setup && 'organization' in setup ? setup.organization : null;
  const { friendlyName = '', id = '' } = result.organization ?? {};
  const details = { organization: friendlyName, id, expected: locked?.friendlyName ?? '' };
  const fault: Fault = { code: 'organization-other', details, at: new Date(now).toISOString() };
  return { ...result, checks: failAt(result.checks, (line) => line.id === 'organization', fault) };
}

/** The checklist with the first line that fits failed. */
function failAt(checks: readonly Check[], fits: (line: Check) => boolean, fault: Fault): Check[] {
  const lines: readonly Check[] =
    checks.length > 0 ? checks : checkIds.map((id) => ({ id, outcome: 'skipped' }));
  const failed = lines.find(fits) ?? lines[0];
  return lines.map((line) => (line === failed ? { id: line.id, outcome: 'failed', fault } : line));
}

async function resultModal(
  bot: Bot,
  visit: Visit,
  { kind, way, typed, metadata }: CheckedSubmission,
  { checks, organization, outcome }: Result,
): Promise<ModalView> {
  if (allPassed(checks) && organization) {
    const next = outcome && isStarted(outcome.document.setup) ? 'paused' : undefined;
    return checkedModal(visit.t, { kind, checks, organization, next });
  }
  const { client_secret: _, ...values } = typed;
  return await credentialsForm(bot, visit, { kind, way, values, checks, metadata });
}
