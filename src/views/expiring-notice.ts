import type { SecretExpiry } from '../model/secret-expiry.ts';
import { isStarted, type Setup } from '../model/setup.ts';
import type { Texts } from '../texts/catalogue.ts';
import { actions, button, header, section } from './blocks.ts';
import { safeName } from './card-parts.ts';
import { dateText } from './markup.ts';
import { type Message, message } from './message.ts';
import { buttons } from './names.ts';

export interface ExpiringInput {
  setup: Exclude<Setup, { step: 'new' }>;
  expiry: SecretExpiry;
  /** Whole days that are left. */
  days: number;
}

/** Says in good time that what the application signs in with ends, and where a new one is entered. */
export function expiringNotice(t: Texts, { setup, expiry, days }: ExpiringInput): Message {
  const words = t.expiring;
  const text = words.text(words.holds[expiry.holds], safeName(setup.organization), words.left(days));
  return message(`${words.header[expiry.holds]}: ${text}`, [
    header(words.header[expiry.holds]),
    section(`${text}\n${words.date(dateText(t, expiry.at))}`),
    section(
      isStarted(setup) ? `${words.remedy[expiry.holds]}\n${words.otherwise}` : words.remedy[expiry.holds],
    ),
    actions(button(buttons.credentialsEdit, t.buttons.credentialsAgain, { style: 'primary' })),
  ]);
}
