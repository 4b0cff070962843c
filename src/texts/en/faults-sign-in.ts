import { type Details, type FaultText, named } from '../fault-text.ts';

const app = 'Microsoft Entra admin center > App registrations > your app';
const overview = `${app} > Overview`;
const enterprise = 'Microsoft Entra admin center > Enterprise applications';
const users = 'Microsoft Entra admin center > Users';
const tryLater = 'Try again in a few minutes.';

/** Which tenant the organization itself names, where it is another one than was entered. */
const home = (d: Details): string =>
  named('The organization says that it belongs to the tenant ', d.homeTenant, '. ');

/** Faults while signing in to Entra ID; what the application proves itself with has texts of its own. */
export const signInFaults = {
  'app-unknown': {
    cause: () => 'This tenant has no application with this ID.',
    remedy: (d: Details) =>
      `${home(d)}Compare both the application (client) ID and the directory (tenant) ID with ${overview}.`,
  },
  'app-disabled': {
    cause: () => 'The application is disabled in this tenant.',
    remedy: () => `Enable it: ${enterprise} > your app > Properties > Enabled for users to sign in.`,
  },
  'app-not-installed': {
    cause: () => 'The application is not installed in this tenant: it has no service principal there.',
    remedy: (d: Details) =>
      `${home(d)}Grant it admin consent in the tenant of the organization (${app} > API permissions), or enter that tenant's own application.`,
  },
  'tenant-unknown': {
    cause: (d: Details) => `The tenant${named(' ', d.tenant)} was not found.`,
    remedy: (d: Details) => `${home(d)}Copy the directory (tenant) ID from ${overview}.`,
  },
  'tenant-malformed': {
    cause: () => 'The directory (tenant) ID has a wrong format.',
    remedy: (d: Details) => `${home(d)}Copy the directory (tenant) ID from ${overview}.`,
  },
  'cloud-wrong': {
    cause: () => 'The tenant belongs to another Microsoft cloud than the organization URL.',
    remedy: () =>
      'Use the tenant ID and the URL of the same cloud: worldwide, US Government or China. If both are right, ask the operator of this app to set AZURE_AUTHORITY_HOST.',
  },
  'organization-not-in-tenant': {
    cause: (d: Details) => `The organization${named(' ', d.host)} does not belong to this tenant.`,
    remedy: (d: Details) =>
      `${home(d)}Check the organization URL, and the directory (tenant) ID in ${overview}.`,
  },
  'consent-missing': {
    cause: () => 'The application has not been given consent in this tenant.',
    remedy: () => `In ${app} > API permissions, click "Grant admin consent".`,
  },
  'service-missing': {
    cause: () => 'This tenant has no Dynamics 365 or Power Platform service.',
    remedy: () =>
      `Check the directory (tenant) ID in ${overview}, and the licenses in Microsoft 365 admin center > Billing.`,
  },
  'sign-in-blocked': {
    cause: () => 'A policy of your company blocks this sign-in.',
    remedy: () =>
      'Ask your Entra administrator to allow the application in Entra ID > Conditional Access. The sign-in logs name the policy.',
  },
  'account-unknown': {
    cause: () => 'Microsoft Entra ID does not know this account in the tenant.',
    remedy: () => `Compare the directory (tenant) ID with ${overview}, and look for the account in ${users}.`,
  },
  'account-locked': {
    cause: () => 'The account is locked: there were too many failed sign-ins, or one looked suspicious.',
    remedy: () => 'Wait an hour and try again, or ask your Entra administrator: the sign-in logs say why.',
  },
  'account-disabled': {
    cause: () => 'The account is disabled in Microsoft Entra ID.',
    remedy: () => `Enable it in ${users}, or ${enterprise}.`,
  },
  'sign-in-throttled': {
    cause: () => 'Microsoft Entra ID is refusing sign-ins for a while: there were too many.',
    remedy: () => tryLater,
  },
  'sign-in-unavailable': {
    cause: () => 'Microsoft Entra ID is not available at the moment.',
    remedy: () => `${tryLater} Microsoft 365 admin center > Service health shows known problems.`,
  },
  'sign-in-failed': {
    cause: () => 'Microsoft Entra ID refused the sign-in.',
    remedy: () => `Compare the IDs with ${overview}. If they are right, send the line below to support.`,
  },
  'token-empty': {
    cause: () => 'Microsoft Entra ID accepted the sign-in, but gave no access token.',
    remedy: () => `${tryLater} If the problem persists, send the line below to support.`,
  },
  'not-entra': {
    cause: (d: Details) => `Something other than Microsoft Entra ID answered${named(' at ', d.host)}.`,
    remedy: () =>
      'Ask your network team whether a proxy answers in its place, for instance with a sign-in page.',
  },
  'token-refused': {
    cause: () => 'The sign-in worked, but Dynamics 365 did not accept it.',
    remedy: () => 'Check that the organization URL and the tenant belong together, then try again.',
  },
} satisfies Record<string, FaultText>;
