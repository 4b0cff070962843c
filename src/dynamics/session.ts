import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import type { Credentials } from '../model/credentials.ts';
import type { SecretReader } from '../ports/secret-reader.ts';
import { dynamicsError } from './dynamics-error.ts';
import { createHttpClient, type HttpClient } from './http-client.ts';
import type { Limits } from './limits.ts';
import { type ProofMaterial, readProof } from './proof-material.ts';
import { createRetrying, type Retrying } from './retrying.ts';
import { createThrottle, type Throttle } from './throttle.ts';
import { createTokenSource, type TokenSource } from './token-source.ts';
import { createWebApi, type WebApi } from './web-api.ts';

/** Everything one set of credentials needs to talk to Dynamics: one pool, one token. */
export interface Session {
  credentials: Credentials;
  http: HttpClient;
  /** Of the organization. */
  tokens: TokenSource;
  /** Of another API of the same cloud. */
  tokensFor(resource: string): TokenSource;
  /** What the application signs in with, as it is now. */
  readProof(): Promise<ProofMaterial>;
  retrying: Retrying;
  api: WebApi;
  throttle: Throttle;
  /** Aborted by `close`. */
  life: AbortSignal;
  close(): Promise<void>;
}

export interface SessionDeps {
  log: Logger;
  clock: Clock;
  limits: Limits;
  /** Needed where credentials refer to a secret that the operator holds. */
  secrets?: SecretReader | undefined;
  random?: () => number;
}

const noSecrets: SecretReader = {
  read: (reference) =>
    Promise.reject(
      dynamicsError('reference-refused', 'Nobody reads secrets here', {
        recovery: 'ask-admin',
        details: { reference },
      }),
    ),
};

export function openSession(credentials: Credentials, deps: SessionDeps): Session {
  const { clock, limits } = deps;
  const { origin } = credentials.address;
  const log = deps.log.child({ organization: origin });
  const ending = new AbortController();
  const life = ending.signal;
  const http = createHttpClient(limits);
  const { proof, ...application } = credentials;
  const { secrets = noSecrets } = deps;
  const material = () => readProof(proof, secrets, clock.now());
  const tokensFor = (resource: string) =>
    createTokenSource({ application, readProof: material, resource, http, clock, life });
  const tokens = tokensFor(origin);
  const retrying = createRetrying({ ...deps, log });
  const throttle = createThrottle({ clock });
  const api = createWebApi({ origin, http, tokens, retrying, throttle, clock, log, life });
  let closing: Promise<void> | null = null;

  function close(): Promise<void> {
    ending.abort(new DOMException('The connection to Dynamics was closed', 'AbortError'));
    closing ??= http.close();
    return closing;
  }

  return { credentials, http, tokens, tokensFor, readProof: material, retrying, throttle, api, life, close };
}
