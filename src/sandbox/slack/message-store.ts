import { ApiError } from './api-error.ts';
import { identified } from './block-ids.ts';
import { listOf, objectOf, stringOf } from './fields.ts';
import { LIMITS } from './limits.ts';
import type { Json, SandboxFile, SandboxMessage } from './page-api.ts';
import { pictureType } from './picture-type.ts';
import { checkMessage, describeProblem } from './surface-check.ts';
import type { Workspace } from './workspace.ts';

/** What a message is made of, before it has a timestamp. `undefined` blocks stay as they are on an edit. */
export interface Draft {
  text: string;
  blocks: unknown;
}

export interface Posting extends Draft {
  channel: string;
  user: string;
  thread_ts?: string | undefined;
  ephemeral_for?: string | undefined;
  files?: SandboxFile[] | undefined;
}

/** Refuses as Slack does what is over its limits. */
export function assertMessage(draft: { blocks?: unknown; attachments?: unknown }): void {
  const problems = checkMessage(draft);
  if (problems.length === 0) return;
  const messages = problems.map(describeProblem);
  throw new ApiError('invalid_blocks', { errors: messages, response_metadata: { messages } });
}

/** A block shows a file only when that is there whole and a picture. */
function assertPictures({ files }: Workspace, blocks: unknown): void {
  for (const [index, block] of listOf(blocks).entries()) {
    const { slack_file: shown } = objectOf(block);
    if (shown === undefined) continue;
    const file = files.get(stringOf(objectOf(shown).id));
    if (file?.complete && file.content && pictureType(file.content)) continue;
    const messages = [`[ERROR] invalid slack file [json-pointer:/blocks/${index}/slack_file]`];
    throw new ApiError('invalid_blocks', { errors: messages, response_metadata: { messages } });
  }
}

const inThread = (message: SandboxMessage, root: string) =>
  message.thread_ts === root && message.ts !== root && !message.ephemeral_for;

/** Messages and their changes. The checks of who may do it are the methods' business. */
export function createMessages(workspace: Workspace) {
  const inChannel = (channel: string): SandboxMessage[] => {
    const found = workspace.messages.get(channel);
    if (!found) throw new ApiError('channel_not_found');
    return found;
  };
  const find = (channel: string, ts: string) =>
    workspace.messages.get(channel)?.find((message) => message.ts === ts);

  const countReplies = (channel: string, root: string | undefined) => {
    const parent = root === undefined ? undefined : find(channel, root);
    if (!parent) return;
    parent.reply_count = inChannel(channel).filter((message) => inThread(message, parent.ts)).length;
    if (parent.reply_count > 0) parent.thread_ts = parent.ts;
  };

  return {
    find,
    inChannel,

    post({ channel, user, text, blocks, thread_ts, ephemeral_for, files }: Posting): SandboxMessage {
      assertPictures(workspace, blocks);
      const message: SandboxMessage = {
        channel,
        ts: workspace.ts(),
        user,
        text: text.slice(0, LIMITS.message.text),
        blocks: identified(blocks ?? []),
        ...(thread_ts && { thread_ts }),
        ...(ephemeral_for && { ephemeral_for }),
        ...(files && { files }),
      };
      inChannel(channel).push(message);
      if (!ephemeral_for) countReplies(channel, thread_ts);
      workspace.changed();
      return message;
    },

    edit(message: SandboxMessage, { text, blocks }: Partial<Draft>): void {
      if (text !== undefined) message.text = text;
      if (blocks !== undefined) message.blocks = identified(blocks, message.blocks);
      message.edited = { ts: workspace.ts() };
      workspace.changed();
    },

    remove(message: SandboxMessage): void {
      const all = inChannel(message.channel);
      all.splice(all.indexOf(message), 1);
      countReplies(message.channel, message.thread_ts);
      workspace.changed();
    },

    /** The root and its replies, oldest first; ephemerals are nobody's replies. */
    thread: (channel: string, root: string): SandboxMessage[] =>
      inChannel(channel).filter(
        (message) => !message.ephemeral_for && (message.ts === root || inThread(message, root)),
      ),
  };
}

export type Messages = ReturnType<typeof createMessages>;

/** Text and blocks out of what the app sent; Slack wants at least one of them. */
export function draftOf(args: Json): { text: string; blocks: unknown } {
  const text = typeof args.text === 'string' ? args.text : '';
  const { blocks } = args;
  if (text === '' && !(Array.isArray(blocks) && blocks.length > 0)) throw new ApiError('no_text');
  return { text, blocks };
}
