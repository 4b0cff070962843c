import { type ButtonName, buttons } from '../views/names.ts';
import type { Bot } from './bot.ts';
import { validate } from './listeners/credentials.ts';
import { editFields } from './listeners/fields.ts';
import { errors, pause, resume, status } from './listeners/running.ts';
import { changeOrganization, confirmOrganization, editCredentials } from './listeners/setup.ts';
import { cancelStart, confirmStart, reviewStart } from './listeners/start.ts';
import type { Audience } from './permission.ts';
import type { Visit } from './visit.ts';

interface ButtonListener {
  who: Audience;
  run: (bot: Bot, visit: Visit) => Promise<void>;
}

/** What each button does, and for whom. A name that is missing here fails the type check. */
export const buttonListeners: Readonly<Record<ButtonName, ButtonListener>> = {
  [buttons.credentialsEdit]: { who: 'admin', run: editCredentials },
  // It opens a page in the browser; Slack says so, and nothing is to be done.
  [buttons.secretOpen]: { who: 'anyone', run: async () => {} },
  [buttons.organizationConfirm]: { who: 'admin', run: confirmOrganization },
  [buttons.organizationChange]: { who: 'admin', run: changeOrganization },
  [buttons.fieldsEdit]: { who: 'admin', run: editFields },
  [buttons.startReview]: { who: 'admin', run: reviewStart },
  [buttons.startConfirm]: { who: 'admin', run: confirmStart },
  [buttons.startCancel]: { who: 'admin', run: cancelStart },
  [buttons.validateAgain]: { who: 'admin', run: (bot, visit) => validate(bot, visit, visit.value) },
  [buttons.syncPause]: { who: 'admin', run: pause },
  [buttons.syncResume]: { who: 'admin', run: resume },
  // Retrying and exporting are not offered yet: an old or forged button shows the errors as they are.
  [buttons.errorsRetry]: { who: 'admin', run: errors },
  [buttons.errorsExport]: { who: 'admin', run: errors },
  [buttons.statusRefresh]: { who: 'anyone', run: status },
};
