import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';

export interface Upload {
  data: Uint8Array;
  filename: string;
  title: string;
  /** For whoever does not see it. */
  alt?: string;
  /** Where it is shared; without one it belongs to the bot, which may show it in a block. */
  thread?: { channel: string; ts: string };
}

/** `refused`: this Slack lets the bot upload nothing. `failed`: not this time. */
export type Uploaded = { id: string } | { missing: 'refused' | 'failed' };

/** Puts files into Slack. */
export interface Files {
  /** Never throws. */
  upload(upload: Upload): Promise<Uploaded>;
  /** Whether Slack has refused an upload lately, so that none need be prepared. */
  isRefused(): boolean;
}

/** What Slack answers where the bot may not, or the method is not known. */
const refusals = [
  'missing_scope',
  'unknown_method',
  'method_deprecated',
  'file_uploads_disabled',
  'file_uploads_except_images_disabled',
  'access_denied',
  'not_allowed_token_type',
  'team_access_not_granted',
];
const rememberedMs = 10 * 60_000;

export function createFiles(client: WebClient, { clock, log }: { clock: Clock; log: Logger }): Files {
  let refusedUntil = 0;
  return {
    isRefused: () => clock.now() < refusedUntil,
    async upload({ data, filename, title, alt, thread }) {
      try {
        const file = {
          file: Buffer.from(data),
          filename,
          title,
          ...(alt === undefined ? {} : { alt_text: alt }),
        };
        const answer = await client.filesUploadV2(
          thread ? { ...file, channel_id: thread.channel, thread_ts: thread.ts } : file,
        );
        const id = answer.files[0]?.files?.[0]?.id;
        return id === undefined ? { missing: 'failed' } : { id };
      } catch (error) {
        const reason = error instanceof WebAPIPlatformError ? error.data.error : null;
        log.warn('A file cannot be uploaded', { filename, reason, error });
        if (reason === null || !refusals.includes(reason)) return { missing: 'failed' };
        refusedUntil = clock.now() + rememberedMs;
        return { missing: 'refused' };
      }
    },
  };
}
