import type { App, BlockAction } from '@slack/bolt';
import { fieldsInputPattern, fillInputs, filterInputPattern, modals } from '../views/names.ts';
import type { Bot } from './bot.ts';
import { readFieldsForm, readFillForm, readMetadata } from './input.ts';
import { bulkButtons, changeFields } from './listeners/fields-changes.ts';
import { permitted } from './permission.ts';
import { answering, openVisit } from './visit.ts';

/** What is changed in the open modal of the fields, before it is submitted. */
export function registerFieldsForm(app: App, bot: Bot): void {
  for (const name of [...Object.keys(bulkButtons), fieldsInputPattern, filterInputPattern, fillInputs.by]) {
    app.action<BlockAction>({ type: 'block_actions', action_id: name }, async ({ ack, body, action }) => {
      await ack();
      const { view, user, trigger_id: triggerId } = body;
      if (view?.callback_id !== modals.fields) return;
      const metadata = readMetadata(view.private_metadata);
      const visit = await openVisit(bot, { userId: user.id, channel: metadata.channel, triggerId });
      const choice = bulkButtons[action.action_id];
      const entity = 'value' in action ? String(action.value ?? '') : '';
      const change = {
        viewId: view.id,
        form: readFieldsForm(view.state?.values),
        fill: readFillForm(view.state?.values),
        isAboutFill: action.action_id === fillInputs.by,
        metadata,
        bulk: choice && entity ? { entity, choice } : null,
      };
      await answering(bot, visit, () =>
        permitted(bot, visit, { who: 'admin', tried: choice ? action.action_id : 'fields.edit' }, () =>
          changeFields(bot, visit, change),
        ),
      );
    });
  }
}
