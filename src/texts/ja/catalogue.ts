import type { english } from '../en/catalogue.ts';
import { alerts, bulletins } from './alerts.ts';
import { errors, help, history, refusal } from './answers.ts';
import { buttons } from './buttons.ts';
import { card } from './card.ts';
import { checklist } from './checklist.ts';
import { conditions } from './conditions.ts';
import { credentials, signIn } from './credentials.ts';
import { customEntities } from './custom-entities.ts';
import { entities } from './entities.ts';
import { expiring } from './expiring.ts';
import { dynamicsFaults } from './faults-dynamics.ts';
import { homeFaults } from './faults-home.ts';
import { networkFaults } from './faults-network.ts';
import { proofFaults } from './faults-proof.ts';
import { signInFaults } from './faults-sign-in.ts';
import { fields } from './fields.ts';
import { fill } from './fill.ts';
import { format } from './format.ts';
import { access, home } from './home.ts';
import { loading } from './loading.ts';
import { notices } from './notices.ts';
import { completion, progress, stopped } from './progress.ts';
import { refreshed } from './refreshed.ts';
import { secretPage } from './secret-page.ts';
import { start } from './start.ts';
import { status } from './status.ts';
import { subscriptions } from './subscriptions.ts';

export const japanese: typeof english = {
  format,
  access,
  alerts,
  bulletins,
  buttons,
  card,
  checklist,
  completion,
  conditions,
  credentials,
  customEntities,
  entities,
  errors,
  expiring,
  faults: { ...networkFaults, ...signInFaults, ...proofFaults, ...dynamicsFaults, ...homeFaults },
  fields,
  fill,
  help,
  history,
  home,
  loading,
  notices,
  progress,
  refreshed,
  refusal,
  secretPage,
  signIn,
  start,
  status,
  stopped,
  subscriptions,
};
