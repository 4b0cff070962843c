import {
  type AddressProblem,
  type AddressRules,
  cleanPasted,
  type OrganizationAddress,
  parseOrganizationUrl,
} from './organization.ts';

/** What an admin types to connect: server to server, by client secret. */
export interface Credentials {
  address: OrganizationAddress;
  /** A GUID, or a domain name of the tenant. */
  tenantId: string;
  clientId: string;
  clientSecret: string;
  /** E-mail address or `DOMAIN\user` of the application user. */
  username: string;
}

/** The inputs of the `credentials` and `validate` modals, in their order. */
export const credentialInputs = [
  'organization_url',
  'tenant_id',
  'client_id',
  'client_secret',
  'username',
] as const;

export type CredentialInput = (typeof credentialInputs)[number];
export type CredentialValues = Record<CredentialInput, string>;

export type InputProblem =
  | AddressProblem
  | 'tenant-malformed'
  | 'client-id-malformed'
  | 'secret-has-spaces'
  | 'username-malformed';

export type CredentialProblems = Partial<Record<CredentialInput, InputProblem>>;

const guid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const domain = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i;
const email = /^[^\s@\\/"<>()[\],;:]+@[^\s@\\/"<>()[\],;:.]+(\.[^\s@\\/"<>()[\],;:.]+)+$/;
const domainUser = /^[^\s\\/"<>()[\],;:|=+*?@]+\\[^\s\\/"<>()[\],;:|=+*?@]+$/;

/** Checks the formats of what was typed; asks nobody. */
export function parseCredentials(
  typed: CredentialValues,
  rules: AddressRules,
): { credentials: Credentials } | { problems: CredentialProblems } {
  const values = {
    tenantId: cleanPasted(typed.tenant_id).toLowerCase(),
    clientId: cleanPasted(typed.client_id).toLowerCase(),
    clientSecret: cleanPasted(typed.client_secret),
    username: cleanPasted(typed.username),
  };
  const address = parseOrganizationUrl(typed.organization_url, rules);
  const problems: CredentialProblems = {
    ...('problem' in address ? { organization_url: address.problem } : {}),
    ...problemOf('tenant_id', tenantProblem(values.tenantId)),
    ...problemOf('client_id', clientIdProblem(values.clientId)),
    ...problemOf('client_secret', secretProblem(values.clientSecret)),
    ...problemOf('username', usernameProblem(values.username)),
  };
  if ('problem' in address || Object.keys(problems).length > 0) return { problems };
  return { credentials: { address, ...values } };
}

function problemOf(input: CredentialInput, problem: InputProblem | null): CredentialProblems {
  return problem ? { [input]: problem } : {};
}

function tenantProblem(value: string): InputProblem | null {
  if (value === '') return 'empty';
  return guid.test(value) || domain.test(value) ? null : 'tenant-malformed';
}

function clientIdProblem(value: string): InputProblem | null {
  if (value === '') return 'empty';
  return guid.test(value) ? null : 'client-id-malformed';
}

function secretProblem(value: string): InputProblem | null {
  if (value === '') return 'empty';
  return /\s/.test(value) ? 'secret-has-spaces' : null;
}

/** Entra ID shows a secret's id beside its value, and the id is what people copy: it is a GUID, a value never is. */
export function looksLikeSecretId(secret: string): boolean {
  return guid.test(secret);
}

function usernameProblem(value: string): InputProblem | null {
  if (value === '') return 'empty';
  return email.test(value) || domainUser.test(value) ? null : 'username-malformed';
}
