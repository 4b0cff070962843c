import type { Application } from '../model/credentials.ts';
import type { Language } from '../model/person.ts';
import type { Proof } from '../model/proof.ts';

/** Makes links to a page of the bot's own on which a secret is entered instead of in Slack. */
export interface SecretPage {
  /** The link works once and for ten minutes; a newer one for the same person takes its place. */
  invite(invitation: SecretInvitation): SecretLink;
}

export interface SecretInvitation {
  /** Slack user id of the one it is for. */
  person: string;
  language: Language;
  /** What the secret is for; shown on the page. */
  application: Application;
  /** Asked when the page is sent: whoever is an admin no longer may not connect anything either. */
  isAllowed(): Promise<boolean>;
  /** Called once, with what was entered; or never, when the link is not used. */
  receive(proof: Proof): void;
  /** Called when nobody has used the link in time. */
  expire(): void;
}

export interface SecretLink {
  url: string;
  /** Milliseconds since 1970. */
  validUntil: number;
}
