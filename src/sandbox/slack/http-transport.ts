import { createHmac } from 'node:crypto';
import { Agent, request } from 'undici';
import type { Clock } from '../../lib/clock.ts';
import { type Dispatch, type Transport, Undelivered } from './delivery.ts';

/** The request body as Slack encodes it for each kind. */
function encode({ kind, payload }: Dispatch): { type: string; body: string } {
  if (kind === 'event') return { type: 'application/json', body: JSON.stringify(payload) };
  const fields = kind === 'command' ? payload : { payload: JSON.stringify(payload) };
  const form = new URLSearchParams(
    Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return { type: 'application/x-www-form-urlencoded', body: form.toString() };
}

/** A body that is JSON as JSON, any other as text. */
function decode(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Slack's signature of a request: `v0=` and the HMAC of version, time and body. */
export const signature = (secret: string, timestamp: string, body: string): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;

/** Signed requests to the app's request URL. */
export function createHttpTransport(signingSecret: string, clock: Clock) {
  const agent = new Agent({ keepAliveTimeout: 4000 });
  let requestUrl: string | null = null;

  const headersOf = (dispatch: Dispatch, type: string, body: string): Record<string, string> => {
    const timestamp = String(Math.floor(clock.now() / 1000));
    return {
      'content-type': type,
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signature(signingSecret, timestamp, body),
      ...(dispatch.retry && {
        'x-slack-retry-num': String(dispatch.retry.number),
        'x-slack-retry-reason': dispatch.retry.reason,
      }),
    };
  };

  const transport: Transport = {
    connected: () => requestUrl !== null,
    async send(dispatch, signal) {
      if (requestUrl === null) throw new Undelivered('connection_failed');
      const { type, body } = encode(dispatch);
      const headers = headersOf(dispatch, type, body);
      const response = await request(requestUrl, {
        method: 'POST',
        headers,
        body,
        signal,
        dispatcher: agent,
      });
      const text = await response.body.text();
      const noRetry = response.headers['x-slack-no-retry'] === '1';
      if (response.statusCode !== 200) throw new Undelivered('http_error', noRetry);
      return decode(text);
    },
  };

  return {
    ...transport,
    /** Where the app listens, or null when it no longer does. */
    connect: (url: string | null) => {
      requestUrl = url;
    },
    close: () => agent.destroy(),
  };
}
