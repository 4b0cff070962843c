import type { Clock } from './clock.ts';

/**
 * Waits for an answer only so long. The question itself goes on; what becomes of it later is nobody's fault.
 * @throws Error when the time is over
 */
export async function within<T>(question: Promise<T>, clock: Clock, milliseconds: number): Promise<T> {
  const over = new AbortController();
  const late = clock.sleep(milliseconds, over.signal).then((): never => {
    throw new Error(`No answer within ${milliseconds} ms`);
  });
  late.catch(() => {});
  question.catch(() => {});
  try {
    return await Promise.race([question, late]);
  } finally {
    over.abort();
  }
}
