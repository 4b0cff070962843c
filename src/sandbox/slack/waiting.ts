/** Something that tells when it has changed. */
export interface Changing {
  onChange(listener: () => void): () => void;
}

/**
 * Waits for a state, not for a time: the predicate is asked now and after every change, and its first truthy
 * value is the answer. Rejects with the signal's reason when that aborts.
 */
export function until<S extends Changing, T>(
  subject: S,
  predicate: (subject: S) => T,
  signal?: AbortSignal,
): Promise<NonNullable<T>> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      stop();
      signal?.removeEventListener('abort', abort);
      finish();
    };
    const ask = () => {
      try {
        const value = predicate(subject);
        if (value) settle(() => resolve(value));
      } catch (error) {
        settle(() => reject(error));
      }
    };
    const abort = () => settle(() => reject(signal?.reason));
    const stop = subject.onChange(ask);
    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort, { once: true });
    ask();
  });
}
