import { checkAssertion } from './assertion.ts';
import type { Directory, EntraApp, EntraTenant } from './directory.ts';
import { isTenantName } from './directory.ts';
import type { RefusalFacts } from './refusal.ts';
import type { RefusalCode } from './refusals.ts';

export type Grant =
  | { kind: 'granted'; tenant: EntraTenant; app: EntraApp; resource: string }
  | { kind: 'refused'; code: RefusalCode; facts: RefusalFacts };

type Credential = (app: EntraApp, form: URLSearchParams, now: number) => RefusalCode | undefined;

/** The ways an app can prove itself, by the form field that carries the proof. */
const credentials: [field: string, check: Credential][] = [
  ['client_secret', checkSecret],
  ['client_assertion', checkAssertion],
];

/** Decides a client credentials request, in the order in which Entra complains. */
export function decideGrant(
  directory: Directory,
  tenantName: string,
  form: URLSearchParams,
  now: number,
): Grant {
  const clientId = form.get('client_id') ?? '';
  const scope = form.get('scope') ?? '';
  const resource = scope.replace(/\/\.default$/, '').replace(/\/+$/, '');
  const facts = { tenant: tenantName, clientId, appName: '', resource, scope };
  const refuse = (code: RefusalCode): Grant => ({ kind: 'refused', code, facts });

  if (!isTenantName(tenantName)) return refuse(900023);
  const tenant = directory.findTenant(tenantName);
  if (!tenant) return refuse(90002);
  if (!form.get('grant_type') || clientId === '' || scope === '') return refuse(900144);
  if (form.get('grant_type') !== 'client_credentials') return refuse(70003);
  const app = directory.findApp(tenant, clientId);
  if (!app) return refuse(700016);
  facts.appName = app.name;
  if (app.disabled) return refuse(7000112);
  if (!scope.endsWith('/.default')) return refuse(1002012);
  const credential = credentials.find(([field]) => form.has(field));
  const fault = credential ? credential[1](app, form, now) : 7000218;
  if (fault !== undefined) return refuse(fault);
  if (!directory.hasResource(tenant.id, resource)) return refuse(500011);
  return { kind: 'granted', tenant, app, resource };
}

function checkSecret(app: EntraApp, form: URLSearchParams, now: number): RefusalCode | undefined {
  const secret = app.secrets.find(({ value }) => value === form.get('client_secret'));
  if (!secret) return 7000215;
  return secret.expiresAt !== undefined && secret.expiresAt <= now ? 7000222 : undefined;
}
