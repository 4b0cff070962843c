import type { Refusal } from './refusal.ts';

const simple = (status: number, error: string, message: string): Refusal => ({
  status,
  error,
  message: () => message,
});

/** Codes that nothing in the sandbox leads to: they are there to be played. Same source as `refusals`. */
export const playedRefusals = {
  70001: simple(400, 'unauthorized_client', 'The application is disabled or does not exist in the tenant.'),
  70002: simple(401, 'invalid_client', 'Error validating credentials.'),
  700011: simple(
    400,
    'unauthorized_client',
    'The application with the app identifier was not found in the directory.',
  ),
  500133: simple(401, 'invalid_grant', 'Assertion is not within its valid time range.'),
  900382: simple(400, 'invalid_request', 'Confidential Client is not supported in Cross Cloud request.'),
  900432: simple(400, 'invalid_request', 'Confidential Client is not supported in Cross Cloud request.'),
  50001: simple(
    400,
    'invalid_resource',
    'The resource is disabled or the resource named was not found in the tenant.',
  ),
  650057: simple(
    400,
    'invalid_resource',
    'Invalid resource. The client has requested access to a resource which is not listed in its permissions.',
  ),
  650056: simple(400, 'invalid_client', 'Misconfigured application. This could be due to missing consent.'),
  650052: simple(
    400,
    'invalid_client',
    'The app needs access to a service that your organization has not subscribed to or enabled.',
  ),
  530032: simple(400, 'invalid_grant', "Access has been blocked by your organization's security policy."),
  530035: simple(400, 'invalid_grant', 'Access has been blocked by security defaults.'),
  50034: simple(400, 'invalid_grant', 'The user account does not exist in the directory.'),
  50053: simple(
    400,
    'invalid_grant',
    'The account is locked, because of too many attempts to sign in or an IP address with malicious activity.',
  ),
  50057: simple(400, 'invalid_grant', 'The user account is disabled.'),
  90012: simple(503, 'temporarily_unavailable', 'The request has timed out.'),
  90024: simple(
    503,
    'temporarily_unavailable',
    'The request budget was exceeded. A transient error has occurred.',
  ),
  90090: simple(503, 'temporarily_unavailable', 'Authentication failed with a transient error.'),
} satisfies Record<number, Refusal>;
