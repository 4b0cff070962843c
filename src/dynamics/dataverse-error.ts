import { z } from 'zod';
import { AppError, type Recovery } from '../lib/errors.ts';
import type { FaultCode } from '../model/fault.ts';
import { dynamicsError } from './dynamics-error.ts';
import type { HttpAnswer } from './http-client.ts';
import { parseRetryAfter } from './retry-after.ts';

type Meaning = readonly [code: FaultCode, recovery: Recovery];

/** "Web service error codes", lower case. What is not here goes by its status. */
const meanings: Readonly<Record<string, Meaning>> = {
  '0x80072560': ['user-missing', 'ask-admin'],
  '0x80040225': ['user-disabled', 'ask-admin'],
  '0x8004a112': ['user-disabled', 'ask-admin'],
  '0x80042f09': ['role-missing', 'ask-admin'],
  '0x80040220': ['privilege-missing', 'ask-admin'],
  '0x80040231': ['privilege-missing', 'ask-admin'],
  '0x80048405': ['access-denied', 'ask-admin'],
  '0x8004f504': ['access-denied', 'ask-admin'],
  '0x80095ffc': ['application-blocked', 'ask-admin'],
  '0x80072561': ['location-blocked', 'ask-admin'],
  '0x80044507': ['tenant-restricted', 'ask-admin'],
  // The ticket is missing, expired, damaged, or Entra ID says no to it.
  '0x8004a101': ['token-refused', 'ask-admin'],
  '0x8004a102': ['token-refused', 'ask-admin'],
  '0x8004a105': ['token-refused', 'ask-admin'],
  '0x80044302': ['token-refused', 'ask-admin'],
  '0x80072559': ['token-refused', 'ask-admin'],
  '0x8005f101': ['token-refused', 'ask-admin'],
  '0x8004a113': ['administration-mode', 'ask-admin'],
  '0x8004a104': ['organization-disabled', 'ask-admin'],
  '0x80072321': ['throttled', 'wait'],
  '0x80072322': ['throttled', 'wait'],
  '0x80072326': ['throttled', 'wait'],
  // "Query throttling": the query is held back for what it costs.
  '0x80048544': ['throttled', 'wait'],
  '0x80048644': ['throttled', 'wait'],
  '0x80048744': ['throttled', 'wait'],
  '0x80048745': ['throttled', 'wait'],
  // Taken by its code (a new full read); whoever does not know it must not ask again.
  '0x80044352': ['delta-expired', 'stop'],
  '0x80072491': ['change-tracking-off', 'ask-admin'],
  '0x80072492': ['change-tracking-off', 'ask-admin'],
  '0x80041102': ['entity-unknown', 'ask-admin'],
  '0x80041103': ['field-unknown', 'ask-admin'],
  '0x80040217': ['request-refused', 'ask-admin'],
  // SQL time-out, query time-out, a lost worker process
  '0x80044151': ['server-failed', 'retry'],
  '0x80048575': ['server-failed', 'retry'],
  '0x80072031': ['server-failed', 'retry'],
};

/** The query took too long: for fewer rows it may not. */
const queryTimeouts: readonly string[] = ['0x80044151', '0x80048575'];

export function isQueryTimeout(thrown: unknown): boolean {
  return thrown instanceof AppError && queryTimeouts.includes(thrown.details.original ?? '');
}

const errorBody = z.object({
  error: z
    .object({ code: z.string().catch(''), message: z.string().catch('') })
    .optional()
    .catch(undefined),
  // Some failures come without `error`.
  Message: z.string().optional().catch(undefined),
});

export interface ErrorContext {
  origin: string;
  /** Logical name, where the request is about one. */
  entity?: string | undefined;
  now: number;
}

/** What a refusal of the Web API means ("Compose HTTP requests and handle errors"). */
export function dataverseError(answer: HttpAnswer, context: ErrorContext): AppError {
  const { status, headers } = answer;
  const body = parseErrorBody(answer);
  const original = body?.error?.code.toLowerCase() || `HTTP ${status}`;
  const message = body?.error?.message ?? body?.Message ?? '';
  const [code, recovery] = meaningOf(status, original, body !== null, message);
  return dynamicsError(code, `Dataverse refused the request: ${status} ${original}`, {
    recovery,
    details: {
      host: new URL(context.origin).host,
      entity: context.entity ?? entityIn(message),
      ...(code === 'privilege-missing' ? { privilege: privilegeIn(message) } : {}),
      ...(code === 'field-unknown' ? { field: fieldIn(message) } : {}),
    },
    original,
    requestId: requestIdOf(headers),
    retryAfterMs:
      recovery === 'wait' || recovery === 'retry'
        ? parseRetryAfter(headers['retry-after'], context.now)
        : undefined,
  });
}

function meaningOf(status: number, original: string, isJson: boolean, message: string): Meaning {
  const known = meanings[original];
  // The same code also stands for a service that is down, and then it comes back.
  const isDown = known?.[0] === 'tenant-restricted' && status >= 500;
  if (known && !isDown) return known;
  if (status === 429) return ['throttled', 'wait'];
  // "Not implemented": the same request never works.
  if (status === 501) return ['request-refused', 'ask-admin'];
  if (status >= 500) return ['server-failed', 'retry'];
  // It often comes without a body.
  if (status === 401) return ['token-refused', 'ask-admin'];
  // A gateway's page: it may be gone in a minute.
  if (!isJson) return ['not-dynamics', 'retry'];
  // One code stands for an unknown column and an unknown table, and older servers send none at all: the status
  // tells them apart, and the name is in the text.
  if (status === 400 && fieldIn(message)) return ['field-unknown', 'ask-admin'];
  if (status === 404) return ['entity-unknown', 'ask-admin'];
  return ['request-refused', 'ask-admin'];
}

export function requestIdOf(headers: HttpAnswer['headers']): string | undefined {
  return headers['x-ms-service-request-id'] ?? headers.req_id;
}

/** "Could not find a property named 'x' on type 'Microsoft.Dynamics.CRM.lead'." */
function fieldIn(message: string): string | undefined {
  return /property named '([^']+)'/i.exec(message)?.[1];
}

function entityIn(message: string): string | undefined {
  return /Microsoft\.Dynamics\.CRM\.(\w+)/.exec(message)?.[1];
}

/** "… is missing prvReadLead privilege …" or "PrivilegeName: prvReadLead". */
function privilegeIn(message: string): string | undefined {
  return /\bprv[A-Za-z0-9_]+/.exec(message)?.[0];
}

function parseErrorBody({ bytes }: HttpAnswer): z.infer<typeof errorBody> | null {
  try {
    return errorBody.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    return null;
  }
}
