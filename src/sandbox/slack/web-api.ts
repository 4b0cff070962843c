import type { Clock } from '../../lib/clock.ts';
import { ApiError } from './api-error.ts';
import { COVERAGE } from './coverage.ts';
import type { Fault, Faults } from './fault-list.ts';
import type { Json } from './page-api.ts';
import { type Methods, readArguments } from './web-arguments.ts';

/** One call the app made, or one answer of its that Slack could not use (`method` then starts with `ack:`). */
export interface Call {
  method: string;
  /** Without the token. */
  args: Json;
  ok: boolean;
  error?: string;
  /** Slack's words on what is wrong, naming the JSON pointer. */
  messages?: string[];
  /** Milliseconds since 1970. */
  at: number;
}

/** A request and its answer, apart from any HTTP server. */
export interface WebRequest {
  method: string;
  query: URLSearchParams;
  body: string;
  contentType: string;
  authorization: string;
}
export interface WebAnswer {
  status: number;
  headers: Record<string, string>;
  body: Json;
}

export interface WebApiOptions {
  methods: Methods;
  faults: Faults;
  clock: Clock;
  botToken: string;
  appToken: string;
  /** The scopes the app was granted; without them nothing is refused for a scope. */
  scopes: string[] | undefined;
  log(call: Call): void;
}

/** No status of HTTP: the connection ends without an answer. */
export const TORN_OFF = 0;

function played(fault: Fault): WebAnswer | undefined {
  const { error, status, retryAfter, tornOff } = fault;
  if (tornOff) return { status: TORN_OFF, headers: {}, body: { ok: false, error: 'connection_failed' } };
  if (retryAfter !== undefined)
    return {
      status: 429,
      headers: { 'retry-after': String(retryAfter) },
      body: { ok: false, error: 'ratelimited' },
    };
  if (status !== undefined)
    return { status, headers: {}, body: { ok: false, error: error ?? 'internal_error' } };
  if (error !== undefined) return { status: 200, headers: {}, body: { ok: false, error } };
  return undefined;
}

/** The router of `POST|GET /api/<method>`: token, scope and coverage before, the log after. */
export function createWebApi({ methods, faults, clock, botToken, appToken, scopes, log }: WebApiOptions) {
  const authorize = (method: string, token: string): void => {
    const coverage = Object.hasOwn(COVERAGE, method) ? COVERAGE[method] : undefined;
    if (!coverage?.supported) throw new ApiError('unknown_method', { req_method: method });
    if (method === 'api.test' || method === 'blocks.validate') return;
    if (token === '') throw new ApiError('not_authed');
    if (token !== botToken && token !== appToken) throw new ApiError('invalid_auth');
    if (token !== (coverage.token === 'app' ? appToken : botToken))
      throw new ApiError('not_allowed_token_type');
    const needed = coverage.token === 'app' ? undefined : coverage.scope;
    if (needed && scopes && !scopes.includes(needed))
      throw new ApiError('missing_scope', { needed, provided: scopes.join(',') });
  };

  const answer = async (request: WebRequest, args: Json): Promise<Json> => {
    const bearer = /^Bearer\s+(.+)$/i.exec(request.authorization)?.[1];
    const token = bearer ?? (typeof args.token === 'string' ? args.token : '');
    authorize(request.method, token);
    const method = methods[request.method];
    if (!method) throw new ApiError('unknown_method', { req_method: request.method });
    return { ok: true, ...(await method(args)) };
  };

  return async (request: WebRequest): Promise<WebAnswer> => {
    let args: Json = {};
    const record = (body: Json) => {
      const { token: _, ...rest } = args;
      const metadata = body.response_metadata as { messages?: string[] } | undefined;
      log({
        method: request.method,
        args: rest,
        ok: body.ok === true,
        ...(typeof body.error === 'string' && { error: body.error }),
        ...(metadata?.messages && { messages: metadata.messages }),
        at: clock.now(),
      });
    };
    const fault = faults.take(request.method);
    if (fault?.delayMs) await clock.sleep(fault.delayMs);
    let result: WebAnswer = { status: 200, headers: {}, body: {} };
    try {
      args = readArguments(request.query, request.body, request.contentType);
      result = (fault && played(fault)) ?? { ...result, body: await answer(request, args) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      result.body = { ok: false, error: error.code, ...error.details };
    }
    record(result.body);
    return {
      ...result,
      headers: { ...result.headers, ...(scopes && { 'x-oauth-scopes': scopes.join(',') }) },
    };
  };
}
