import { type AuthenticationResult, ConfidentialClientApplication } from '@azure/msal-node';
import type { Clock } from '../lib/clock.ts';
import type { AppError } from '../lib/errors.ts';
import type { Application } from '../model/credentials.ts';
import { dynamicsError } from './dynamics-error.ts';
import { entraError } from './entra-error.ts';
import { createEntraNetwork, type EntraNetwork } from './entra-network.ts';
import type { HttpClient } from './http-client.ts';
import { networkError } from './network-error.ts';
import type { ProofMaterial } from './proof-material.ts';

/** A token is renewed this long before it ends, so that none ends on its way. */
const marginMs = 5 * 60_000;

/** The access token of one connection. */
export interface TokenSource {
  /**
   * The token in hand, or a new one. Whoever asks while one is being fetched gets that one.
   * @param stale a token that Dataverse has refused: it is not given out again.
   */
  token(signal: AbortSignal, stale?: string): Promise<string>;
}

export interface TokenSourceDeps {
  application: Application;
  /** Read anew for each token. */
  readProof: () => Promise<ProofMaterial>;
  /** Origin of the API the token is for. */
  resource: string;
  http: HttpClient;
  clock: Clock;
  /** Ends the request in flight, which belongs to no single caller. */
  life: AbortSignal;
}

interface Held {
  token: string;
  usableUntil: number;
}

export function createTokenSource(deps: TokenSourceDeps): TokenSource {
  let held: Held | null = null;
  let pending: Promise<Held> | null = null;

  function fetchOnce(): Promise<Held> {
    pending ??= fetchToken(deps)
      .then((fresh) => {
        held = fresh;
        return fresh;
      })
      .finally(() => {
        pending = null;
      });
    return pending;
  }

  async function token(signal: AbortSignal, stale?: string): Promise<string> {
    if (held && held.token !== stale && deps.clock.now() < held.usableUntil) return held.token;
    const fresh = await untilAborted(fetchOnce(), signal);
    return fresh.token;
  }

  return { token };
}

async function fetchToken(deps: TokenSourceDeps): Promise<Held> {
  const { application, resource, http, clock, life } = deps;
  const proof = await deps.readProof();
  const attempt: Attempt = { application, proof, network: createEntraNetwork(http, life), now: clock.now() };
  let result: AuthenticationResult | null;
  try {
    result = await createClient(attempt).acquireTokenByClientCredential({ scopes: [`${resource}/.default`] });
  } catch (thrown) {
    life.throwIfAborted();
    throw signInError(thrown, attempt);
  }
  if (!result?.accessToken) throw noToken(attempt);
  const ends = result.expiresOn?.getTime() ?? clock.now();
  const lifetime = ends - clock.now();
  // One that lives no longer than that from the start is used for half of its life: not a new one for each request.
  const margin = lifetime > marginMs ? marginMs : lifetime / 2;
  return { token: result.accessToken, usableUntil: ends - margin };
}

interface Attempt {
  application: Application;
  proof: ProofMaterial;
  network: EntraNetwork;
  now: number;
}

/** msal takes a refusal without `error` for a success, and so it does an empty token. */
function noToken({ application, proof, network, now }: Attempt): AppError {
  const answer = network.lastAnswer();
  if (answer && answer.status >= 400) return entraError(answer, { application, proof, now });
  return dynamicsError('token-empty', 'Entra ID answered without a token', {
    recovery: 'retry',
    details: { tenant: application.tenantId, client: application.clientId },
    original: `HTTP ${answer?.status ?? '-'}`,
    requestId: answer?.headers['x-ms-request-id'],
  });
}

function signInError(thrown: unknown, { application, proof, network, now }: Attempt): AppError {
  const onTheWay = network.lastThrown();
  if (onTheWay !== undefined) return networkError(onTheWay, new URL(application.address.authority).host);
  const answer = network.lastAnswer();
  if (answer) return entraError(answer, { application, proof, now });
  const code = thrown instanceof Error && 'errorCode' in thrown ? String(thrown.errorCode) : undefined;
  return dynamicsError('sign-in-failed', 'The sign-in could not be asked for', {
    recovery: 'ask-admin',
    original: code,
    // Not its cause: msal may quote what it was given.
  });
}

/**
 * A new client for each token: its own cache and its own throttling, which goes on for a minute after the other
 * side has recovered, would only get in the way. With its metadata given, msal asks nothing but the token.
 */
function createClient({ application, proof, network }: Attempt): ConfidentialClientApplication {
  const { address, tenantId, clientId } = application;
  const base = `${address.authority}/${tenantId}`;
  return new ConfidentialClientApplication({
    auth: {
      clientId,
      ...credentialOf(proof),
      authority: base,
      knownAuthorities: [new URL(address.authority).host],
      authorityMetadata: JSON.stringify({
        issuer: `${base}/v2.0`,
        authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
        token_endpoint: `${base}/oauth2/v2.0/token`,
        jwks_uri: `${base}/discovery/v2.0/keys`,
      }),
    },
    system: { networkClient: network },
  });
}

function credentialOf(proof: ProofMaterial) {
  if (proof.kind === 'secret') return { clientSecret: proof.secret };
  const { thumbprint, privateKey, chain } = proof;
  return { clientCertificate: { thumbprintSha256: thumbprint, privateKey, x5c: chain } };
}

/** The caller stops waiting; what it waited for goes on for the others. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    promise.catch(() => {});
    return Promise.reject(signal.reason);
  }
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
