import type { Refusal } from './refusal.ts';
import { playedRefusals } from './refusals-played.ts';

/**
 * AADSTS codes with status, `error` and text. Source: "Microsoft Entra authentication and authorization
 * error codes". Texts follow what the service writes where that is public, otherwise they say the same.
 */
export const refusals = {
  7000215: {
    status: 401,
    error: 'invalid_client',
    message: (f) =>
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${f.clientId}'.`,
  },
  7000222: {
    status: 401,
    error: 'invalid_client',
    message: (f) =>
      `The provided client secret keys for app '${f.clientId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`,
  },
  7000218: {
    status: 401,
    error: 'invalid_client',
    message: () =>
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  },
  7000229: {
    status: 400,
    error: 'unauthorized_client',
    message: (f) =>
      `The client application ${f.clientId} is missing service principal in the tenant ${f.tenant}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119`,
  },
  7000112: {
    status: 400,
    error: 'unauthorized_client',
    message: (f) => `Application '${f.clientId}'(${f.appName}) is disabled.`,
  },
  700016: {
    status: 400,
    error: 'unauthorized_client',
    message: (f) =>
      `Application with identifier '${f.clientId}' was not found in the directory '${f.tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
  },
  700024: {
    status: 401,
    error: 'invalid_client',
    message: () => 'Client assertion is not within its valid time range.',
  },
  700027: {
    status: 401,
    error: 'invalid_client',
    message: (f) =>
      `The certificate with which the client assertion was signed is not registered on application '${f.clientId}'.`,
  },
  700030: {
    status: 401,
    error: 'invalid_client',
    message: () => "Invalid certificate - subject name in certificate isn't authorized.",
  },
  50027: { status: 400, error: 'invalid_request', message: () => 'The JWT token is invalid.' },
  90002: {
    status: 400,
    error: 'invalid_request',
    message: (f) =>
      `Tenant '${f.tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  },
  900023: {
    status: 400,
    error: 'invalid_request',
    message: (f) =>
      `Specified tenant identifier '${f.tenant}' is neither a valid DNS name, nor a valid external domain.`,
  },
  900144: {
    status: 400,
    error: 'invalid_request',
    message: () =>
      "The request body must contain the following parameter: 'grant_type', 'client_id' or 'scope'.",
  },
  90038: {
    status: 400,
    error: 'invalid_request',
    message: (f) => `Confidential Client is not supported for the cloud of the tenant '${f.tenant}'.`,
  },
  500011: {
    status: 400,
    error: 'invalid_resource',
    message: (f) =>
      `The resource principal named ${f.resource} was not found in the tenant named ${f.tenant}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
  },
  65001: {
    status: 400,
    error: 'invalid_grant',
    message: (f) =>
      `The user or administrator has not consented to use the application with ID '${f.clientId}' named '${f.appName}'. Send an interactive authorization request for this user and resource.`,
  },
  53003: {
    status: 400,
    error: 'invalid_grant',
    message: () =>
      'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
  },
  70003: {
    status: 400,
    error: 'unsupported_grant_type',
    message: () => 'The app requested an unsupported grant type.',
  },
  70011: {
    status: 400,
    error: 'invalid_scope',
    message: (f) =>
      `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${f.scope} is not valid.`,
  },
  1002012: {
    status: 400,
    error: 'invalid_scope',
    message: (f) =>
      `The provided value for scope ${f.scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
  },
  90033: {
    status: 503,
    error: 'temporarily_unavailable',
    message: () => 'A transient error has occurred. Please try again.',
  },
  90055: {
    status: 429,
    error: 'temporarily_unavailable',
    message: () => 'The server is terminating the request because there have been too many requests.',
  },
  ...playedRefusals,
} satisfies Record<number, Refusal>;

export type RefusalCode = keyof typeof refusals;

export function refusalOf(code: RefusalCode): Refusal {
  return refusals[code];
}
