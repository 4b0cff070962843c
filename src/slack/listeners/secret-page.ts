import { randomUUID } from 'node:crypto';
import type { Application } from '../../model/credentials.ts';
import type { SecretPage } from '../../ports/secret-page.ts';
import { linkExpiredModal, linkModal } from '../../views/secret-link.ts';
import type { Bot } from '../bot.ts';
import { writeMetadata } from '../input.ts';
import { openLiveModal } from '../live-modal.ts';
import { answering, type Visit } from '../visit.ts';
import { type CredentialsSubmission, checkCredentials } from './credential-checks.ts';

export interface PageRequest {
  page: SecretPage;
  application: Application;
}

async function isAdminStill(bot: Bot, userId: string): Promise<boolean> {
  const { isAdmin } = await bot.people.find(userId);
  if (!isAdmin) await bot.conversation.note('access.refused', userId, 'not-admin');
  return isAdmin;
}

/** Leads to the page on which the secret is entered, and goes on with the checks once it has been. */
export async function askOnPage(
  bot: Bot,
  visit: Visit,
  submission: CredentialsSubmission,
  { page, application }: PageRequest,
): Promise<void> {
  const { kind, viewId, ack } = submission;
  const externalId = `checks-${randomUUID()}`;
  const { person, t } = visit;
  const link = page.invite({
    person: person.id,
    language: person.language,
    application,
    isAllowed: () => isAdminStill(bot, person.id),
    receive: (proof) => {
      const credentials = { ...application, proof };
      void answering(bot, visit, () =>
        checkCredentials(bot, visit, { ...submission, externalId }, credentials),
      );
    },
    expire: () => {
      const modal = openLiveModal({ ...bot, client: bot.clients.interactive }, { externalId, viewId });
      modal.show(linkExpiredModal(t, kind));
    },
  });
  const metadata = writeMetadata(submission.metadata);
  await ack({
    response_action: 'update',
    view: linkModal(t, { kind, ...link, externalId, metadata }),
  });
}
