import { randomUUID } from 'node:crypto';
import type { AckFn, ViewResponseAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { allPassed, type Check, checkIds } from '../../model/check.ts';
import { type Credentials, type CredentialValues, parseCredentials } from '../../model/credentials.ts';
import type { Fault } from '../../model/fault.ts';
import { isStarted } from '../../model/setup.ts';
import type { CheckReport } from '../../ports/dynamics.ts';
import type { CheckProgress, Outcome } from '../../setup/conversation.ts';
import { checkedModal, checkingModal, checklistMessage } from '../../views/checklist.ts';
import { credentialsModal, inputErrors } from '../../views/credentials.ts';
import { openerMessage } from '../../views/notice.ts';
import type { Bot } from '../bot.ts';
import { type Metadata, writeMetadata } from '../input.ts';
import { openLiveModal } from '../live-modal.ts';
import { nameFault, type Visit } from '../visit.ts';
import { showCard } from './setup.ts';

/** No checklist takes this long; what hangs must not leave a modal at "checking" for ever. */
const checkWithinMs = 60_000;

const isNew = (rest: string): boolean => rest === 'new' || rest === '新規';

/** `/dynamics validate`: checks what is stored; where nothing is, or with `new`, asks for what to check. */
export async function validate(bot: Bot, visit: Visit, rest = ''): Promise<void> {
  const credentials = isNew(rest) ? null : await bot.conversation.credentials();
  if (!credentials) return await validateNew(bot, visit);
  const report = await bot.conversation.validate(credentials, visit.person.id, {
    onProgress: () => {},
    signal: AbortSignal.timeout(checkWithinMs),
  });
  await visit.answer(checklistMessage(visit.t, report));
}

/** Opens the `validate` modal, which checks what is typed and stores nothing. */
async function validateNew(bot: Bot, visit: Visit): Promise<void> {
  if (!visit.triggerId) return await visit.answer(openerMessage(visit.t, 'validate'));
  const metadata = writeMetadata({ channel: visit.channel });
  const view = credentialsModal(visit.t, { kind: 'validate', metadata });
  await bot.clients.interactive.views.open({ trigger_id: visit.triggerId, view });
}

export interface CredentialsSubmission {
  kind: 'credentials' | 'validate';
  viewId: string;
  typed: CredentialValues;
  metadata: Metadata;
  ack: AckFn<ViewResponseAction>;
}

/** A submission of either modal: formats at once, on the inputs; then the checks, live in the modal. */
export async function submitCredentials(
  bot: Bot,
  visit: Visit,
  submission: CredentialsSubmission,
): Promise<void> {
  const { kind, typed, ack, viewId } = submission;
  const parsed = parseCredentials(typed, bot.addressRules);
  if ('problems' in parsed) {
    await ack({ response_action: 'errors', errors: inputErrors(visit.t, parsed.problems) });
    return;
  }
  const metadata = writeMetadata(submission.metadata);
  const externalId = `checks-${randomUUID()}`;
  const checking = (checks: readonly Check[]) =>
    checkingModal(visit.t, { kind, checks, externalId, metadata });
  await ack({
    response_action: 'update',
    view: checking(checkIds.map((id) => ({ id, outcome: 'pending' }))),
  });

  const modal = openLiveModal({ ...bot, client: bot.clients.interactive }, { externalId, viewId });
  const progress = { onProgress: (checks: readonly Check[]) => modal.show(checking(checks)) };
  const result = await check(bot, visit, submission.kind, parsed.credentials, progress);
  const shown = await modal.finish(resultModal(visit, submission, result));
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
  kind: CredentialsSubmission['kind'],
  credentials: Credentials,
  { onProgress }: Pick<CheckProgress, 'onProgress'>,
): Promise<Result> {
  let seen: readonly Check[] = [];
  const signal = AbortSignal.timeout(checkWithinMs);
  const progress: CheckProgress = {
    signal,
    onProgress: (checks) => {
      seen = checks;
      onProgress(checks);
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

function resultModal(
  { t }: Visit,
  { kind, typed, metadata }: CredentialsSubmission,
  result: Result,
): ModalView {
  const { checks, organization, outcome } = result;
  if (allPassed(checks) && organization) {
    const next = outcome && isStarted(outcome.document.setup) ? 'paused' : undefined;
    return checkedModal(t, { kind, checks, organization, next });
  }
  const { client_secret: _, ...values } = typed;
  return credentialsModal(t, { kind, values, checks, metadata: writeMetadata(metadata) });
}
