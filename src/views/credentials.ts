import type { InputBlock, KnownBlock, ModalView, PlainTextInput } from '@slack/types';
import { allPassed, type Check } from '../model/check.ts';
import {
  type CredentialInput,
  type CredentialProblems,
  type CredentialValues,
  credentialInputs,
  type InputProblem,
} from '../model/credentials.ts';
import type { Organization } from '../model/organization.ts';
import type { Texts } from '../texts/catalogue.ts';
import { context, divider, plain, section } from './blocks.ts';
import { checklistBlocks, checklistSummary } from './checklist-blocks.ts';
import { limits } from './limits.ts';
import { escapeText } from './markup.ts';
import { modal } from './modal.ts';

export type CredentialsKind = 'credentials' | 'validate';

export interface CredentialsModalInput {
  kind: CredentialsKind;
  /** What was typed before. The secret is never shown again, even when given. */
  values?: Partial<CredentialValues>;
  /** Of an attempt that failed. */
  checks?: readonly Check[];
  /** The organization this workspace is locked to. */
  locked?: Organization | null;
  metadata: string;
}

const inputLength = 2000;

export function credentialsModal(t: Texts, input: CredentialsModalInput): ModalView {
  const { kind, locked } = input;
  const words = t.credentials;
  const urls = locked ? { organization_url: locked.url } : {};
  const { client_secret: _, ...kept } = { ...urls, ...input.values };
  const focus = credentialInputs.find((name) => !(kept as Partial<CredentialValues>)[name]);
  return modal({
    callbackId: kind,
    title: words.title[kind],
    submit: words.submit[kind],
    close: words.cancel,
    metadata: input.metadata,
    blocks: [
      ...introBlocks(t, input),
      ...credentialInputs.map((name) => credentialInput(t, name, kept, name === focus)),
      context(words.secretNote[kind]),
    ],
  });
}

function introBlocks(t: Texts, { kind, checks, locked }: CredentialsModalInput): KnownBlock[] {
  const words = t.credentials;
  const failed = checks && !allPassed(checks) ? checks : null;
  const lock = locked
    ? words.locked(escapeText(locked.friendlyName), escapeText(locked.url))
    : kind === 'credentials'
      ? words.urlWarning
      : null;
  const intro = failed
    ? [
        section(`*${checklistSummary(t, failed)}*\n${words.failedIntro}`),
        ...checklistBlocks(t, failed),
        divider(),
      ]
    : [section(words.intro[kind])];
  return lock ? [...intro, context(lock)] : intro;
}

function credentialInput(
  t: Texts,
  name: CredentialInput,
  values: Partial<CredentialValues>,
  focused: boolean,
): InputBlock {
  const initial = values[name]?.slice(0, inputLength);
  const element: PlainTextInput = {
    type: 'plain_text_input',
    action_id: name,
    max_length: inputLength,
    placeholder: plain(t.credentials.placeholders[name], limits.placeholder),
    ...(initial ? { initial_value: initial } : {}),
    ...(focused ? { focus_on_load: true } : {}),
  };
  return {
    type: 'input',
    block_id: name,
    label: plain(t.credentials.labels[name], limits.inputLabel),
    hint: plain(t.credentials.hints[name], limits.inputHint),
    element,
  };
}

/** What stands under an input of `credentials` or `validate` whose format is wrong. */
export function inputErrors(t: Texts, problems: CredentialProblems): Record<string, string> {
  const entries = Object.entries(problems) as [CredentialInput, InputProblem][];
  return Object.fromEntries(entries.map(([input, problem]) => [input, problemText(t, input, problem)]));
}

function problemText(t: Texts, input: CredentialInput, problem: InputProblem): string {
  const texts: string | Readonly<Partial<Record<InputProblem, string>>> = t.credentials.problems[input];
  if (typeof texts === 'string') return texts;
  return texts[problem] ?? texts.empty ?? t.credentials.hints[input];
}
