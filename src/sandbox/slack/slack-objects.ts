import type {
  Json,
  SandboxChannel,
  SandboxFile,
  SandboxMessage,
  SandboxUser,
  ViewValues,
} from './page-api.ts';
import type { StoredFile, StoredView, Workspace } from './workspace.ts';

/** A user as `users.info` and the event `user_change` show it. Strangers have no locale. */
export function userObject(user: SandboxUser, withLocale: boolean): Json {
  return {
    id: user.id,
    team_id: user.team_id,
    name: user.name,
    real_name: user.real_name,
    deleted: false,
    is_admin: user.is_admin,
    is_owner: user.is_owner,
    is_primary_owner: user.is_owner,
    is_restricted: user.is_restricted,
    is_ultra_restricted: false,
    is_bot: user.is_bot,
    is_app_user: false,
    ...(user.is_stranger && { is_stranger: true }),
    tz: user.tz,
    updated: 0,
    profile: { real_name: user.real_name, display_name: user.name, team: user.team_id },
    ...(withLocale && !user.is_stranger && { locale: user.locale }),
  };
}

/** A conversation as `conversations.info` shows it to the app. */
export function channelObject(workspace: Workspace, channel: SandboxChannel, withLocale: boolean): Json {
  const isIm = channel.kind === 'im';
  const locale = withLocale ? { locale: channel.locale } : {};
  const person = channel.members.find((id) => id !== workspace.app.user.id);
  if (isIm) return { id: channel.id, is_im: true, is_archived: false, created: 0, user: person, ...locale };
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === 'private',
    is_archived: channel.is_archived,
    is_general: false,
    is_shared: channel.is_ext_shared,
    is_ext_shared: channel.is_ext_shared,
    is_org_shared: false,
    is_member: channel.members.includes(workspace.app.user.id),
    created: 0,
    creator: channel.members[0] ?? '',
    context_team_id: workspace.team.id,
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    ...locale,
  };
}

/** What Slack puts for the name of a conversation into commands and interactions. */
export const conversationName = (channel: SandboxChannel): string =>
  ({ channel: channel.name, private: 'privategroup', im: 'directmessage' })[channel.kind];

/** A message as the API, events and interactions show it. */
export function messageObject(workspace: Workspace, message: SandboxMessage): Json {
  const { user, ts, text, blocks, thread_ts, reply_count, edited, files } = message;
  const fromApp = user === workspace.app.user.id;
  return {
    type: 'message',
    user,
    ts,
    text,
    team: workspace.users.get(user)?.team_id ?? workspace.team.id,
    ...(fromApp && { bot_id: workspace.app.bot_id, app_id: workspace.app.id }),
    ...((blocks.length > 0 || fromApp) && { blocks }),
    ...(thread_ts && { thread_ts }),
    ...(reply_count && { reply_count }),
    ...(edited && { edited: { user, ts: edited.ts } }),
    ...(files && { files }),
  };
}

/** A view as the API answers it and interactions carry it. */
export function viewObject(workspace: Workspace, stored: StoredView, values: ViewValues = {}): Json {
  const { view } = stored;
  return {
    id: stored.id,
    team_id: workspace.team.id,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.private_metadata ?? '',
    callback_id: view.callback_id ?? '',
    state: { values },
    hash: stored.hash,
    title: view.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: view.clear_on_close ?? false,
    notify_on_close: view.notify_on_close ?? false,
    close: view.close ?? null,
    submit: view.submit ?? null,
    previous_view_id: stored.previous_view_id,
    root_view_id: stored.root_view_id,
    app_id: workspace.app.id,
    external_id: view.external_id ?? '',
    app_installed_team_id: workspace.team.id,
    bot_id: workspace.app.bot_id,
  };
}

const MIME: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  png: 'image/png',
  tsv: 'text/tab-separated-values',
  txt: 'text/plain',
  json: 'application/json',
};

/** A file in a message; its content is served to the page under the same origin. */
export const fileObject = (file: StoredFile, origin: string): SandboxFile => ({
  id: file.id,
  name: file.name,
  title: file.title,
  mimetype: MIME[file.name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream',
  size: file.content?.length ?? 0,
  url: `${origin}/sandbox/files/${file.id}/${encodeURIComponent(file.name)}`,
});
