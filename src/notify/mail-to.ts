import type { StartedSetup } from '../model/setup.ts';
import { type Texts, textsFor } from '../texts/catalogue.ts';
import type { Mail } from '../views/mail.ts';
import type { MailSender } from './mail.ts';
import type { ReaderFinder } from './readers.ts';

export interface MailToDeps {
  readers: ReaderFinder;
  /** Null where no mail server is set up. */
  sendMail: MailSender | null;
}

/** To the address that was given at the start, in the language of whoever gave it; nothing where there is none. */
export async function mailTo(
  { readers, sendMail }: MailToDeps,
  { start: { email, requestedBy } }: StartedSetup,
  written: (t: Texts) => Mail,
): Promise<void> {
  if (!email || !sendMail) return;
  const { language } = await readers.of(requestedBy);
  await sendMail({ to: email, ...written(textsFor(language)) });
}
