import type { ModalView } from '@slack/types';
import {
  type BulkChoice,
  chooseInBulk,
  type FieldsForm,
  formOf,
  isOverfull,
  selectionIn,
} from '../../model/fields-form.ts';
import { isConfirmed } from '../../model/setup.ts';
import { fieldsModal } from '../../views/fields-modal.ts';
import { byLabel } from '../../views/fields-room.ts';
import { buttons } from '../../views/names.ts';
import type { Bot } from '../bot.ts';
import { type Metadata, writeMetadata } from '../input.ts';
import type { OpenedModal } from '../loaded-modal.ts';
import type { Visit } from '../visit.ts';
import { completeForm, modalInput } from './fields.ts';
import { countsShown, showCounts } from './fields-counts.ts';

/** The buttons of the modal, each by what it chooses. */
export const bulkButtons: Readonly<Record<string, BulkChoice>> = {
  [buttons.fieldsAll]: 'all',
  [buttons.fieldsDefaults]: 'defaults',
  [buttons.fieldsNone]: 'none',
};

export interface FieldsChange {
  viewId: string;
  form: FieldsForm;
  metadata: Metadata;
  /** A button was pressed; else an input was changed. */
  bulk: { entity: string; choice: BulkChoice } | null;
}

/** Something was changed in the open modal: it says what a save would do now. */
export async function changeFields(bot: Bot, { t }: Visit, change: FieldsChange): Promise<void> {
  const { setup } = await bot.conversation.read();
  if (!isConfirmed(setup)) return;
  const schemas = bot.schemas.atHand() ?? (await bot.schemas.schemas());
  const order = byLabel(t, schemas);
  // What there is no room for stays chosen, so it is part of what a save would keep.
  const complete = completeForm(t, change.form, setup, schemas);
  const { edition } = change.form;
  const schema = schemas.find(({ name }) => name === change.bulk?.entity);
  const form = chosenForm();
  const write = (counts = countsShown(bot, schemas, selectionIn(form))) =>
    fieldsModal(t, {
      ...modalInput(bot, setup, schemas),
      form,
      counts,
      metadata: writeMetadata(change.metadata),
    });
  const shown = await showChanged(bot, change.viewId, write());
  if (shown) await showCounts(bot, shown, form, write);

  function chosenForm(): FieldsForm {
    if (change.bulk && schema) {
      const whole = formOf(complete, edition, order);
      return chooseInBulk(whole, { schema, choice: change.bulk.choice, order });
    }
    // More than fits into a select is dealt out anew, under new names.
    return isOverfull(change.form) ? formOf(complete, edition + 1, order) : change.form;
  }
}

/**
 * Without a hash: what the person did last counts, and this is newer than whatever is shown. Null when they have
 * closed or submitted it meanwhile.
 */
async function showChanged(bot: Bot, viewId: string, view: ModalView): Promise<OpenedModal | null> {
  try {
    const answer = await bot.clients.interactive.views.update({ view_id: viewId, view });
    return { id: viewId, hash: answer.view?.hash };
  } catch (error) {
    bot.log.debug('The modal of the fields cannot be updated', { error });
    return null;
  }
}
