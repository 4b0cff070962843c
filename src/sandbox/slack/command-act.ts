import type { ActContext } from './act-context.ts';
import { useAnswer } from './app-answer.ts';
import { isObject } from './fields.ts';
import type { PageAct, PageActResult, SandboxChannel, SandboxUser } from './page-api.ts';
import { isMember } from './page-state.ts';
import { commandPayload, personOf } from './payloads.ts';

type CommandAct = Extract<PageAct, { type: 'command' }>;

/** `/invite @name`, the one command of Slack's own: brings somebody, e.g. the app, into the conversation. */
function invite({ workspace }: ActContext, channel: SandboxChannel, text: string): PageActResult {
  const wanted = text.trim().replace(/^<?@/, '').replace(/>$/, '').toLowerCase();
  const user = [...workspace.users.values()].find(({ id, name, real_name }) =>
    [id, name, real_name].some((word) => word.toLowerCase() === wanted),
  );
  if (!user) return { ok: false, error: 'user_not_found' };
  if (channel.kind === 'im') return { ok: false, error: 'method_not_supported_for_channel_type' };
  if (user.is_stranger && !channel.is_ext_shared) return { ok: false, error: 'user_team_not_in_channel' };
  if (isMember(channel, user.id)) return { ok: false, error: 'already_in_channel' };
  channel.members.push(user.id);
  workspace.changed();
  return { ok: true };
}

async function toApp(context: ActContext, act: CommandAct, user: SandboxUser, channel: SandboxChannel) {
  const { workspace, triggers, responseUrls, delivery } = context;
  const target = { user: user.id, channel: channel.id };
  const payload = commandPayload(workspace, user, channel, {
    command: act.command,
    text: act.text.trim(),
    response_url: responseUrls.issue(target),
    trigger_id: triggers.issue({ user: user.id, view_id: null, channel: channel.id }),
  });
  const answer = await delivery.send({ kind: 'command', payload });
  if (!answer.ok) return answer;
  const { body, ack_ms } = answer;
  return useAnswer(context, act.command, body, () => {
    if (typeof body === 'string' && body !== '') responseUrls.post(target, { text: body });
    if (isObject(body) && (body.text || body.blocks)) responseUrls.post(target, body);
    return { ok: true, ack_ms };
  });
}

export async function playCommand(context: ActContext, act: CommandAct): Promise<PageActResult> {
  const user = personOf(context.workspace, act.user);
  const channel = context.workspace.channels.get(act.channel);
  if (!channel || !isMember(channel, user.id)) return { ok: false, error: 'channel_not_found' };
  if (act.command === '/invite') return invite(context, channel, act.text);
  // People of another workspace cannot run the app's commands, not even in a shared channel.
  if (user.is_stranger) return { ok: false, error: 'restricted_action' };
  const known = context.workspace.commands.some(({ command }) => command === act.command);
  if (!known) return { ok: false, error: 'invalid_command' };
  const result = await toApp(context, act, user, channel);
  return result.ok ? result : { ok: false, error: result.error };
}
