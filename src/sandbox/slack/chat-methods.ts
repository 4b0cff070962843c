import { ApiError } from './api-error.ts';
import { listOf } from './fields.ts';
import { LIMITS } from './limits.ts';
import { assertMessage, draftOf, type Messages } from './message-store.ts';
import type { Json, SandboxChannel, SandboxMessage } from './page-api.ts';
import { isMember } from './page-state.ts';
import { messageObject } from './slack-objects.ts';
import { flag, type Methods, wanted } from './web-arguments.ts';
import type { Workspace } from './workspace.ts';

/** The conversation a message goes to; a user id means the direct message with them. */
export function targetChannel(workspace: Workspace, id: string): SandboxChannel {
  const person = workspace.users.get(id);
  if (person?.is_bot) throw new ApiError('cannot_dm_bot');
  const name = id.startsWith('#') ? id.slice(1) : undefined;
  const found = [...workspace.channels.values()].find((channel) =>
    person
      ? channel.kind === 'im' && channel.members.includes(person.id)
      : channel.id === id || (channel.kind === 'channel' && channel.name === name),
  );
  if (!found) throw new ApiError('channel_not_found');
  return found;
}

/** Like `targetChannel`, refusing where the app may not write. */
export function writableChannel(workspace: Workspace, id: string): SandboxChannel {
  const channel = targetChannel(workspace, id);
  if (!isMember(channel, workspace.app.user.id)) {
    // A private channel the app is not in does not exist for it.
    throw new ApiError(channel.kind === 'private' ? 'channel_not_found' : 'not_in_channel');
  }
  if (channel.is_archived) throw new ApiError('is_archived');
  return channel;
}

function checkedDraft(args: Json): { text: string; blocks: unknown } {
  if (args.markdown_text !== undefined || listOf(args.attachments).length > 0)
    throw new ApiError('invalid_arguments', {
      response_metadata: { messages: ['[ERROR] the sandbox takes text and blocks only'] },
    });
  const draft = draftOf(args);
  assertMessage({ blocks: draft.blocks });
  return draft;
}

interface Desk {
  workspace: Workspace;
  messages: Messages;
}

/** The root of the thread that `thread_ts` names; a reply's own timestamp leads to its root too. */
function threadOf({ messages }: Desk, args: Json, channel: SandboxChannel): string | undefined {
  if (typeof args.thread_ts !== 'string' || args.thread_ts === '') return undefined;
  const parent = messages.find(channel.id, args.thread_ts);
  if (!parent || parent.ephemeral_for) throw new ApiError('thread_not_found');
  return parent.thread_ts ?? parent.ts;
}

/** A message of the app's own; ephemerals cannot be reached by the API. */
function ownMessage({ workspace, messages }: Desk, args: Json, refusal: string): SandboxMessage {
  const channel = workspace.channels.get(wanted(args, 'channel'));
  if (!channel) throw new ApiError('channel_not_found');
  const message = messages.find(channel.id, wanted(args, 'ts'));
  if (!message || message.ephemeral_for) throw new ApiError('message_not_found');
  if (message.user !== workspace.app.user.id) throw new ApiError(refusal);
  return message;
}

function postMessage(desk: Desk, args: Json): Json {
  const { workspace, messages } = desk;
  const channel = writableChannel(workspace, wanted(args, 'channel'));
  if (flag(args, 'reply_broadcast')) throw new ApiError('cannot_reply_to_message');
  const draft = checkedDraft(args);
  const thread_ts = threadOf(desk, args, channel);
  const message = messages.post({ ...draft, channel: channel.id, user: workspace.app.user.id, thread_ts });
  return { channel: channel.id, ts: message.ts, message: messageObject(workspace, message) };
}

function update(desk: Desk, args: Json): Json {
  const message = ownMessage(desk, args, 'cant_update_message');
  if (args.text === undefined && args.blocks === undefined) throw new ApiError('no_text');
  const text = typeof args.text === 'string' ? args.text : undefined;
  if (text !== undefined && text.length > LIMITS.message.updateText) throw new ApiError('msg_too_long');
  if (args.blocks !== undefined) assertMessage({ blocks: args.blocks });
  desk.messages.edit(message, { ...(text !== undefined && { text }), blocks: args.blocks });
  const { channel, ts } = message;
  return { channel, ts, text: message.text, message: messageObject(desk.workspace, message) };
}

function remove(desk: Desk, args: Json): Json {
  const message = ownMessage(desk, args, 'cant_delete_message');
  desk.messages.remove(message);
  return { channel: message.channel, ts: message.ts };
}

function postEphemeral(desk: Desk, args: Json): Json {
  const { workspace, messages } = desk;
  const user = wanted(args, 'user');
  const channel = writableChannel(workspace, wanted(args, 'channel'));
  if (!isMember(channel, user)) throw new ApiError('user_not_in_channel');
  const message = messages.post({
    ...checkedDraft(args),
    channel: channel.id,
    user: workspace.app.user.id,
    thread_ts: threadOf(desk, args, channel),
    ephemeral_for: user,
  });
  return { message_ts: message.ts };
}

function getPermalink({ workspace, messages }: Desk, args: Json): Json {
  const channel = targetChannel(workspace, wanted(args, 'channel'));
  const message = messages.find(channel.id, wanted(args, 'message_ts'));
  if (!message || message.ephemeral_for) throw new ApiError('message_not_found');
  const path = `archives/${channel.id}/p${message.ts.replace('.', '')}`;
  return { channel: channel.id, permalink: `https://${workspace.team.domain}.slack.com/${path}` };
}

export function createChatMethods(workspace: Workspace, messages: Messages): Methods {
  const desk = { workspace, messages };
  return {
    'chat.postMessage': (args) => postMessage(desk, args),
    'chat.update': (args) => update(desk, args),
    'chat.delete': (args) => remove(desk, args),
    'chat.postEphemeral': (args) => postEphemeral(desk, args),
    'chat.getPermalink': (args) => getPermalink(desk, args),
  };
}
