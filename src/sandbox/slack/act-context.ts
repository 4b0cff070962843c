import type { Delivery } from './delivery.ts';
import type { Messages } from './message-store.ts';
import type { ResponseUrls } from './response-url.ts';
import type { Triggers } from './trigger-store.ts';
import type { Views } from './view-store.ts';
import type { Call } from './web-api.ts';
import type { Workspace } from './workspace.ts';

/** What the acts of people work with. */
export interface ActContext {
  workspace: Workspace;
  messages: Messages;
  views: Views;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  delivery: Delivery;
  /** Takes what Slack could not use of the app's answers, to be read beside its calls. */
  log(call: Call): void;
}
