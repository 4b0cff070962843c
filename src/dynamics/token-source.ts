import { type AuthenticationResult, ConfidentialClientApplication } from '@azure/msal-node';
import type { Clock } from '../lib/clock.ts';
import type { Credentials } from '../model/credentials.ts';
import { dynamicsError } from './dynamics-error.ts';
import { entraError } from './entra-error.ts';
import { createEntraNetwork, type EntraNetwork } from './entra-network.ts';
import type { HttpClient } from './http-client.ts';
import { networkError } from './network-error.ts';

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
  credentials: Credentials;
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

async function fetchToken({ credentials, http, clock, life }: TokenSourceDeps): Promise<Held> {
  const network = createEntraNetwork(http, life);
  let result: AuthenticationResult | null;
  try {
    result = await createApplication(credentials, network).acquireTokenByClientCredential({
      scopes: [`${credentials.address.origin}/.default`],
    });
  } catch (thrown) {
    life.throwIfAborted();
    throw signInError(thrown, network, credentials, clock.now());
  }
  if (!result?.accessToken) {
    // msal takes a refusal without `error` for a success.
    const answer = network.lastAnswer();
    if (answer && answer.status >= 400) throw entraError(answer, credentials, clock.now());
    throw dynamicsError('sign-in-failed', 'Entra ID answered without a token', {
      recovery: 'ask-admin',
      details: { tenant: credentials.tenantId, client: credentials.clientId },
      original: `HTTP ${answer?.status ?? '-'}`,
      requestId: answer?.headers['x-ms-request-id'],
    });
  }
  const ends = result.expiresOn?.getTime() ?? clock.now();
  return { token: result.accessToken, usableUntil: ends - marginMs };
}

function signInError(thrown: unknown, network: EntraNetwork, credentials: Credentials, now: number): Error {
  const onTheWay = network.lastThrown();
  if (onTheWay !== undefined) return networkError(onTheWay, new URL(credentials.address.authority).host);
  const answer = network.lastAnswer();
  if (answer) return entraError(answer, credentials, now);
  const code = thrown instanceof Error && 'errorCode' in thrown ? String(thrown.errorCode) : undefined;
  return dynamicsError('sign-in-failed', 'The sign-in could not be asked for', {
    recovery: 'ask-admin',
    original: code,
    cause: thrown,
  });
}

/**
 * A new application for each token: its own cache and its own throttling, which goes on for a minute after the
 * other side has recovered, would only get in the way. With its metadata given, msal asks nothing but the token.
 */
function createApplication(credentials: Credentials, network: EntraNetwork): ConfidentialClientApplication {
  const { address, tenantId, clientId, clientSecret } = credentials;
  const base = `${address.authority}/${tenantId}`;
  return new ConfidentialClientApplication({
    auth: {
      clientId,
      clientSecret,
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
