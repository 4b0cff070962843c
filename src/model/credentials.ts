import {
  type AddressProblem,
  type AddressRules,
  type OrganizationAddress,
  parseOrganizationUrl,
} from './organization.ts';
import { cleanAddress, cleanPasted } from './pasted-text.ts';
import { type Proof, type SecretProblem, secretProblem } from './proof.ts';
import { isAllowed, looksLikeReference, parseReference, type ReferenceProblem } from './secret-reference.ts';

/** Who signs in where: everything but the proof of it. */
export interface Application {
  address: OrganizationAddress;
  /** A GUID, or a domain name of the tenant. */
  tenantId: string;
  clientId: string;
  /** E-mail address or `DOMAIN\user` of the application user. */
  username: string;
}

/** What it takes to connect, server to server. */
export interface Credentials extends Application {
  proof: Proof;
}

/** How an admin gives the proof. `page`: on a page of the bot's own, not in Slack. */
export const signInWays = ['secret', 'certificate', 'reference', 'page'] as const;
export type SignInWay = (typeof signInWays)[number];

/** The inputs of the `credentials` and `validate` modals for an admin who types a secret, in their order. */
export const credentialInputs = [
  'organization_url',
  'tenant_id',
  'client_id',
  'client_secret',
  'username',
] as const;

/** The input that stands in the place of `client_secret`, by the way to sign in. */
export const proofInputs = {
  secret: 'client_secret',
  certificate: 'certificate',
  reference: 'secret_reference',
  page: null,
} as const satisfies Record<SignInWay, string | null>;

export type ProofInput = NonNullable<(typeof proofInputs)[SignInWay]>;
export type CredentialInput = (typeof credentialInputs)[number] | ProofInput;
export type CredentialValues = Record<(typeof credentialInputs)[number], string> &
  Partial<Record<CredentialInput, string>>;

export type InputProblem =
  | AddressProblem
  | SecretProblem
  | ReferenceProblem
  | 'tenant-malformed'
  | 'client-id-malformed'
  | 'username-malformed';

export type CredentialProblems = Partial<Record<CredentialInput, InputProblem>>;

export interface CredentialRules extends AddressRules {
  /** References that admins may use: see `isAllowed`. */
  references?: readonly string[] | undefined;
}

const guid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const domain = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/i;
const email =
  /^(?=.{3,254}$)[^\s@\\/"<>()[\],;:.]+(\.[^\s@\\/"<>()[\],;:.]+)*@([\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]*\p{L}$/u;
const domainUser = /^[^\s\\/"<>()[\],;:|=+*?@]+\\[^\s\\/"<>()[\],;:|=+*?@]+$/;

type Parsed<T> = T | { problems: CredentialProblems };

/** Checks the formats of what was typed; asks nobody. */
export function parseCredentials(
  typed: CredentialValues,
  rules: CredentialRules,
  way: Exclude<SignInWay, 'page'> = 'secret',
): Parsed<{ credentials: Credentials }> {
  const parsed = parseApplication(typed, rules);
  const input = proofInputs[way];
  const proof = parseProof(cleanPasted(typed[input] ?? ''), way, rules.references ?? []);
  const problems = {
    ...('problems' in parsed ? parsed.problems : {}),
    ...problemOf(input, 'problem' in proof ? proof.problem : null),
  };
  if ('problems' in parsed || 'problem' in proof) return { problems };
  return { credentials: { ...parsed.application, proof } };
}

/** The same without the proof, for those who give it elsewhere. */
export function parseApplication(
  typed: CredentialValues,
  rules: AddressRules,
): Parsed<{ application: Application }> {
  const values = {
    tenantId: cleanId(typed.tenant_id),
    clientId: cleanId(typed.client_id),
    username: cleanAddress(typed.username),
  };
  const address = parseOrganizationUrl(typed.organization_url, rules);
  const problems: CredentialProblems = {
    ...problemOf('organization_url', 'problem' in address ? address.problem : null),
    ...problemOf('tenant_id', tenantProblem(values.tenantId)),
    ...problemOf('client_id', clientIdProblem(values.clientId)),
    ...problemOf('username', usernameProblem(values.username)),
  };
  if ('problem' in address || Object.keys(problems).length > 0) return { problems };
  return { application: { address, ...values } };
}

/** A reference means the same in the secret's own input: it is never sent as a secret. */
function parseProof(
  text: string,
  way: Exclude<SignInWay, 'page'>,
  allowed: readonly string[],
): Proof | { problem: InputProblem } {
  if (text === '') return { problem: 'empty' };
  if (way === 'secret' && !looksLikeReference(text)) {
    const problem = secretProblem(text);
    return problem ? { problem } : { kind: 'secret', secret: text };
  }
  const reference = parseReference(text);
  if (!reference) return { problem: 'reference-malformed' };
  if (!isAllowed(reference, allowed)) return { problem: 'reference-not-allowed' };
  return { kind: 'reference', reference, ...(way === 'certificate' ? { expects: 'certificate' } : {}) };
}

/** Ids are also shown in braces. */
function cleanId(text: string): string {
  return cleanAddress(text)
    .replace(/^\{(.*)\}$/, '$1')
    .toLowerCase();
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

function usernameProblem(value: string): InputProblem | null {
  if (value === '') return 'empty';
  return email.test(value) || domainUser.test(value) ? null : 'username-malformed';
}
