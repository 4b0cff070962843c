import { WebAPIPlatformError } from '@slack/web-api';
import { isRefusedForGood } from '../model/slack-answer.ts';

/** Whether a conversation does not take a message, rather than Slack taking none at the moment. */
export const isRefusal = (error: unknown): error is WebAPIPlatformError =>
  error instanceof WebAPIPlatformError && isRefusedForGood(error.data.error);
