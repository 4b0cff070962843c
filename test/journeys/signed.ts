import { createHmac } from 'node:crypto';
import type { Stage } from './stage.ts';

/** A request signed as Slack would, with a payload Slack would not send. */
export async function postSigned(
  { world, bot }: Stage,
  payload: unknown,
  as: 'interaction' | 'event' | 'command' = 'interaction',
): Promise<{ status: number; text: string }> {
  const json = JSON.stringify(payload);
  const fields = as === 'command' ? (payload as Record<string, string>) : { payload: json };
  const body = as === 'event' ? json : new URLSearchParams(fields).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const secret = world.environment.SLACK_SIGNING_SECRET ?? '';
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  const answer = await fetch(`http://127.0.0.1:${bot().port}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': as === 'event' ? 'application/json' : 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
    },
  });
  return { status: answer.status, text: await answer.text() };
}
