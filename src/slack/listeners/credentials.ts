import { randomUUID } from 'node:crypto';
import { checkIds } from '../../model/check.ts';
import { type CredentialProblems, parseApplication, parseCredentials } from '../../model/credentials.ts';
import { checkingModal, checklistMessage } from '../../views/checklist.ts';
import { inputErrors } from '../../views/credentials.ts';
import { noticeMessage, openerMessage } from '../../views/notice.ts';
import type { Bot } from '../bot.ts';
import { writeMetadata } from '../input.ts';
import type { Visit } from '../visit.ts';
import { type CredentialsSubmission, checkCredentials, checkWithinMs } from './credential-checks.ts';
import { askOnPage } from './secret-page.ts';
import { credentialsForm } from './sign-in-choice.ts';

/** A checklist that takes longer says first that it is being worked through. */
const answerSoonMs = 2_500;

const isNew = (rest: string): boolean => rest === 'new' || rest === '新規';

/** `/dynamics validate`: checks what is stored; where nothing is, or with `new`, asks for what to check. */
export async function validate(bot: Bot, visit: Visit, rest = ''): Promise<void> {
  const credentials = isNew(rest) ? null : await bot.conversation.credentials();
  if (!credentials) return await validateNew(bot, visit);
  const ended = new AbortController();
  const soon = bot.clock.sleep(answerSoonMs, ended.signal).then(async () => {
    if (!ended.signal.aborted) await visit.answer(noticeMessage(visit.t, 'checking'));
  });
  try {
    const report = await bot.conversation.validate(credentials, visit.person.id, {
      onProgress: () => {},
      signal: AbortSignal.timeout(checkWithinMs),
    });
    ended.abort();
    // The answer comes after what announces it.
    await soon;
    await visit.answer(checklistMessage(visit.t, report));
  } finally {
    ended.abort();
  }
}

/** Opens the `validate` modal, which checks what is typed and stores nothing. */
async function validateNew(bot: Bot, visit: Visit): Promise<void> {
  if (!visit.triggerId) return await visit.answer(openerMessage(visit.t, 'validate'));
  const view = await credentialsForm(bot, visit, { kind: 'validate', metadata: { channel: visit.channel } });
  await bot.clients.interactive.views.open({ trigger_id: visit.triggerId, view });
}

/** A submission of either modal: formats at once, on the inputs; then the checks, live in the modal. */
export async function submitCredentials(
  bot: Bot,
  visit: Visit,
  submission: CredentialsSubmission,
): Promise<void> {
  const { way, ack } = submission;
  if (way === 'page' && bot.secretPage) {
    const parsed = parseApplication(submission.typed, bot.credentialRules);
    if ('problems' in parsed) return await refuse(visit, submission, parsed.problems);
    return await askOnPage(bot, visit, submission, { page: bot.secretPage, ...parsed });
  }
  // Somebody who forges the way to a page that is not there has not given a secret.
  const parsed = parseCredentials(submission.typed, bot.credentialRules, way === 'page' ? 'secret' : way);
  if ('problems' in parsed) return await refuse(visit, submission, parsed.problems);
  const externalId = `checks-${randomUUID()}`;
  const checks = checkIds.map((id) => ({ id, outcome: 'pending' }) as const);
  const metadata = writeMetadata(submission.metadata);
  const view = checkingModal(visit.t, { kind: submission.kind, checks, externalId, metadata });
  await ack({ response_action: 'update', view });
  await checkCredentials(bot, visit, { ...submission, externalId }, parsed.credentials);
}

async function refuse(
  { t }: Visit,
  { ack }: CredentialsSubmission,
  problems: CredentialProblems,
): Promise<void> {
  await ack({ response_action: 'errors', errors: inputErrors(t, problems) });
}
