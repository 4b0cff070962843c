/**
 * What can be done about a fault. The engine switches on it; people read a text chosen by `code`.
 * - `retry`: try again soon, the same request may work.
 * - `wait`: try again, but not before `retryAfterMs`.
 * - `ask-admin`: nothing helps until a person changes something in Dynamics, Entra ID or the setup.
 * - `skip-row`: one row cannot be stored; the others can.
 * - `stop`: going on would do harm.
 */
export type Recovery = 'retry' | 'wait' | 'ask-admin' | 'skip-row' | 'stop';

export interface AppErrorOptions {
  recovery: Recovery;
  /** Values for the text: names of things, never secrets. */
  details?: Readonly<Record<string, string>>;
  /** Only with `wait`: milliseconds. */
  retryAfterMs?: number;
  cause?: unknown;
}

/** A fault with a code that texts and the engine go by. Its message is for logs only. */
export class AppError extends Error {
  readonly code: string;
  readonly recovery: Recovery;
  readonly details: Readonly<Record<string, string>>;
  readonly retryAfterMs: number | undefined;

  constructor(code: string, message: string, options: AppErrorOptions) {
    super(message, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.recovery = options.recovery;
    this.details = options.details ?? {};
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Anything thrown, as an `AppError`: what is not one already is a bug, and stops what it happened in. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new AppError('unexpected', message, { recovery: 'stop', cause: error });
}

/** Closes a switch over a union: a new member that is not handled fails the type check. */
export function assertNever(value: never): never {
  throw new Error(`Not handled: ${JSON.stringify(value)}`);
}
