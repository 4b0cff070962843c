import { ApiError } from './api-error.ts';
import type { Json } from './page-api.ts';
import { viewObject } from './slack-objects.ts';
import type { Triggers } from './trigger-store.ts';
import { assertView, type Views } from './view-store.ts';
import { type Methods, wanted } from './web-arguments.ts';
import type { StoredView, Workspace } from './workspace.ts';

export function createViewMethods(workspace: Workspace, views: Views, triggers: Triggers): Methods {
  const answer = (stored: StoredView): Json => ({ view: viewObject(workspace, stored) });
  /** Slack knows the trigger under either name, depending on what it came with. */
  const triggerOf = (args: Json) => wanted(args, args.trigger_id ? 'trigger_id' : 'interactivity_pointer');
  const named = (args: Json): StoredView => {
    const id = args.view_id ? wanted(args, 'view_id') : undefined;
    const found = id ? views.find(id) : views.byExternalId(wanted(args, 'external_id'));
    if (found?.view.type !== 'modal') throw new ApiError('not_found');
    return found;
  };

  return {
    'views.open': (args) => {
      const view = assertView(args.view, 'modal');
      const { user, channel } = triggers.redeem(triggerOf(args));
      return answer(views.open(user, view, channel));
    },

    'views.push': (args) => {
      const view = assertView(args.view, 'modal');
      const trigger = triggers.redeem(triggerOf(args));
      // A modal can only be laid upon the one the person was in.
      if (!trigger.view_id || !views.stack(trigger.user).some((one) => one.id === trigger.view_id))
        throw new ApiError('not_found');
      return answer(views.push(trigger.user, view));
    },

    'views.update': (args) => {
      const view = assertView(args.view, 'modal');
      return answer(views.replace(named(args), view, args.hash));
    },

    'views.publish': (args) => {
      const view = assertView(args.view, 'home');
      const user = workspace.users.get(wanted(args, 'user_id'));
      if (!user || user.is_bot || user.is_stranger) throw new ApiError('user_not_found');
      return answer(views.publish(user.id, view, args.hash));
    },
  };
}
