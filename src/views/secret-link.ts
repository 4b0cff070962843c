import type { ModalView } from '@slack/types';
import type { Texts } from '../texts/catalogue.ts';
import { actions, button, context, section } from './blocks.ts';
import type { CredentialsKind } from './credentials.ts';
import { modal } from './modal.ts';
import { buttons } from './names.ts';

export interface LinkModalInput {
  kind: CredentialsKind;
  url: string;
  /** Milliseconds since 1970. */
  validUntil: number;
  externalId: string;
  metadata: string;
}

/** Leads to the page on which the secret is entered; stays open until it has been. */
export function linkModal(t: Texts, input: LinkModalInput): ModalView {
  const seconds = Math.floor(input.validUntil / 1000);
  const time = `<!date^${seconds}^{time}|${t.format.instant(new Date(input.validUntil).toISOString())}>`;
  return modal({
    callbackId: input.kind,
    title: t.credentials.title[input.kind],
    close: t.credentials.close,
    metadata: input.metadata,
    externalId: input.externalId,
    blocks: [
      section(t.signIn.link.text),
      actions({
        ...button(buttons.secretOpen, t.signIn.link.open, { style: 'primary' }),
        url: input.url,
      }),
      context(t.signIn.link.note(time)),
    ],
  });
}

/** Takes its place when nobody has used the link in time. */
export const linkExpiredModal = (t: Texts, kind: CredentialsKind): ModalView =>
  modal({
    callbackId: kind,
    title: t.credentials.title[kind],
    close: t.credentials.close,
    blocks: [section(t.signIn.link.expired), section(t.signIn.link.again[kind])],
  });
