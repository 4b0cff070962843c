import { AppError, type Recovery } from '../lib/errors.ts';
import type { FaultCode } from '../model/fault.ts';

export interface DynamicsErrorOptions {
  recovery: Recovery;
  /** Values for the text; what is undefined or empty is left out. */
  details?: Readonly<Record<string, string | undefined>>;
  /** The other side's own code. */
  original?: string | undefined;
  /** Under which the other side finds the request in its logs. */
  requestId?: string | undefined;
  /** ISO 8601, where the other side says when. */
  at?: string | undefined;
  retryAfterMs?: number | undefined;
  cause?: unknown;
}

/** An `AppError` whose code is sure to have a text. Its message is for logs; no secret may be in it. */
export function dynamicsError(code: FaultCode, message: string, options: DynamicsErrorOptions): AppError {
  const { recovery, original, requestId, at, retryAfterMs, cause } = options;
  const filled: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...options.details, original, requestId, at })) {
    if (value) filled[name] = value;
  }
  return new AppError(code, message, {
    recovery,
    details: filled,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(cause === undefined ? {} : { cause }),
  });
}
