import type { KnownBlock } from '@slack/types';
import type { SelectionChange } from '../model/selection-change.ts';
import type { Setup } from '../model/setup.ts';
import type { Texts } from '../texts/catalogue.ts';
import { actions, button, context, header, section } from './blocks.ts';
import { startedCard } from './card-started.ts';
import { chosenCard, confirmedCard, requestedCard, unconfirmedCard } from './card-steps.ts';
import type { RowCounts, Schemas } from './entity-name.ts';
import { type Message, message } from './message.ts';
import { buttons } from './names.ts';
import type { FilterCount } from './selection-lines.ts';

export interface SetupCardInput {
  setup: Setup;
  /** Null while they have not been counted. */
  rows: RowCounts | null;
  schemas?: Schemas | undefined;
  /** Whether the organization is confirmed by another admin than the one who entered the credentials. */
  secondAdmin?: boolean;
  /** What the last save of the fields changed. */
  changes?: readonly SelectionChange[] | undefined;
  /** By entity, where the filter is on. */
  filterCounts?: Readonly<Record<string, FilterCount>> | undefined;
}

/** The one card of the setup, at whatever step it stands, with the buttons of that step. */
export function setupCard(t: Texts, input: SetupCardInput): Message {
  const { setup } = input;
  switch (setup.step) {
    case 'new':
      return newCard(t);
    case 'unconfirmed':
      return unconfirmedCard(t, setup, input);
    case 'confirmed':
      return confirmedCard(t, setup);
    case 'chosen':
      return chosenCard(t, setup, input);
    case 'requested':
      return requestedCard(t, setup, input);
    default:
      return startedCard(t, setup, input);
  }
}

function newCard(t: Texts): Message {
  const blocks: KnownBlock[] = [
    header(t.card.new.header),
    section(t.card.new.text),
    context(t.card.steps.connect, t.card.new.warning),
    actions(button(buttons.credentialsEdit, t.buttons['credentials.edit'], { style: 'primary' })),
  ];
  return message(t.card.new.summary, blocks);
}
