import type { ModalView } from '@slack/types';
import type { Check } from '../model/check.ts';
import type { Organization } from '../model/organization.ts';
import type { Texts } from '../texts/catalogue.ts';
import { actions, button, context, header, section } from './blocks.ts';
import { checklistBlocks, checklistSummary } from './checklist-blocks.ts';
import type { CredentialsKind } from './credentials.ts';
import { escapeText } from './markup.ts';
import { type Message, message } from './message.ts';
import { modal } from './modal.ts';
import { buttons } from './names.ts';

export interface CheckingModalInput {
  kind: CredentialsKind;
  checks: readonly Check[];
  /** By which the view is updated: a submission's own view id cannot be relied on. */
  externalId: string;
  metadata: string;
}

/** The checklist while it is worked through. */
export const checkingModal = (t: Texts, input: CheckingModalInput): ModalView =>
  modal({
    callbackId: input.kind,
    title: t.credentials.title[input.kind],
    close: t.credentials.close,
    metadata: input.metadata,
    externalId: input.externalId,
    blocks: [
      section(`*${t.checklist.checking}*`),
      ...checklistBlocks(t, input.checks),
      context(t.checklist.checkingNote),
    ],
  });

export interface CheckedModalInput {
  kind: CredentialsKind;
  checks: readonly Check[];
  organization: Organization;
  /** What comes next; by default what follows from `kind`. */
  next?: 'paused' | undefined;
}

/** All checks passed. */
export function checkedModal(t: Texts, input: CheckedModalInput): ModalView {
  const { friendlyName, url } = input.organization;
  return modal({
    callbackId: input.kind,
    title: t.credentials.title[input.kind],
    close: t.credentials.close,
    blocks: [
      section(
        `*${t.checklist.passedAll}*\n${t.checklist.connectedTo(escapeText(friendlyName), escapeText(url))}`,
      ),
      ...checklistBlocks(t, input.checks),
      section(t.checklist.next[input.next ?? input.kind]),
    ],
  });
}

/** The answer to `/dynamics validate` with stored credentials. */
export function checklistMessage(
  t: Texts,
  { checks, organization }: { checks: readonly Check[]; organization: Organization | null },
): Message {
  const summary = checklistSummary(t, checks);
  const failed = checks.some(({ outcome }) => outcome === 'failed');
  const found = organization
    ? [t.checklist.connectedTo(escapeText(organization.friendlyName), escapeText(organization.url))]
    : [];
  return message(`${t.checklist.storedTitle}: ${summary}`, [
    header(t.checklist.storedTitle),
    section([`*${summary}*`, ...found].join('\n')),
    ...checklistBlocks(t, checks),
    actions(
      button(buttons.validateAgain, t.buttons['validate.again']),
      ...(failed ? [button(buttons.credentialsEdit, t.buttons.credentialsAgain)] : []),
    ),
  ]);
}
