import { randomUUID } from 'node:crypto';
import type { ActContext } from './act-context.ts';
import { stringOf } from './fields.ts';
import type { Json, PageAct, PageActResult, SandboxChannel, SandboxUser } from './page-api.ts';
import { isMember } from './page-state.ts';
import { eventPayload, interactionBase, personOf } from './payloads.ts';
import { messageObject, userObject, viewObject } from './slack-objects.ts';
import type { Workspace } from './workspace.ts';

type MessageAct = Extract<PageAct, { type: 'message' }>;
type HomeAct = Extract<PageAct, { type: 'home_opened' }>;
type ShortcutAct = Extract<PageAct, { type: 'shortcut' }>;

/** Sends an event and does not wait: people go on talking while the app is slow or away. */
export function sendEvent({ workspace, delivery }: ActContext, event: Json, isShared = false): void {
  // Failures end in the retries, which is all Slack does about them.
  delivery.sendEvent(eventPayload(workspace, event, isShared)).catch(() => {});
}

/** `@Dynamics Sync` and `@dynamics_sync` become `<@U…>`, as Slack's composer does it. */
function withMentions(workspace: Workspace, text: string): string {
  const names = [...workspace.users.values()].flatMap(({ id, name, real_name }) => [
    { id, word: real_name },
    { id, word: name },
  ]);
  // Longest first, so that "@Tom Becker" is not read as "@Tom".
  names.sort((a, b) => b.word.length - a.word.length);
  let result = text;
  for (const { id, word } of names) result = result.replaceAll(`@${word}`, `<@${id}>`);
  return result;
}

export function playMessage(context: ActContext, act: MessageAct): PageActResult {
  const { workspace, messages } = context;
  const user = personOf(workspace, act.user);
  const channel = workspace.channels.get(act.channel);
  if (!channel || !isMember(channel, user.id)) return { ok: false, error: 'channel_not_found' };
  if (channel.is_archived) return { ok: false, error: 'is_archived' };
  if (act.text.trim() === '') return { ok: false, error: 'no_text' };
  const parent = act.thread_ts === undefined ? undefined : messages.find(channel.id, act.thread_ts);
  if (act.thread_ts !== undefined && !parent) return { ok: false, error: 'thread_not_found' };
  const message = messages.post({
    channel: channel.id,
    user: user.id,
    text: withMentions(workspace, act.text),
    blocks: [],
    thread_ts: parent?.thread_ts ?? parent?.ts,
  });
  announce(context, channel, user, messageObject(workspace, message));
  return { ok: true };
}

function announce(context: ActContext, channel: SandboxChannel, user: SandboxUser, message: Json): void {
  const { app } = context.workspace;
  const event = { ...message, channel: channel.id, event_ts: message.ts, client_msg_id: randomUUID() };
  if (channel.kind === 'im') sendEvent(context, { ...event, channel_type: 'im' });
  else if (isMember(channel, app.user.id) && stringOf(message.text).includes(`<@${app.user.id}>`))
    sendEvent(context, { ...event, type: 'app_mention', user_team: user.team_id }, channel.is_ext_shared);
}

export function playHome(context: ActContext, { user: id, tab }: HomeAct): PageActResult {
  const { workspace } = context;
  const user = personOf(workspace, id);
  const dm = [...workspace.channels.values()].find(
    (one) => one.kind === 'im' && one.members.includes(user.id),
  );
  if (!dm) return { ok: false, error: 'channel_not_found' };
  const home = workspace.homes.get(user.id);
  sendEvent(context, {
    type: 'app_home_opened',
    user: user.id,
    channel: dm.id,
    tab,
    ...(tab === 'home' && home && { view: viewObject(workspace, home) }),
  });
  return { ok: true };
}

export async function playShortcut(context: ActContext, act: ShortcutAct): Promise<PageActResult> {
  const { workspace, triggers, delivery } = context;
  const user = personOf(workspace, act.user);
  if (user.is_stranger) return { ok: false, error: 'restricted_action' };
  const payload = {
    type: 'shortcut',
    ...interactionBase(workspace, user),
    callback_id: act.callback_id,
    action_ts: workspace.ts(),
    trigger_id: triggers.issue({ user: user.id, view_id: null, channel: null }),
  };
  const answer = await delivery.send({ kind: 'interactive', payload });
  return answer.ok ? { ok: true, ack_ms: answer.ack_ms } : { ok: false, error: answer.error };
}

/** Changes something about a person, e.g. takes their admin rights, and tells the app by `user_change`. */
export function changeUser(context: ActContext, id: string, change: Partial<SandboxUser>): void {
  const user = personOf(context.workspace, id);
  Object.assign(user, change, { id: user.id });
  context.workspace.changed();
  sendEvent(context, {
    type: 'user_change',
    user: userObject(user, true),
    cache_ts: context.workspace.clock.now(),
  });
}
