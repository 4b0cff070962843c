import type { ModalView } from '@slack/types';
import type { EntitySchema } from '../../model/entity.ts';
import {
  type BulkChoice,
  chooseInBulk,
  type FieldsForm,
  formOf,
  isOverfull,
  selectionIn,
} from '../../model/fields-form.ts';
import { isConfirmed, type Setup } from '../../model/setup.ts';
import type { Texts } from '../../texts/catalogue.ts';
import { fieldsModal } from '../../views/fields-modal.ts';
import { byLabel } from '../../views/fields-room.ts';
import { buttons } from '../../views/names.ts';
import type { Bot } from '../bot.ts';
import { type FillAnswer, type Metadata, writeMetadata } from '../input.ts';
import type { OpenedModal } from '../loaded-modal.ts';
import type { Visit } from '../visit.ts';
import { completeForm, modalInput } from './fields.ts';
import { countsShown, showCounts } from './fields-counts.ts';
import { fillInput } from './fields-fill.ts';

/** The buttons of the modal, each by what it chooses. */
export const bulkButtons: Readonly<Record<string, BulkChoice>> = {
  [buttons.fieldsAll]: 'all',
  [buttons.fieldsDefaults]: 'defaults',
  [buttons.fieldsNone]: 'none',
};

export interface FieldsChange {
  viewId: string;
  form: FieldsForm;
  fill: FillAnswer;
  /** For which rows new fields are filled in was changed, and none of them. */
  isAboutFill: boolean;
  metadata: Metadata;
  /** A button was pressed; else an input was changed. */
  bulk: { entity: string; choice: BulkChoice } | null;
}

/** Something was changed in the open modal: it says what a save would do now. */
export async function changeFields(bot: Bot, visit: Visit, change: FieldsChange): Promise<void> {
  const { t } = visit;
  const { openForms: forms } = bot;
  const { setup } = await bot.conversation.read();
  if (!isConfirmed(setup)) return;
  const schemas = bot.schemas.atHand() ?? (await bot.schemas.schemas());
  const { viewId, bulk } = change;
  const always = { ...fillInput(visit, setup, change.fill), metadata: writeMetadata(change.metadata) };
  const write = (form: FieldsForm, counts = countsShown(bot, schemas, selectionIn(form))) =>
    fieldsModal(t, { ...modalInput(bot, setup, schemas), ...always, form, counts });
  const changed = await forms.inTurn(async () => {
    const before = forms.newest(viewId, change.form);
    // A choice in an input that is not there any more has gone with it.
    if (before !== change.form && !bulk && !change.isAboutFill) return null;
    const form = changedForm(t, { before, bulk, setup, schemas });
    forms.keep(viewId, form);
    const shown = await showChanged(bot, viewId, write(form));
    return shown && { form, shown };
  });
  if (changed) await showCounts(bot, changed.shown, changed.form, (counts) => write(changed.form, counts));
}

interface Changing {
  before: FieldsForm;
  bulk: FieldsChange['bulk'];
  setup: Setup;
  schemas: readonly EntitySchema[];
}

function changedForm(t: Texts, { before, bulk, setup, schemas }: Changing): FieldsForm {
  const order = byLabel(t, schemas);
  const schema = schemas.find(({ name }) => name === bulk?.entity);
  // What there is no room for stays chosen, so it is part of what a save would keep.
  const whole = (edition: number) => formOf(completeForm(t, before, setup, schemas), edition, order);
  if (bulk && schema) {
    return chooseInBulk(whole(before.edition), { schema, choice: bulk.choice, order });
  }
  // More than fits into a select is dealt out anew, under new names.
  return isOverfull(before) ? whole(before.edition + 1) : before;
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
