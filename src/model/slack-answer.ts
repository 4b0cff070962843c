/** What Slack answers when it does not take a token, any more or at all. */
export const tokenRefusals: readonly string[] = [
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_expired',
  'token_revoked',
  'not_allowed_token_type',
  'team_access_not_granted',
];

/** What passes by itself: Slack may take the same call a little later. */
const passing: readonly string[] = [
  'ratelimited',
  'rate_limited',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
];

/** Whether a conversation does not take a message, rather than Slack taking none at the moment. */
export const isRefusedForGood = (reason: string): boolean =>
  !passing.includes(reason) && !tokenRefusals.includes(reason);
