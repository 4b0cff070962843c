import type { PageAct, PageActResult } from '../../slack/page-api.ts';
import type { Act } from './app.ts';

/** Does something in the workspace. A sandbox that cannot be reached answers like Slack on a bad line. */
export async function sendAct(act: Act, user: string): Promise<PageActResult> {
  try {
    const response = await fetch('/sandbox/act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...act, user } satisfies PageAct),
    });
    return (await response.json()) as PageActResult;
  } catch {
    return { ok: false, error: 'connection_failed' };
  }
}
