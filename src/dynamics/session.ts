import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import type { Credentials } from '../model/credentials.ts';
import { createHttpClient, type HttpClient } from './http-client.ts';
import type { Limits } from './limits.ts';
import { createRetrying, type Retrying } from './retrying.ts';
import { createTokenSource, type TokenSource } from './token-source.ts';
import { createWebApi, type WebApi } from './web-api.ts';

/** Everything one set of credentials needs to talk to Dynamics: one pool, one token. */
export interface Session {
  credentials: Credentials;
  http: HttpClient;
  tokens: TokenSource;
  retrying: Retrying;
  api: WebApi;
  /** Aborted by `close`. */
  life: AbortSignal;
  close(): Promise<void>;
}

export interface SessionDeps {
  log: Logger;
  clock: Clock;
  limits: Limits;
  random?: () => number;
}

export function openSession(credentials: Credentials, deps: SessionDeps): Session {
  const { clock, limits } = deps;
  const { origin } = credentials.address;
  const log = deps.log.child({ organization: origin });
  const ending = new AbortController();
  const life = ending.signal;
  const http = createHttpClient(limits);
  const tokens = createTokenSource({ credentials, http, clock, life });
  const retrying = createRetrying({ ...deps, log });
  const api = createWebApi({ origin, http, tokens, retrying, clock, log, life });
  let closing: Promise<void> | null = null;

  function close(): Promise<void> {
    ending.abort(new DOMException('The connection to Dynamics was closed', 'AbortError'));
    closing ??= http.close();
    return closing;
  }

  return { credentials, http, tokens, retrying, api, life, close };
}
