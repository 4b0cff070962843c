import { optionalScopes, scopes } from '../src/slack/scopes.ts';
import { command, shortcuts, words } from '../src/views/names.ts';

/** Events the bot listens to. */
export const events = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'message.im',
  'tokens_revoked',
  'user_change',
] as const;

const features = {
  app_home: {
    home_tab_enabled: true,
    messages_tab_enabled: true,
    messages_tab_read_only_enabled: false,
  },
  bot_user: { display_name: 'Dynamics Sync', always_online: true },
  shortcuts: [
    {
      name: 'Connect Dynamics 365',
      type: 'global',
      callback_id: shortcuts.setup,
      description: 'Start the setup, or go on with it',
    },
  ],
  slash_commands: [
    {
      command,
      description: 'Set up, check or pause the sync with Dynamics 365',
      usage_hint: Object.keys(words).join(' | '),
      should_escape: true,
    },
  ],
};

const settings = {
  event_subscriptions: { bot_events: [...events] },
  interactivity: { is_enabled: true },
  org_deploy_enabled: false,
  socket_mode_enabled: true,
  token_rotation_enabled: false,
};

/** The Slack app as its manifest describes it. Names come from where the code takes them. */
export const manifest = {
  _metadata: { major_version: 1, minor_version: 1 },
  display_information: {
    name: 'Dynamics Sync',
    description: 'Keep your marketing database in sync with Microsoft Dynamics 365, from Slack.',
    background_color: '#1f3a5f',
  },
  features,
  oauth_config: {
    scopes: {
      bot: scopes.map(({ name }) => name),
      bot_optional: optionalScopes.map(({ name }) => name),
    },
  },
  settings,
};
