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
  return thrown instanceof AppError && refusals.includes(thrown.code);
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
