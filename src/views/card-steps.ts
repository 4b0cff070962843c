import type { SetupAt } from '../model/setup.ts';
import type { Texts } from '../texts/catalogue.ts';
import { actions, button, confirmDialog, context, header, section } from './blocks.ts';
import {
  lockedBlock,
  organizationBlock,
  rowBlocks,
  type SelectionParts,
  safeName,
  selectionBlocks,
  shortName,
} from './card-parts.ts';
import type { RowCounts } from './entity-name.ts';
import { shorten } from './limits.ts';
import { channelMention, escapeText, userMention } from './markup.ts';
import { type Message, message } from './message.ts';
import { buttons } from './names.ts';

type CardParts = SelectionParts & { rows: RowCounts | null; secondAdmin?: boolean };

export function unconfirmedCard(t: Texts, setup: SetupAt<'unconfirmed'>, parts: CardParts): Message {
  const { organization } = setup;
  const words = t.card.unconfirmed;
  const dialog = {
    title: words.confirmTitle,
    text: words.confirmText(shortName(organization), shorten(organization.url, 80)),
    confirm: words.confirmYes,
    deny: words.confirmNo,
  };
  return message(words.summary(safeName(organization)), [
    header(words.header),
    section(words.intro),
    organizationBlock(t, organization),
    ...rowBlocks(t, parts.rows, parts.schemas),
    section(`⚠️ ${words.warning}`),
    ...(parts.secondAdmin ? [section(words.secondAdmin(userMention(setup.enteredBy)))] : []),
    actions(
      button(buttons.organizationConfirm, t.buttons['organization.confirm'], {
        style: 'danger',
        value: organization.id,
        confirm: confirmDialog(dialog, 'danger'),
      }),
      button(buttons.organizationChange, t.buttons['organization.change'], { value: organization.id }),
    ),
    context(t.card.steps.connect, words.enteredBy(userMention(setup.enteredBy))),
  ]);
}

export function confirmedCard(t: Texts, setup: SetupAt<'confirmed'>): Message {
  return message(t.card.confirmed.summary(safeName(setup.organization)), [
    header(t.card.confirmed.header),
    section(t.card.confirmed.text),
    lockedBlock(t, setup),
    actions(button(buttons.fieldsEdit, t.buttons['fields.edit'], { style: 'primary' })),
    context(t.card.steps.fields),
  ]);
}

export function chosenCard(t: Texts, setup: SetupAt<'chosen'>, parts: CardParts): Message {
  return message(t.card.chosen.summary(safeName(setup.organization)), [
    header(t.card.chosen.header),
    section(t.card.chosen.text),
    ...selectionBlocks(t, setup.selection, parts),
    ...rowBlocks(t, parts.rows, parts.schemas),
    lockedBlock(t, setup),
    actions(
      button(buttons.startReview, t.buttons['start.review'], { style: 'primary' }),
      button(buttons.fieldsEdit, t.buttons.fieldsAgain),
    ),
    context(t.card.steps.start),
  ]);
}

export function requestedCard(t: Texts, setup: SetupAt<'requested'>, parts: CardParts): Message {
  const words = t.card.requested;
  const { start, organization } = setup;
  const dialog = {
    title: words.confirmTitle,
    text: words.confirmText(shortName(organization)),
    confirm: words.confirmYes,
    deny: words.confirmNo,
  };
  const targets = [
    words.channel(channelMention(t, start.notifyChannel)),
    ...(start.email ? [words.email(escapeText(start.email))] : []),
    words.by(userMention(start.requestedBy)),
  ];
  return message(words.summary(safeName(organization)), [
    header(words.header),
    section(targets.join('\n')),
    ...selectionBlocks(t, setup.selection, parts),
    ...rowBlocks(t, parts.rows, parts.schemas),
    section(`⚠️ ${words.warning}`),
    lockedBlock(t, setup),
    actions(
      button(buttons.startConfirm, t.buttons['start.confirm'], {
        style: 'primary',
        confirm: confirmDialog(dialog, 'primary'),
      }),
      button(buttons.startCancel, t.buttons['start.cancel']),
    ),
    context(t.card.steps.start),
  ]);
}
