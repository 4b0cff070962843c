import { ApiError } from './api-error.ts';
import type { Json, SandboxChannel, SandboxMessage, SandboxUser, ViewValues } from './page-api.ts';
import { conversationName, messageObject, viewObject } from './slack-objects.ts';
import type { StoredView, Workspace } from './workspace.ts';

/** Where something was used, found in the workspace. */
export type Found =
  | { kind: 'message'; message: SandboxMessage; channel: SandboxChannel; blocks: Json[] }
  | { kind: 'view'; view: StoredView; blocks: Json[] };

export function personOf(workspace: Workspace, id: string): SandboxUser {
  const user = workspace.users.get(id);
  if (!user || user.is_bot) throw new ApiError('user_not_found');
  return user;
}

/** What every interaction carries. */
export function interactionBase(workspace: Workspace, user: SandboxUser): Json {
  const { id, name, team_id } = user;
  return {
    team: { id: workspace.team.id, domain: workspace.team.domain },
    user: { id, username: name, name, team_id },
    api_app_id: workspace.app.id,
    token: workspace.app.token,
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** The parts of an interaction that tell where it happened. */
export function placeOf(workspace: Workspace, found: Found, values: ViewValues): Json {
  if (found.kind === 'view') {
    const { view } = found;
    return { container: { type: 'view', view_id: view.id }, view: viewObject(workspace, view, values) };
  }
  const { message, channel } = found;
  const ephemeral = message.ephemeral_for !== undefined;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...(message.thread_ts && { thread_ts: message.thread_ts }),
    },
    channel: { id: channel.id, name: conversationName(channel) },
    // Slack keeps ephemeral messages to itself: the app gets only their timestamp.
    ...(!ephemeral && { message: messageObject(workspace, message) }),
    state: { values },
  };
}

/** A slash command's form fields. No locale, no thread: Slack sends neither. */
export function commandPayload(
  workspace: Workspace,
  user: SandboxUser,
  channel: SandboxChannel,
  sent: { command: string; text: string; response_url: string; trigger_id: string },
): Json {
  return {
    token: workspace.app.token,
    team_id: workspace.team.id,
    team_domain: workspace.team.domain,
    channel_id: channel.id,
    channel_name: conversationName(channel),
    user_id: user.id,
    user_name: user.name,
    ...sent,
    api_app_id: workspace.app.id,
    is_enterprise_install: 'false',
  };
}

/** An event in its envelope. */
export function eventPayload(workspace: Workspace, event: Json, isShared: boolean): Json {
  const { team, app } = workspace;
  return {
    token: app.token,
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: app.id,
    event: { event_ts: workspace.ts(), ...event },
    type: 'event_callback',
    event_id: workspace.id('Ev'),
    event_time: Math.floor(workspace.clock.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: app.user.id,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: isShared,
  };
}
