import type { InputBlock, KnownBlock, ModalView, PlainTextInput } from '@slack/types';
import { allPassed, type Check } from '../model/check.ts';
import {
  type CredentialInput,
  type CredentialProblems,
  type CredentialValues,
  credentialInputs,
  type InputProblem,
  proofInputs,
  type SignInWay,
} from '../model/credentials.ts';
import type { Organization } from '../model/organization.ts';
import type { Texts } from '../texts/catalogue.ts';
import { context, divider, plain, section } from './blocks.ts';
import { checklistBlocks, checklistSummary } from './checklist-blocks.ts';
import { limits } from './limits.ts';
import { escapeText, sentences } from './markup.ts';
import { modal } from './modal.ts';
import { signInBlock } from './sign-in-choice.ts';

export type CredentialsKind = 'credentials' | 'validate';

export interface CredentialsModalInput {
  kind: CredentialsKind;
  /** Default: a secret. */
  way?: SignInWay | undefined;
  /** What there is to choose from; with one way there is no choice. */
  ways?: readonly SignInWay[] | undefined;
  /** References that the operator allows. */
  references?: readonly string[] | undefined;
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
  const { kind, locked, way = 'secret', ways = ['secret'] } = input;
  const words = t.credentials;
  const urls = locked ? { organization_url: locked.url } : {};
  const { client_secret: _, ...kept } = { ...urls, ...input.values };
  const inputs = inputsOf(way);
  const focus = inputs.find((name) => !(kept as Partial<CredentialValues>)[name]);
  const blocks = inputs.map((name) => credentialInput(t, name, { values: kept, focus, input }));
  const choice = ways.length > 1 ? [signInBlock(t, way, ways)] : [];
  // The way belongs before what it asks for, and that before the user name.
  const [before, after] = [blocks.slice(0, 3), blocks.slice(3)];
  return modal({
    callbackId: kind,
    title: words.title[kind],
    submit: words.submit[way === 'page' ? 'page' : kind],
    close: words.cancel,
    metadata: input.metadata,
    blocks: [
      ...introBlocks(t, input),
      ...before,
      ...choice,
      ...after,
      context(words.secretNote[noteOf(way, kind)]),
    ],
  });
}

/** The inputs for a way to sign in: the contract's, with its own in the place of the secret's. */
function inputsOf(way: SignInWay): CredentialInput[] {
  const proof = proofInputs[way];
  return credentialInputs.flatMap((name) => (name === 'client_secret' ? (proof ? [proof] : []) : [name]));
}

function noteOf(way: SignInWay, kind: CredentialsKind) {
  if (way === 'secret') return kind;
  return way === 'page' ? 'page' : 'reference';
}

function introBlocks(t: Texts, input: CredentialsModalInput): KnownBlock[] {
  const { kind, checks, locked, way = 'secret' } = input;
  const words = t.credentials;
  const failed = checks && !allPassed(checks) ? checks : null;
  const lock = locked
    ? words.locked(escapeText(locked.friendlyName), escapeText(locked.url))
    : kind === 'credentials'
      ? words.urlWarning
      : null;
  const intro = failed
    ? [
        section(
          `*${checklistSummary(t, failed)}*\n${words.failedIntro[way === 'secret' ? 'secret' : 'other']}`,
        ),
        ...checklistBlocks(t, failed),
        divider(),
      ]
    : [section(words.intro[kind])];
  return lock ? [...intro, context(lock)] : intro;
}

interface InputParts {
  values: Partial<CredentialValues>;
  focus: CredentialInput | undefined;
  input: CredentialsModalInput;
}

function credentialInput(t: Texts, name: CredentialInput, { values, focus, input }: InputParts): InputBlock {
  const initial = values[name]?.slice(0, inputLength);
  const element: PlainTextInput = {
    type: 'plain_text_input',
    action_id: name,
    max_length: inputLength,
    placeholder: plain(t.credentials.placeholders[name], limits.placeholder),
    ...(initial ? { initial_value: initial } : {}),
    ...(name === focus ? { focus_on_load: true } : {}),
  };
  return {
    type: 'input',
    block_id: name,
    label: plain(t.credentials.labels[name], limits.inputLabel),
    hint: plain(hintOf(t, name, input.references ?? []), limits.inputHint),
    element,
  };
}

function hintOf(t: Texts, name: CredentialInput, references: readonly string[]): string {
  const hint = t.credentials.hints[name];
  const takesReference = name === 'certificate' || name === 'secret_reference';
  if (!takesReference || references.length === 0) return hint;
  return sentences(t, hint, t.credentials.allowedReferences(references.join(t.entities.separator)));
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
