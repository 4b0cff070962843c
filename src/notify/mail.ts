import { createTransport } from 'nodemailer';

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** Sends one mail; throws when the server does not take it. */
export type MailSender = (mail: Mail) => Promise<void>;

/** @param url e.g. `smtps://user:password@mail.example.com`. @param from the sender's address. */
export function createMailSender(url: string, from: string): MailSender {
  const transport = createTransport(url);
  return async (mail) => {
    await transport.sendMail({ from, ...mail });
  };
}
