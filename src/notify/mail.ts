import { createTransport } from 'nodemailer';
import type { Logger } from '../lib/log.ts';

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/**
 * Sends one mail. What the server refuses for good, e.g. an address that does not exist, is logged and counts as
 * sent: it would be refused each time. @throws when it may be taken later
 */
export type MailSender = (mail: Mail) => Promise<void>;

/** A server that does not answer must not hold up what is told elsewhere. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

/** @param url e.g. `smtps://user:password@mail.example.com`. @param from the sender's address. */
export function createMailSender(url: string, from: string, log: Logger): MailSender {
  const transport = createTransport({ url, ...patience });
  return async (mail) => {
    try {
      await transport.sendMail({ from, ...mail });
    } catch (error) {
      if (!isRefusedForGood(error)) throw error;
      log.error('The mail server refuses a mail', { subject: mail.subject, error });
    }
  };
}

/** A 5xx about this mail; one about who sends it is a setting that somebody may put right. */
function isRefusedForGood(error: unknown): boolean {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  const isAboutMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  return isAboutMail && typeof responseCode === 'number' && responseCode >= 500;
}
