import type { ConversationsSelect, InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { SetupAt } from '../model/setup.ts';
import type { Texts } from '../texts/catalogue.ts';
import { context, lineSections, plain, section } from './blocks.ts';
import { safeName } from './card-parts.ts';
import { entityName, type RowCounts, type Schemas } from './entity-name.ts';
import { limits, shorten } from './limits.ts';
import { bulletLines, dateText, escapeText, userMention } from './markup.ts';
import { modal } from './modal.ts';
import { modals, startInputs } from './names.ts';
import { rowLines } from './rows.ts';

export interface StartModalInput {
  setup: SetupAt<'chosen' | 'requested'>;
  rows: RowCounts | null;
  schemas?: Schemas | undefined;
  /** Offered until somebody has chosen another one. */
  channel?: string | undefined;
  email?: string | undefined;
  /** Whether a mail server is set up; an address is taken in any case, for when there will be one. */
  canMail: boolean;
  metadata: string;
  /** Who has changed meanwhile what the modal was about. */
  overtaken?: { by: string; at: string } | undefined;
}

/** A copy does about this many rows a second; half and double of it bound the estimate. */
const rowsPerSecond = 2000;

export function startModal(t: Texts, input: StartModalInput): ModalView {
  const { setup, schemas, overtaken } = input;
  return modal({
    callbackId: modals.start,
    title: t.start.title,
    submit: t.start.submit,
    close: t.credentials.cancel,
    metadata: input.metadata,
    blocks: [
      ...(overtaken
        ? [section(`⚠️ ${t.start.overtaken(userMention(overtaken.by), dateText(t, overtaken.at))}`)]
        : []),
      section(t.start.intro(safeName(setup.organization))),
      ...warningBlocks(t, setup, schemas),
      ...rowBlocks(t, input.rows, schemas),
      channelInput(t, setup.step === 'requested' ? setup.start.notifyChannel : input.channel),
      emailInput(
        t,
        input.canMail,
        setup.step === 'requested' ? (setup.start.email ?? undefined) : input.email,
      ),
      acknowledgeInput(t),
    ],
  });
}

function warningBlocks(
  t: Texts,
  setup: StartModalInput['setup'],
  schemas: Schemas | undefined,
): KnownBlock[] {
  const words = t.start.warnings;
  const filtered = Object.entries(setup.selection)
    .filter(([, { filter }]) => filter)
    .map(([entity]) => escapeText(shorten(entityName(t, entity, schemas), limits.option)));
  const lines = [
    words.irreversible,
    words.address(escapeText(setup.organization.url)),
    ...(filtered.length > 0 ? [words.filter(t.format.list(filtered))] : []),
    words.duplicates,
    words.duration,
    words.customEntities,
    words.direction,
    words.deletes,
  ];
  return lineSections([`*${t.start.warningsTitle}*`, bulletLines(lines)]);
}

function rowBlocks(t: Texts, rows: RowCounts | null, schemas: Schemas | undefined): KnownBlock[] {
  const words = t.start;
  const known = Object.values(rows ?? {}).filter((count) => count !== null);
  if (!rows || known.length === 0) return [context(words.durationUnknown)];
  const total = known.reduce((sum, count) => sum + count, 0);
  const seconds = total / rowsPerSecond;
  const complete = known.length === Object.keys(rows).length;
  return [
    ...lineSections([`*${words.rowsTitle}*`, ...rowLines(t, rows, schemas), words.total(total)]),
    section(`*${words.duration(t.format.aboutBetween(seconds / 2, seconds * 2))}*`),
    context(words.durationNote, ...(complete ? [] : [words.durationAtLeast])),
  ];
}

function channelInput(t: Texts, channel: string | undefined): InputBlock {
  const element: ConversationsSelect = {
    type: 'conversations_select',
    action_id: startInputs.channel,
    filter: {
      include: ['public', 'private', 'im'],
      exclude_external_shared_channels: true,
    },
    ...(channel ? { initial_conversation: channel } : { default_to_current_conversation: true }),
  };
  return {
    type: 'input',
    block_id: startInputs.channel,
    label: plain(t.start.channelLabel, limits.inputLabel),
    hint: plain(t.start.channelHint, limits.inputHint),
    element,
  };
}

const emailInput = (t: Texts, canMail: boolean, email: string | undefined): InputBlock => ({
  type: 'input',
  block_id: startInputs.email,
  optional: true,
  label: plain(t.start.emailLabel, limits.inputLabel),
  hint: plain(canMail ? t.start.emailHint : t.start.emailOff, limits.inputHint),
  element: {
    type: 'email_text_input',
    action_id: startInputs.email,
    ...(email ? { initial_value: email } : {}),
  },
});

const acknowledgeInput = (t: Texts): InputBlock => ({
  type: 'input',
  block_id: startInputs.acknowledge,
  label: plain(t.start.acknowledgeLabel, limits.inputLabel),
  element: {
    type: 'checkboxes',
    action_id: startInputs.acknowledge,
    options: t.start.acknowledgements.map((text, index) => ({
      text: plain(text, limits.option),
      value: `${index + 1}`,
    })),
  },
});
