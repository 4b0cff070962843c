/** What a select offers and what is chosen in it, whichever kind of select it is. */
import type { Json, SandboxChannel } from '../../slack/page-api.ts';
import { chosenIds, chosenOptions, isMany, valueName } from '../state/form.ts';
import { type Field, heldValue } from './field.ts';
import { findUser } from './inline.ts';
import { flagOf, numberOf, recordOf, recordsOf, textOf, textsOf, wordsOf } from './json.ts';
import { elementKey } from './place.ts';

export interface Choice {
  id: string;
  text: string;
  description: string;
  /** The option as the app gave it; null for people and conversations, which Slack sends by id. */
  option: Json | null;
}

export interface ChoiceGroup {
  label: string;
  choices: Choice[];
}

export function isExternal(element: Json): boolean {
  return textOf(element, 'type').includes('external');
}

export function minQueryLength(element: Json): number {
  return isExternal(element) ? (numberOf(element, 'min_query_length') ?? 3) : 0;
}

export function offeredGroups(field: Field, query: string): ChoiceGroup[] {
  const groups = isExternal(field.element) ? suggestedGroups(field) : filtered(ownGroups(field), query);
  return groups.filter((group) => group.choices.length > 0);
}

function suggestedGroups(field: Field): ChoiceGroup[] {
  const key = elementKey(field.place, field.blockId, field.element);
  const found = field.place.app.ui.suggestions.get(key);
  return found ? optionGroups(found.options, found.groups) : [];
}

function ownGroups(field: Field): ChoiceGroup[] {
  const { element } = field;
  const type = textOf(element, 'type');
  if (type.includes('users')) return [{ label: '', choices: people(field) }];
  if (type.includes('conversations') || type.includes('channels')) {
    return [{ label: '', choices: conversations(field) }];
  }
  return optionGroups(recordsOf(element, 'options'), recordsOf(element, 'option_groups'));
}

function optionGroups(options: Json[], groups: Json[]): ChoiceGroup[] {
  if (groups.length === 0) return [{ label: '', choices: options.map(optionChoice) }];
  return groups.map((group) => ({
    label: wordsOf(group, 'label'),
    choices: recordsOf(group, 'options').map(optionChoice),
  }));
}

function optionChoice(option: Json): Choice {
  return {
    id: textOf(option, 'value'),
    text: wordsOf(option, 'text'),
    description: wordsOf(option, 'description'),
    option,
  };
}

function people(field: Field): Choice[] {
  return field.place.state.users.filter((user) => !user.is_bot).map((user) => userChoice(field, user.id));
}

function userChoice(field: Field, id: string): Choice {
  const user = findUser(field.place.state, id);
  return { id, text: user?.real_name ?? id, description: user ? `@${user.name}` : '', option: null };
}

function conversations(field: Field): Choice[] {
  const filter = recordOf(field.element, 'filter');
  const include = textsOf(filter, 'include');
  const isChannels = textOf(field.element, 'type').includes('channels');
  return field.place.state.channels
    .filter((channel) => !channel.is_archived)
    .filter((channel) => !isChannels || channel.kind === 'channel')
    .filter((channel) => include.length === 0 || include.includes(kindOf(channel)))
    .filter((channel) => !(channel.is_ext_shared && flagOf(filter, 'exclude_external_shared_channels')))
    .filter((channel) => !(channel.kind === 'im' && flagOf(filter, 'exclude_bot_users')))
    .map((channel) => conversationChoice(field, channel.id));
}

function kindOf(channel: SandboxChannel): string {
  return channel.kind === 'channel' ? 'public' : channel.kind;
}

function conversationChoice(field: Field, id: string): Choice {
  const { channels, app } = field.place.state;
  const channel = channels.find((entry) => entry.id === id);
  const name = channel?.kind === 'im' ? `@${app.real_name}` : `#${channel?.name ?? id}`;
  return { id, text: name, description: channel?.topic ?? '', option: null };
}

function filtered(groups: ChoiceGroup[], query: string): ChoiceGroup[] {
  const wanted = query.trim().toLocaleLowerCase();
  if (wanted === '') return groups;
  return groups.map((group) => ({
    ...group,
    choices: group.choices.filter((choice) =>
      `${choice.text} ${choice.description}`.toLocaleLowerCase().includes(wanted),
    ),
  }));
}

export function chosenChoices(field: Field): Choice[] {
  const name = valueName(field.element) ?? '';
  const value = heldValue(field);
  if (name.startsWith('selected_option')) return chosenOptions(value).map(optionChoice);
  return chosenIds(value, name).map((id) =>
    name.startsWith('selected_user') ? userChoice(field, id) : conversationChoice(field, id),
  );
}

/** The element's value with these chosen. */
export function valueWith(field: Field, choices: Choice[]): Json {
  const type = textOf(field.element, 'type');
  const name = valueName(field.element) ?? '';
  const held = choices.map((choice) => choice.option ?? choice.id);
  return { type, [name]: isMany(field.element) ? held : (held[0] ?? null) };
}

export function maxChosen(element: Json): number {
  return numberOf(element, 'max_selected_items') ?? Number.POSITIVE_INFINITY;
}
