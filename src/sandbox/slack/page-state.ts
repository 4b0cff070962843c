import type { PageState, SandboxChannel, SandboxMessage } from './page-api.ts';
import type { Workspace } from './workspace.ts';

/** Whether this person is in the conversation, and so may read and write there. */
export const isMember = (channel: SandboxChannel | undefined, user: string): boolean =>
  channel?.members.includes(user) ?? false;

/** Whether this person sees the message. */
export const isVisible = (message: SandboxMessage, user: string): boolean =>
  message.ephemeral_for === undefined || message.ephemeral_for === user;

/** Everything one person sees, as a copy: what happens later does not change it. */
export function pageState(workspace: Workspace, userId: string, connected: boolean): PageState {
  const me = workspace.users.get(userId);
  if (!me) throw new Error(`No such user in the workspace: ${userId}`);
  const channels = [...workspace.channels.values()].filter((channel) => isMember(channel, userId));
  const visible = (channel: SandboxChannel) =>
    (workspace.messages.get(channel.id) ?? []).filter((message) => isVisible(message, userId));
  const home = workspace.homes.get(userId);
  return structuredClone({
    revision: workspace.revision(),
    team: workspace.team,
    me,
    app: workspace.app.user,
    users: [...workspace.users.values()],
    channels,
    messages: Object.fromEntries(channels.map((channel) => [channel.id, visible(channel)])),
    views: (workspace.stacks.get(userId) ?? []).map(({ id, hash, view }) => ({ id, hash, view })),
    home: home ? { id: home.id, hash: home.hash, view: home.view } : null,
    commands: workspace.commands,
    bot_connected: connected,
  });
}
