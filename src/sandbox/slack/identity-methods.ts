import { ApiError } from './api-error.ts';
import { objectOf } from './fields.ts';
import { userObject } from './slack-objects.ts';
import { checkMessage, checkView, describeProblem } from './surface-check.ts';
import { flag, type Methods, page, wanted } from './web-arguments.ts';
import type { Workspace } from './workspace.ts';

/** Who is who: the app itself, the workspace and its people. */
export function createIdentityMethods(workspace: Workspace): Methods {
  const { app, team } = workspace;
  return {
    'api.test': (args) => ({ args }),

    'auth.test': () => ({
      url: `https://${team.domain}.slack.com/`,
      team: team.name,
      user: app.user.name,
      team_id: team.id,
      user_id: app.user.id,
      bot_id: app.bot_id,
      is_enterprise_install: false,
    }),

    'team.info': () => ({ team: { ...team, email_domain: '', icon: {} } }),

    'bots.info': (args) => {
      if (args.bot !== undefined && args.bot !== app.bot_id) throw new ApiError('bot_not_found');
      const { name, id } = app.user;
      return { bot: { id: app.bot_id, deleted: false, name, updated: 0, app_id: app.id, user_id: id } };
    },

    'users.info': (args) => {
      const user = workspace.users.get(wanted(args, 'user'));
      if (!user) throw new ApiError('user_not_found');
      return { user: userObject(user, flag(args, 'include_locale')) };
    },

    'users.list': (args) => {
      const { items, next_cursor } = page([...workspace.users.values()], args, 200);
      return {
        members: items.map((user) => userObject(user, flag(args, 'include_locale'))),
        cache_ts: Math.floor(workspace.clock.now() / 1000),
        response_metadata: { next_cursor },
      };
    },

    'blocks.validate': ({ blocks, message, view }) => {
      const problems = view ? checkView(view) : checkMessage(message ? objectOf(message) : { blocks });
      if (problems.length === 0) return {};
      const errors = problems.map((problem) => ({ code: 'invalid', ...problem }));
      throw new ApiError('invalid_blocks', {
        errors,
        response_metadata: { messages: problems.map(describeProblem) },
      });
    },
  };
}
