import type { ActContext } from './act-context.ts';
import { ApiError } from './api-error.ts';
import { objectOf } from './fields.ts';
import type { PageActResult } from './page-api.ts';

/**
 * Carries out what the app answered in an acknowledgement. Slack tells the person only that it went wrong; why
 * goes into the log of calls, under the method `ack:<name>`.
 */
export function useAnswer(
  { log, workspace }: ActContext,
  name: string,
  body: unknown,
  use: () => PageActResult,
): PageActResult {
  try {
    return use();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { messages } = objectOf(error.details.response_metadata);
    log({
      method: `ack:${name}`,
      args: objectOf(body),
      ok: false,
      error: error.code,
      ...(Array.isArray(messages) && { messages }),
      at: workspace.clock.now(),
    });
    return { ok: false, error: 'dispatch_failed' };
  }
}
