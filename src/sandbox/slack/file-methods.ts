import { ApiError } from './api-error.ts';
import { writableChannel } from './chat-methods.ts';
import { isObject, listOf, stringOf } from './fields.ts';
import type { Messages } from './message-store.ts';
import { fileObject } from './slack-objects.ts';
import { type Methods, wanted } from './web-arguments.ts';
import type { StoredFile, Workspace } from './workspace.ts';

/** Uploads in Slack's three steps: get an address, send the content there, share it. */
export function createFileMethods(workspace: Workspace, messages: Messages, origin: () => string): Methods {
  const shared = (given: unknown): StoredFile[] => {
    const files = listOf(given).filter(isObject);
    if (files.length === 0) throw new ApiError('invalid_arguments');
    return files.map(({ id, title }) => {
      const file = workspace.files.get(stringOf(id));
      if (!file?.content || file.complete) throw new ApiError('file_not_found');
      file.title = stringOf(title) || file.name;
      return file;
    });
  };

  return {
    'files.getUploadURLExternal': (args) => {
      if (!(Number(wanted(args, 'length')) > 0)) throw new ApiError('invalid_arguments');
      const name = wanted(args, 'filename');
      const id = workspace.id('F');
      workspace.files.set(id, { id, name, title: name, content: null, complete: false });
      return { upload_url: `${origin()}/upload/v1/${id}`, file_id: id };
    },

    'files.completeUploadExternal': (args) => {
      const target = args.channel_id ?? args.channels;
      const channel = target ? writableChannel(workspace, String(target)) : undefined;
      const files = shared(args.files);
      for (const file of files) file.complete = true;
      const objects = files.map((file) => fileObject(file, origin()));
      if (channel) {
        messages.post({
          channel: channel.id,
          user: workspace.app.user.id,
          text: stringOf(args.initial_comment),
          blocks: args.blocks,
          thread_ts: stringOf(args.thread_ts) || undefined,
          files: objects,
        });
      }
      return { files: objects };
    },
  };
}

/** Takes the content of a file whose upload was announced; false when there is no such upload. */
export function storeUpload(workspace: Workspace, id: string, content: Buffer): boolean {
  const file = workspace.files.get(id);
  if (!file || file.complete) return false;
  file.content = content;
  return true;
}
