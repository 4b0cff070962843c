import { type Details, type FaultText, named } from '../fault-text.ts';

const secrets = 'Microsoft Entra admin center > App registrations > your app > Certificates & secrets';
const overview = 'Microsoft Entra admin center > App registrations > your app > Overview';
const tryLater = 'Try again in a few minutes.';

/** Faults on the way to the organization and while signing in. */
export const signInFaults = {
  'host-unknown': {
    cause: (d: Details) => `No server was found${named(' at ', d.host)}.`,
    remedy: () =>
      'Check the spelling of the organization URL in Power Platform admin center > Environments > Environment URL.',
  },
  'connection-failed': {
    cause: (d: Details) => `The connection${named(' to ', d.host)} failed.`,
    remedy: () =>
      'Try again. If the problem persists, ask your network team whether this server may reach it over HTTPS.',
  },
  'tls-untrusted': {
    cause: (d: Details) => `The certificate${named(' of ', d.host)} is not trusted.`,
    remedy: () =>
      'If your network inspects traffic, ask the operator of this app to add its certificate authority (NODE_EXTRA_CA_CERTS).',
  },
  'timed-out': {
    cause: (d: Details) => `There was no answer in time${named(' from ', d.host)}.`,
    remedy: () => tryLater,
  },
  'not-dynamics': {
    cause: (d: Details) => `The server answers, but it is not Dynamics 365${named(': ', d.host)}.`,
    remedy: () => 'Copy the Environment URL from Power Platform admin center > Environments.',
  },
  'foreign-link': {
    cause: () => 'Dynamics 365 answered with a link to another server. It was not followed.',
    remedy: () => 'Check whether a proxy changes the answers, then try again.',
  },
  'answer-malformed': {
    cause: () => 'The answer could not be read.',
    remedy: () => `${tryLater} If the problem persists, send the line below to support.`,
  },
  'secret-wrong': {
    cause: () => 'The client secret is wrong.',
    remedy: () => `Copy the Value, not the Secret ID, or create a new secret: ${secrets}.`,
  },
  'secret-is-id': {
    cause: () => 'This is the Secret ID, not the value of the secret.',
    remedy: () =>
      `Entra shows the value only once. If you no longer have it, create a new secret: ${secrets}.`,
  },
  'secret-expired': {
    cause: () => 'The client secret has expired.',
    remedy: () => `Create a new secret and enter its value here: ${secrets}.`,
  },
  'app-unknown': {
    cause: () => 'This tenant has no application with this ID.',
    remedy: () => `Compare both the application (client) ID and the directory (tenant) ID with ${overview}.`,
  },
  'tenant-unknown': {
    cause: (d: Details) => `The tenant${named(' ', d.tenant)} was not found.`,
    remedy: () => `Copy the directory (tenant) ID from ${overview}.`,
  },
  'tenant-malformed': {
    cause: () => 'The directory (tenant) ID has a wrong format.',
    remedy: () => `Copy the directory (tenant) ID from ${overview}.`,
  },
  'cloud-wrong': {
    cause: () => 'The tenant belongs to another Microsoft cloud than the organization URL.',
    remedy: () =>
      'Use the tenant ID and the URL of the same cloud: worldwide, US Government or China. If both are right, ask the operator of this app to set AZURE_AUTHORITY_HOST.',
  },
  'organization-not-in-tenant': {
    cause: () => 'The organization does not belong to this tenant.',
    remedy: () => `Check the organization URL, and the directory (tenant) ID in ${overview}.`,
  },
  'consent-missing': {
    cause: () => 'The application has not been given consent in this tenant.',
    remedy: () =>
      'In Microsoft Entra admin center > App registrations > your app > API permissions, click "Grant admin consent".',
  },
  'sign-in-blocked': {
    cause: () => 'A policy of your company blocks this sign-in.',
    remedy: () =>
      'Ask your Entra administrator to allow the application in Entra ID > Conditional Access. The sign-in logs name the policy.',
  },
  'sign-in-throttled': {
    cause: () => 'Microsoft Entra ID is refusing sign-ins for a while: there were too many.',
    remedy: () => tryLater,
  },
  'sign-in-failed': {
    cause: () => 'Microsoft Entra ID refused the sign-in.',
    remedy: () => `Compare the IDs with ${overview}. If they are right, send the line below to support.`,
  },
  'token-refused': {
    cause: () => 'The sign-in worked, but Dynamics 365 did not accept it.',
    remedy: () => 'Check that the organization URL and the tenant belong together, then try again.',
  },
} satisfies Record<string, FaultText>;
