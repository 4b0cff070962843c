import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { RefusalFacts } from './refusal.ts';
import type { RefusalCode } from './refusals.ts';
import { refusalOf } from './refusals.ts';

/** An object goes out as JSON, text as a page. */
export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
  /** Milliseconds until it goes out. */
  delayMs?: number;
  /** The connection breaks instead. */
  isCut?: boolean;
}

export function factsOf(tenant: string, form: URLSearchParams): RefusalFacts {
  const scope = form.get('scope') ?? '';
  const resource = scope.replace(/\/\.default$/, '');
  return { tenant, clientId: form.get('client_id') ?? '', appName: 'app', resource, scope };
}

/** The error body of a code, with the ids support asks for. */
export function refuse(code: RefusalCode, facts: RefusalFacts, now: number): Answer {
  const { status, error, message } = refusalOf(code);
  const timestamp = new Date(now).toISOString().replace('T', ' ').replace(/\.\d+/, '');
  const [trace_id, correlation_id] = [randomUUID(), randomUUID()];
  const trail = `Trace ID: ${trace_id} Correlation ID: ${correlation_id} Timestamp: ${timestamp}`;
  const error_description = `AADSTS${code}: ${message(facts)} ${trail}`;
  const error_uri = `https://login.microsoftonline.com/error?code=${code}`;
  const body = {
    error,
    error_description,
    error_codes: [code],
    timestamp,
    trace_id,
    correlation_id,
    error_uri,
  };
  return { status, body };
}

export async function send(response: ServerResponse, answer: Answer): Promise<void> {
  const { status, body, headers, delayMs = 0, isCut = false } = answer;
  if (isCut) return void response.destroy();
  if (delayMs > 0) await delay(delayMs);
  const isText = typeof body === 'string';
  const type = isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store, no-cache',
    'x-ms-request-id': randomUUID(),
    ...headers,
  });
  response.end(isText ? body : JSON.stringify(body));
}
