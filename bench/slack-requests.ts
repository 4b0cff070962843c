import { createHmac } from 'node:crypto';

/** What the sender varies; the rest is as Slack sends it. */
export interface Sent {
  user: string;
  responseUrl: string;
}

const team = { id: 'T0CONTOSO', domain: 'contoso-marketing' };
let triggers = 0;

/** The body of `/dynamics` with these words. */
export function commandBody(text: string, { user, responseUrl }: Sent): string {
  return new URLSearchParams({
    token: 'unused',
    team_id: team.id,
    team_domain: team.domain,
    channel_id: 'D0BENCH',
    channel_name: 'directmessage',
    user_id: user,
    user_name: user.toLowerCase(),
    command: '/dynamics',
    text,
    response_url: responseUrl,
    trigger_id: nextTrigger(),
    api_app_id: 'A0BENCH',
    is_enterprise_install: 'false',
  }).toString();
}

/** The body of a submission that changes nothing: `/dynamics validate new`, with inputs that are refused at once. */
export function submissionBody({ user }: Sent): string {
  const names = ['organization_url', 'tenant_id', 'client_id', 'client_secret', 'username'];
  const values = Object.fromEntries(
    names.map((name) => [name, { [name]: { type: 'plain_text_input', value: 'not one' } }]),
  );
  const view = {
    id: 'V0BENCH',
    team_id: team.id,
    type: 'modal',
    callback_id: 'validate',
    private_metadata: JSON.stringify({ channel: null }),
    blocks: [],
    state: { values },
    hash: '1.bench',
    root_view_id: 'V0BENCH',
    previous_view_id: null,
    app_id: 'A0BENCH',
    bot_id: 'B0BENCH',
  };
  const payload = {
    type: 'view_submission',
    team,
    user: { id: user, username: user.toLowerCase(), name: user.toLowerCase(), team_id: team.id },
    api_app_id: 'A0BENCH',
    token: 'unused',
    trigger_id: nextTrigger(),
    view,
    response_urls: [],
    is_enterprise_install: false,
    enterprise: null,
  };
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}

/** "Verifying requests from Slack": HMAC of version, time and body. */
export function signedHeaders(secret: string, body: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(Buffer.byteLength(body)),
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${digest}`,
  };
}

function nextTrigger(): string {
  triggers += 1;
  return `${triggers}.bench`;
}
