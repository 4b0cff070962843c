import { type ButtonName, buttons, type SelectName, selects } from '../views/names.ts';
import type { Bot } from './bot.ts';
import { allowAccess, askAdmins, declineAccess, withdrawAccess } from './listeners/access.ts';
import { validate } from './listeners/credentials.ts';
import { applyDeletes } from './listeners/deletes.ts';
import { addEntities } from './listeners/entities.ts';
import { exportErrors } from './listeners/errors.ts';
import { editFields } from './listeners/fields.ts';
import { chooseLanguage } from './listeners/home.ts';
import { retryErrors, retryRow } from './listeners/retry.ts';
import { pause, resume, status } from './listeners/running.ts';
import { changeOrganization, confirmOrganization, editCredentials } from './listeners/setup.ts';
import { cancelStart, confirmStart, reviewStart } from './listeners/start.ts';
import type { Audience } from './permission.ts';
import type { Visit } from './visit.ts';

interface ActionListener {
  who: Audience;
  run: (bot: Bot, visit: Visit) => Promise<void>;
}

/** Those of the fields modal work on what is typed in it: `fields-form.ts`. */
type ListedName = Exclude<ButtonName, 'fields.all' | 'fields.defaults' | 'fields.none'> | SelectName;

/** What each button and select does, and for whom. A name that is missing here fails the type check. */
export const actionListeners: Readonly<Record<ListedName, ActionListener>> = {
  [buttons.credentialsEdit]: { who: 'admin', run: editCredentials },
  // It opens a page in the browser; Slack says so, and nothing is to be done.
  [buttons.secretOpen]: { who: 'anyone', run: async () => {} },
  [buttons.organizationConfirm]: { who: 'admin', run: confirmOrganization },
  [buttons.organizationChange]: { who: 'admin', run: changeOrganization },
  [buttons.fieldsEdit]: { who: 'admin', run: editFields },
  [buttons.entitiesAdd]: { who: 'admin', run: addEntities },
  [buttons.startReview]: { who: 'admin', run: reviewStart },
  [buttons.startConfirm]: { who: 'admin', run: confirmStart },
  [buttons.startCancel]: { who: 'admin', run: cancelStart },
  [buttons.validateAgain]: { who: 'admin', run: (bot, visit) => validate(bot, visit, visit.value) },
  [buttons.syncPause]: { who: 'admin', run: pause },
  [buttons.syncResume]: { who: 'admin', run: resume },
  [buttons.errorsRetry]: { who: 'admin', run: retryErrors },
  [buttons.errorsExport]: { who: 'admin', run: exportErrors },
  [buttons.statusRefresh]: { who: 'anyone', run: status },
  [buttons.deletesApply]: { who: 'admin', run: applyDeletes },
  [buttons.accessAsk]: { who: 'anyone', run: askAdmins },
  [buttons.accessAllow]: { who: 'admin', run: allowAccess },
  [buttons.accessDecline]: { who: 'admin', run: declineAccess },
  [buttons.accessWithdraw]: { who: 'admin', run: withdrawAccess },
  [selects.language]: { who: 'anyone', run: chooseLanguage },
  [selects.errorsRow]: { who: 'admin', run: retryRow },
};
