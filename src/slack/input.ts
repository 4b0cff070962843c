import { z } from 'zod';
import {
  type CredentialValues,
  credentialInputs,
  proofInputs,
  type SignInWay,
  signInWays,
} from '../model/credentials.ts';
import type { Selection } from '../model/selection.ts';
import { fieldsInputPattern, filterInput, signInChoice, startInputs } from '../views/names.ts';

/** What Slack sends of a modal's inputs: `view.state.values`, by block_id, then action_id. */
const element = z.looseObject({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
  selected_conversation: z.string().nullish(),
});
const stateSchema = z.record(z.string(), z.record(z.string(), element));
type State = z.infer<typeof stateSchema>;

function read(values: unknown): State {
  return stateSchema.parse(values ?? {});
}

/** block_id and action_id of an input are the same. */
const input = (state: State, name: string) => state[name]?.[name];
const chosen = (state: State, name: string) =>
  (input(state, name)?.selected_options ?? []).map(({ value }) => value);

export function readCredentials(values: unknown): CredentialValues {
  const state = read(values);
  const names = new Set([...credentialInputs, ...Object.values(proofInputs).filter((name) => name !== null)]);
  return Object.fromEntries(
    [...names].map((name) => [name, input(state, name)?.value ?? '']),
  ) as CredentialValues;
}

/** How the application is to sign in: a modal that does not ask for it has the input of a secret. */
export function readSignInWay(values: unknown): SignInWay {
  const chosen = input(read(values), signInChoice)?.selected_option?.value;
  return signInWays.find((way) => way === chosen) ?? 'secret';
}

export function readSelection(values: unknown): Selection {
  const state = read(values);
  const entities = Object.keys(state).flatMap((name) => fieldsInputPattern.exec(name)?.[1] ?? []);
  return Object.fromEntries(
    entities.map((entity) => [
      entity,
      { fields: chosen(state, `fields.${entity}`), filter: chosen(state, filterInput(entity)).length > 0 },
    ]),
  );
}

export interface StartInput {
  channel: string | null;
  /** Empty when none was given. */
  email: string;
  acknowledged: readonly string[];
}

export function readStart(values: unknown): StartInput {
  const state = read(values);
  return {
    channel: input(state, startInputs.channel)?.selected_conversation ?? null,
    email: (input(state, startInputs.email)?.value ?? '').trim(),
    acknowledged: chosen(state, startInputs.acknowledge),
  };
}

/** What a modal remembers in `private_metadata`: where it was asked for. Never a secret. */
export interface Metadata {
  channel: string | null;
}

const metadataSchema = z.object({ channel: z.string().nullable() });

export function writeMetadata(metadata: Metadata): string {
  return JSON.stringify(metadata);
}

export function readMetadata(text: string): Metadata {
  try {
    return metadataSchema.parse(JSON.parse(text));
  } catch {
    // Written by another version: the modal still works, its answer just goes to the direct message.
    return { channel: null };
  }
}
