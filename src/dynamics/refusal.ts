import { AppError } from '../lib/errors.ts';

/** The other side cannot or will not do it this way; another way may work. */
const refusals: readonly string[] = [
  'request-refused',
  'entity-unknown',
  'field-unknown',
  'privilege-missing',
  'answer-malformed',
  'not-dynamics',
  'server-failed',
];

export function isRefusal(thrown: unknown): boolean {
  return thrown instanceof AppError && refusals.includes(thrown.code) && !isOddAnswer(thrown);
}

/**
 * A page of a proxy's, or of maintenance, that comes as if all were well, or a way to a sign-in page: it says nothing
 * about what was asked, and passes.
 */
export function isOddAnswer(thrown: unknown): boolean {
  if (!(thrown instanceof AppError) || thrown.code !== 'not-dynamics') return false;
  return /^HTTP [23]/.test(thrown.details.original ?? '');
}

/** What was asked for is not there, whoever says so: a 404 without a code of Dataverse counts as well. */
export function isNotFound(thrown: unknown): boolean {
  if (!(thrown instanceof AppError)) return false;
  const { original } = thrown.details;
  return thrown.code === 'entity-unknown' || original === 'HTTP 404' || original === '0x80040217';
}

/** For what one can do without: null where it is refused. Throttling, sign-in and network faults stay faults. */
export async function nullIfRefused<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (thrown) {
    if (isRefusal(thrown)) return null;
    throw thrown;
  }
}
