import { z } from 'zod';
import {
  type CredentialValues,
  credentialInputs,
  proofInputs,
  type SignInWay,
  signInWays,
} from '../model/credentials.ts';
import type { EntityForm, FieldsForm } from '../model/fields-form.ts';
import { type FillForm, isFillChoice } from '../model/fill-form.ts';
import {
  entitiesInput,
  fieldsInputPattern,
  fillInputs,
  filterInput,
  signInChoice,
  startInputs,
} from '../views/names.ts';

/** What Slack sends of a modal's inputs: `view.state.values`, by block_id, then action_id. */
const element = z.looseObject({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
  selected_conversation: z.string().nullish(),
  selected_date: z.string().nullish(),
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

/** The form of the fields as it stands before somebody; an entity may have several selects. */
export function readFieldsForm(values: unknown): FieldsForm {
  const state = read(values);
  const selects = Object.keys(state).flatMap((name) => {
    const [, entity, edition = '0'] = fieldsInputPattern.exec(name) ?? [];
    return entity ? [{ name, entity, edition: Number(edition) }] : [];
  });
  const entities: Record<string, EntityForm> = {};
  for (const { name, entity, edition } of selects) {
    const parts = [...(entities[entity]?.parts ?? []), chosen(state, name)];
    entities[entity] = { parts, filter: chosen(state, filterInput(entity, edition)).length > 0 };
  }
  return { edition: Math.max(0, ...selects.map(({ edition }) => edition)), entities };
}

export interface FillAnswer extends FillForm {
  /** Whether the days were asked for: the modal asks once it has been told that they are wanted. */
  hasDays: boolean;
}

export function readFillForm(values: unknown): FillAnswer {
  const state = read(values);
  const by = input(state, fillInputs.by)?.selected_option?.value ?? '';
  const dayOf = (name: string) => day.safeParse(input(state, name)?.selected_date).data ?? null;
  return {
    by: isFillChoice(by) ? by : 'all',
    from: dayOf(fillInputs.from),
    to: dayOf(fillInputs.to),
    hasDays: Object.hasOwn(state, fillInputs.from),
  };
}

const day = z.iso.date();

/** Logical names of entities. */
export const readEntities = (values: unknown): string[] => chosen(read(values), entitiesInput);

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
  /** A fingerprint of what was saved when it was opened. */
  seen?: string | undefined;
}

const metadataSchema = z.object({ channel: z.string().nullable(), seen: z.string().optional() });

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
