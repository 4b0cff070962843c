import { createHash, X509Certificate } from 'node:crypto';
import type { Answer } from './answer.ts';
import type { Directory, EntraApp } from './directory.ts';
import type { TokenCheck } from './tokens.ts';

/** What never expires has a far date in Graph. */
const never = Date.parse('2299-12-31T00:00:00Z');

export interface GraphRequest {
  /** `applications(appId='…')`. */
  path: string;
  token: TokenCheck;
  /** Its own origin, which tokens for it are issued for. */
  origin: string;
}

/**
 * The part of Microsoft Graph that tells an app about its own secrets ("Get application", by `appId`): their first
 * three characters and when they end. Without the permission it refuses.
 */
export function answerGraph(directory: Directory, { path, token, origin }: GraphRequest): Answer {
  if (token.kind !== 'valid' || token.claims.resource !== origin) {
    return refuseGraph(401, 'InvalidAuthenticationToken', 'Access token is empty or not valid.');
  }
  const [, appId] = /^applications\(appId='([0-9a-f-]{36})'\)$/i.exec(path) ?? [];
  if (appId === undefined)
    return refuseGraph(501, 'NotImplemented', `The sandbox does not simulate "${path}".`);
  const { tenantId, clientId } = token.claims;
  const tenant = directory.findTenant(tenantId);
  const caller = tenant && directory.findApp(tenant, clientId);
  if (!caller?.mayReadItself) {
    return refuseGraph(
      403,
      'Authorization_RequestDenied',
      'Insufficient privileges to complete the operation.',
    );
  }
  const app = tenant && directory.findApp(tenant, appId);
  if (!app) return refuseGraph(404, 'Request_ResourceNotFound', `Resource '${appId}' does not exist.`);
  return { status: 200, body: describeApp(app) };
}

function describeApp({ secrets, certificates = [] }: EntraApp): object {
  return {
    passwordCredentials: secrets.map(({ id, value, expiresAt = never }) => ({
      keyId: id,
      displayName: 'Sandbox',
      hint: value.slice(0, 3),
      endDateTime: new Date(expiresAt).toISOString(),
      secretText: null,
    })),
    keyCredentials: certificates.map((pem) => {
      const { raw, validToDate } = new X509Certificate(pem);
      const customKeyIdentifier = createHash('sha1').update(raw).digest('hex').toUpperCase();
      return { customKeyIdentifier, type: 'AsymmetricX509Cert', endDateTime: validToDate.toISOString() };
    }),
  };
}

function refuseGraph(status: number, code: string, message: string): Answer {
  return { status, body: { error: { code, message } } };
}
