import { ApiError } from './api-error.ts';
import { targetChannel } from './chat-methods.ts';
import type { Messages } from './message-store.ts';
import type { Json, SandboxChannel, SandboxMessage } from './page-api.ts';
import { isMember } from './page-state.ts';
import { channelObject, messageObject } from './slack-objects.ts';
import { flag, type Methods, page, wanted } from './web-arguments.ts';
import type { Workspace } from './workspace.ts';

const KINDS: Readonly<Record<SandboxChannel['kind'], string>> = {
  channel: 'public_channel',
  private: 'private_channel',
  im: 'im',
};

/** Which scope shows a conversation, by its kind ("conversations.info" method page). */
const SCOPES: Readonly<Record<SandboxChannel['kind'], string>> = {
  channel: 'channels:read',
  private: 'groups:read',
  im: 'im:read',
};

interface Desk {
  workspace: Workspace;
  messages: Messages;
  /** Of the app; undefined: nothing is refused for a scope. */
  scopes: readonly string[] | undefined;
}

/** By id only; private ones the app is not in are hidden from it. */
function seenChannel({ workspace }: Desk, args: Json): SandboxChannel {
  const channel = workspace.channels.get(wanted(args, 'channel'));
  if (!channel || (channel.kind !== 'channel' && !isMember(channel, workspace.app.user.id)))
    throw new ApiError('channel_not_found');
  return channel;
}

function readableChannel(desk: Desk, args: Json): SandboxChannel {
  const channel = seenChannel(desk, args);
  if (!isMember(channel, desk.workspace.app.user.id)) throw new ApiError('not_in_channel');
  return channel;
}

function info(desk: Desk, args: Json): Json {
  const channel = seenChannel(desk, args);
  const needed = SCOPES[channel.kind];
  if (desk.scopes && !desk.scopes.includes(needed))
    throw new ApiError('missing_scope', { needed, provided: desk.scopes.join(',') });
  const members = flag(args, 'include_num_members') ? { num_members: channel.members.length } : {};
  return { channel: { ...channelObject(desk.workspace, channel, flag(args, 'include_locale')), ...members } };
}

function list({ workspace }: Desk, args: Json): Json {
  const types = String(args.types ?? 'public_channel').split(/\s*,\s*/);
  const all = [...workspace.channels.values()]
    .filter((channel) => types.includes(KINDS[channel.kind]))
    .filter((channel) => channel.kind === 'channel' || isMember(channel, workspace.app.user.id))
    .filter((channel) => !flag(args, 'exclude_archived') || !channel.is_archived);
  const { items, next_cursor } = page(all, args, 100);
  const channels = items.map((channel) => channelObject(workspace, channel, false));
  return { channels, response_metadata: { next_cursor } };
}

function open({ workspace }: Desk, args: Json): Json {
  const [user = '', ...more] = wanted(args, 'users').split(',');
  if (more.length > 0) throw new ApiError('method_not_supported_for_channel_type');
  if (!workspace.users.has(user)) throw new ApiError('user_not_found');
  return { no_op: true, already_open: true, channel: { id: targetChannel(workspace, user).id } };
}

function members(desk: Desk, args: Json): Json {
  const { items, next_cursor } = page(seenChannel(desk, args).members, args, 100);
  return { members: items, response_metadata: { next_cursor } };
}

function join(desk: Desk, args: Json): Json {
  const { workspace } = desk;
  const channel = seenChannel(desk, args);
  const bot = workspace.app.user.id;
  if (channel.kind !== 'channel') throw new ApiError('method_not_supported_for_channel_type');
  if (channel.is_archived) throw new ApiError('is_archived');
  if (!isMember(channel, bot)) channel.members.push(bot);
  workspace.changed();
  return { channel: channelObject(workspace, channel, false) };
}

function pageOf({ workspace }: Desk, all: SandboxMessage[], args: Json, standard: number): Json {
  const { items, next_cursor } = page(all, args, standard);
  const messages = items.map((message) => messageObject(workspace, message));
  return { messages, has_more: next_cursor !== '', response_metadata: { next_cursor } };
}

/** Newest first, thread replies left out. */
function history(desk: Desk, args: Json): Json {
  const channel = readableChannel(desk, args);
  const inclusive = flag(args, 'inclusive');
  const oldest = String(args.oldest ?? '');
  const latest = String(args.latest ?? '~');
  const roots = desk.messages
    .inChannel(channel.id)
    .filter(({ ephemeral_for, thread_ts, ts }) => !ephemeral_for && (!thread_ts || thread_ts === ts))
    .filter(({ ts }) => (ts > oldest && ts < latest) || (inclusive && (ts === oldest || ts === latest)))
    .reverse();
  return pageOf(desk, roots, args, 100);
}

function replies(desk: Desk, args: Json): Json {
  const channel = readableChannel(desk, args);
  const found = desk.messages.find(channel.id, wanted(args, 'ts'));
  if (!found || found.ephemeral_for) throw new ApiError('thread_not_found');
  return pageOf(desk, desk.messages.thread(channel.id, found.thread_ts ?? found.ts), args, 1000);
}

export function createConversationMethods(
  workspace: Workspace,
  messages: Messages,
  scopes: readonly string[] | undefined,
): Methods {
  const desk = { workspace, messages, scopes };
  return {
    'conversations.info': (args) => info(desk, args),
    'conversations.list': (args) => list(desk, args),
    'conversations.open': (args) => open(desk, args),
    'conversations.members': (args) => members(desk, args),
    'conversations.join': (args) => join(desk, args),
    'conversations.history': (args) => history(desk, args),
    'conversations.replies': (args) => replies(desk, args),
  };
}
