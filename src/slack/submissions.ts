import type { AckFn, App, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import { modals } from '../views/names.ts';
import type { Bot } from './bot.ts';
import {
  readCredentials,
  readEntities,
  readFieldsForm,
  readFillForm,
  readMetadata,
  readSignInWay,
  readStart,
} from './input.ts';
import { submitCredentials } from './listeners/credentials.ts';
import { submitEntities } from './listeners/entities.ts';
import { submitFields } from './listeners/fields.ts';
import { submitStart } from './listeners/start.ts';
import { findRefusal } from './permission.ts';
import { createSubmissions } from './repetition.ts';
import { answering, openVisit, type Visit } from './visit.ts';

type View = ViewSubmitAction['view'];
type Ack = AckFn<ViewResponseAction>;

/** Handles a submission by somebody who may submit it; must acknowledge. */
type Submit = (bot: Bot, visit: Visit, view: View, ack: Ack) => Promise<void>;

const submits: Readonly<Record<string, Submit>> = {
  [modals.credentials]: (bot, visit, view, ack) =>
    submitCredentials(bot, visit, { kind: 'credentials', ...typedIn(view), ack }),
  [modals.validate]: (bot, visit, view, ack) =>
    submitCredentials(bot, visit, { kind: 'validate', ...typedIn(view), ack }),
  [modals.fields]: (bot, visit, view, ack) =>
    submitFields(bot, visit, {
      viewId: view.id,
      // Whoever saves right after a press means what it chose, seen or not.
      form: bot.openForms.newest(view.id, readFieldsForm(view.state?.values)),
      fill: readFillForm(view.state?.values),
      metadata: readMetadata(view.private_metadata),
      ack,
    }),
  [modals.entities]: (bot, visit, view, ack) =>
    submitEntities(bot, visit, { chosen: readEntities(view.state?.values), ack }),
  [modals.start]: (bot, visit, view, ack) =>
    submitStart(bot, visit, {
      input: readStart(view.state?.values),
      metadata: readMetadata(view.private_metadata),
      ack,
    }),
};

function typedIn(view: View) {
  return {
    viewId: view.id,
    way: readSignInWay(view.state?.values),
    typed: readCredentials(view.state?.values),
    metadata: readMetadata(view.private_metadata),
  };
}

export function registerModals(app: App, bot: Bot): void {
  const once = createSubmissions<ViewResponseAction>();
  for (const [callbackId, submit] of Object.entries(submits)) {
    app.view<ViewSubmitAction>(callbackId, ({ ack, body, view }) =>
      once([body.user.id, view.id, view.hash].join(' '), ack, async (ackOnce) => {
        const { channel } = readMetadata(view.private_metadata);
        const visit = await openVisit(bot, { userId: body.user.id, channel, triggerId: body.trigger_id });
        await answering(bot, visit, async () => {
          if (await isRefused(bot, visit, view, ackOnce)) return;
          await submit(bot, visit, view, ackOnce);
        });
      }),
    );
  }
}

async function isRefused(bot: Bot, visit: Visit, view: View, ack: Ack): Promise<boolean> {
  if (!visit.person.isKnown) {
    // An error on an input keeps what was typed; another try may find Slack in a better mood.
    const [input] = Object.keys(view.state?.values ?? {});
    await ack(
      input ? { response_action: 'errors', errors: { [input]: visit.t.notices.personUnknown() } } : undefined,
    );
    return true;
  }
  const refused = await findRefusal(bot, visit, 'admin', view.callback_id);
  if (!refused) return false;
  await ack({ response_action: 'update', view: refused.modal });
  return true;
}
