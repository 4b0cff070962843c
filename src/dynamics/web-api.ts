import type { z } from 'zod';
import type { Clock } from '../lib/clock.ts';
import { AppError } from '../lib/errors.ts';
import type { Logger } from '../lib/log.ts';
import { dataverseError, requestIdOf } from './dataverse-error.ts';
import { dynamicsError } from './dynamics-error.ts';
import type { HttpAnswer, HttpClient } from './http-client.ts';
import { localPath } from './local-path.ts';
import { isOddAnswer } from './refusal.ts';
import type { Retrying } from './retrying.ts';
import type { Paced, Throttle } from './throttle.ts';
import type { TokenSource } from './token-source.ts';

export interface GetOptions {
  signal: AbortSignal;
  prefer?: string | undefined;
  /** Numbers that JavaScript cannot hold come as strings. */
  exactNumbers?: boolean;
  /** `/$count` answers with text. */
  text?: boolean;
  /** Metadata is cached for half a minute; an admin who has just changed it wants to see that. */
  fresh?: boolean;
  /** Logical name, for the fault. */
  entity?: string;
  /** What the caller does something about, so that the same is not asked again. */
  isLeft?: (thrown: unknown) => boolean;
  /** Called with the time of a good answer by the other side's clock, in milliseconds, where it says it. */
  onServerTime?: (time: number) => void;
}

/** Reading from one organization's Web API, signed in. */
export interface WebApi {
  /** Of the organization; links of other origins are refused. */
  origin: string;
  /**
   * @param target a path below the Web API's root (`WhoAmI`), or a link of an answer.
   * @throws AppError for everything but a good answer in JSON.
   */
  get(target: string, options: GetOptions): Promise<Buffer>;
  getJson<T>(target: string, schema: z.ZodType<T>, options: GetOptions): Promise<T>;
}

export interface WebApiDeps {
  origin: string;
  http: HttpClient;
  tokens: TokenSource;
  retrying: Retrying;
  throttle: Throttle;
  clock: Clock;
  log: Logger;
  /** Ends everything. */
  life: AbortSignal;
}

interface Answered extends Paced {
  bytes: Buffer;
}

export function createWebApi(deps: WebApiDeps): WebApi {
  const { origin, tokens, retrying, throttle, clock, life } = deps;

  async function get(target: string, options: GetOptions): Promise<Buffer> {
    const signal = AbortSignal.any([life, options.signal]);
    const request = { path: localPath(target, origin), headers: headersOf(options), signal };
    const attempt = async (): Promise<Answered> => {
      const answer = await sendSigned(deps, tokens, request);
      if (answer.status >= 400) {
        throw dataverseError(answer, { origin, entity: options.entity, now: clock.now() });
      }
      assertUsable(answer, origin, options.text === true);
      const time = Date.parse(answer.headers.date ?? '');
      if (!Number.isNaN(time)) options.onServerTime?.(time);
      return { bytes: answer.bytes, headers: answer.headers, executionMs: answer.waitedMs };
    };
    const isLeft = (thrown: unknown): boolean => isOthers(thrown) || options.isLeft?.(thrown) === true;
    const { bytes } = await retrying(() => throttle.run(attempt, signal), signal, isLeft);
    return bytes;
  }

  async function getJson<T>(target: string, schema: z.ZodType<T>, options: GetOptions): Promise<T> {
    const parsed = schema.safeParse(parseJson(await get(target, options)));
    if (parsed.success) return parsed.data;
    throw dynamicsError('answer-malformed', `An answer of Dataverse has an unknown shape: ${target}`, {
      recovery: 'retry',
      details: { entity: options.entity },
      original: parsed.error.issues[0]?.path.join('.'),
      cause: parsed.error,
    });
  }

  return { origin, get, getJson };
}

/** A refusal that is not in Dataverse's own form. The sync waits for it to pass; nobody waits for it at once. */
function isOthers(thrown: unknown): boolean {
  return thrown instanceof AppError && thrown.code === 'not-dynamics' && !isOddAnswer(thrown);
}

/** @throws AppError `answer-malformed` */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8').replace(/^\ufeff/, ''));
  } catch (cause) {
    throw dynamicsError('answer-malformed', 'An answer of Dataverse is not JSON', {
      recovery: 'retry',
      cause,
    });
  }
}

function headersOf({ prefer, exactNumbers, text, fresh }: GetOptions): Record<string, string> {
  const json = exactNumbers ? 'application/json;IEEE754Compatible=true' : 'application/json';
  return {
    accept: text ? '*/*' : json,
    'odata-version': '4.0',
    'odata-maxversion': '4.0',
    'if-none-match': 'null',
    ...(prefer ? { prefer } : {}),
    ...(fresh ? { consistency: 'Strong' } : {}),
  };
}

interface SignedRequest {
  path: string;
  headers: Record<string, string>;
  signal: AbortSignal;
}

/** With one more try when the token was refused: it may have been withdrawn before its time. */
async function sendSigned(
  { http, origin, log, clock }: WebApiDeps,
  tokens: TokenSource,
  { path, headers, signal }: SignedRequest,
): Promise<HttpAnswer> {
  const sendWith = async (token: string): Promise<HttpAnswer> => {
    const started = clock.now();
    const signed = { ...headers, authorization: `Bearer ${token}` };
    const answer = await http.send({ method: 'GET', origin, path, headers: signed, signal });
    log.debug('dataverse answered', {
      path: path.split('?')[0],
      status: answer.status,
      bytes: answer.bytes.length,
      ms: clock.now() - started,
      requestId: requestIdOf(answer.headers),
    });
    return answer;
  };
  const token = await tokens.token(signal);
  const answer = await sendWith(token);
  return answer.status === 401 ? sendWith(await tokens.token(signal, token)) : answer;
}

function assertUsable({ status, headers, bytes }: HttpAnswer, origin: string, text: boolean): void {
  const type = headers['content-type'] ?? '';
  const isExpected = /json/i.test(type) || (text && /^text\/plain/i.test(type));
  if (status >= 300 || !isExpected) {
    throw dynamicsError('not-dynamics', `${status} ${type} instead of JSON`, {
      recovery: 'retry',
      details: { host: new URL(origin).host },
      original: `HTTP ${status}`,
      requestId: requestIdOf(headers),
    });
  }
  if (!text && !endsLikeJson(bytes)) {
    throw dynamicsError('answer-malformed', 'An answer of Dataverse is cut off', {
      recovery: 'retry',
      requestId: requestIdOf(headers),
    });
  }
}

/** A body without a length can be cut without anyone noticing; parsing comes too late to ask again. */
function endsLikeJson(bytes: Buffer): boolean {
  const end = bytes.subarray(-64).toString('latin1').trimEnd();
  return end.endsWith('}') || end.endsWith(']');
}
