import { randomBytes } from 'node:crypto';
import { ApiError } from './api-error.ts';
import { LIMITS } from './limits.ts';
import { assertMessage, draftOf, type Messages } from './message-store.ts';
import type { Json, SandboxMessage } from './page-api.ts';
import { flag } from './web-arguments.ts';
import type { Workspace } from './workspace.ts';

/** What an answer by response_url goes to. */
export interface ResponseTarget {
  user: string;
  channel: string;
  /** The message whose element was used; `replace_original` and `delete_original` mean this one. */
  message?: SandboxMessage;
}

/** The addresses that come with commands and interactions: five answers within half an hour. */
export function createResponseUrls(workspace: Workspace, messages: Messages, origin: () => string) {
  const issued = new Map<string, { target: ResponseTarget; at: number; uses: number }>();
  const { clock } = workspace;

  const spend = (token: string): ResponseTarget => {
    const url = issued.get(token);
    if (!url) throw new ApiError('invalid_url');
    if (clock.now() - url.at > LIMITS.responseUrl.milliseconds) throw new ApiError('expired_url');
    if (url.uses >= LIMITS.responseUrl.uses) throw new ApiError('used_url');
    url.uses += 1;
    return url.target;
  };

  /** Posts what an app answered, be it by the URL or in its acknowledgement: for the person alone by default. */
  const post = (target: ResponseTarget, body: Json): void => {
    const draft = draftOf(body);
    assertMessage({ blocks: draft.blocks, attachments: body.attachments });
    const isPublic = body.response_type === 'in_channel';
    messages.post({
      ...draft,
      channel: target.channel,
      user: workspace.app.user.id,
      thread_ts: typeof body.thread_ts === 'string' ? body.thread_ts : undefined,
      ...(!isPublic && { ephemeral_for: target.user }),
    });
  };

  const answer = (target: ResponseTarget, body: Json): void => {
    const { message } = target;
    const original = message && messages.find(message.channel, message.ts);
    if (flag(body, 'delete_original')) {
      if (!original) throw new ApiError('message_not_found');
      messages.remove(original);
    } else if (flag(body, 'replace_original') && message) {
      if (!original) throw new ApiError('message_not_found');
      const draft = draftOf(body);
      assertMessage({ blocks: draft.blocks, attachments: body.attachments });
      // Unlike chat.update, the answer stands for the whole message.
      messages.edit(original, { text: draft.text, blocks: draft.blocks ?? [] });
    } else post(target, body);
  };

  return {
    post,

    issue(target: ResponseTarget): string {
      const token = randomBytes(16).toString('hex');
      issued.set(token, { target, at: clock.now(), uses: 0 });
      for (const [key, { at }] of issued) {
        // Long dead ones need not be told from unknown ones.
        if (clock.now() - at > 2 * LIMITS.responseUrl.milliseconds) issued.delete(key);
      }
      return `${origin()}/response/${token}`;
    },

    /** An answer by `POST` to a response_url; throws what Slack would say. */
    use: (token: string, body: Json): void => answer(spend(token), body),
  };
}

export type ResponseUrls = ReturnType<typeof createResponseUrls>;
