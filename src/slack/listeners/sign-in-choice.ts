import type { ModalView } from '@slack/types';
import { WebAPIPlatformError } from '@slack/web-api';
import type { Check } from '../../model/check.ts';
import type { CredentialValues, SignInWay } from '../../model/credentials.ts';
import { isConfirmed } from '../../model/setup.ts';
import { type CredentialsKind, credentialsModal } from '../../views/credentials.ts';
import type { Bot } from '../bot.ts';
import { type Metadata, writeMetadata } from '../input.ts';
import type { Visit } from '../visit.ts';

export interface FormInput {
  kind: CredentialsKind;
  way?: SignInWay;
  values?: Partial<CredentialValues>;
  checks?: readonly Check[];
  metadata: Metadata;
}

/** The modal that asks for credentials, with the ways to sign in that there are here. */
export async function credentialsForm(
  bot: Bot,
  { t }: Visit,
  { metadata, ...input }: FormInput,
): Promise<ModalView> {
  const { setup } = await bot.conversation.read();
  const { references = [] } = bot.credentialRules;
  return credentialsModal(t, {
    ...input,
    ways: waysHere(bot),
    references,
    locked: input.kind === 'credentials' && isConfirmed(setup) ? setup.organization : null,
    metadata: writeMetadata(metadata),
  });
}

function waysHere({ secretPage, credentialRules: { references = [] } }: Bot): SignInWay[] {
  return [
    'secret',
    ...(secretPage ? (['page'] as const) : []),
    ...(references.length > 0 ? (['reference', 'certificate'] as const) : []),
  ];
}

export interface ChosenWay {
  kind: CredentialsKind;
  way: SignInWay;
  typed: CredentialValues;
  viewId: string;
  /** By which Slack refuses what an older state of the view would overwrite. */
  hash: string | undefined;
  metadata: Metadata;
}

/** Somebody has chosen another way to sign in: the modal asks for what that takes, and keeps the rest. */
export async function changeSignInWay(bot: Bot, visit: Visit, chosen: ChosenWay): Promise<void> {
  const { kind, way, typed, viewId, hash, metadata } = chosen;
  const view = await credentialsForm(bot, visit, { kind, way, values: typed, metadata });
  try {
    await bot.clients.interactive.views.update({ view_id: viewId, view, ...(hash ? { hash } : {}) });
  } catch (error) {
    // Somebody who chooses twice in a row sees the later choice: this one has been overtaken.
    if (!(error instanceof WebAPIPlatformError) || error.data.error !== 'hash_conflict') throw error;
  }
}
