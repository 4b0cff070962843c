/**
 * A queue of one: each job starts when the one before it has ended, well or badly. What reads, changes and
 * saves a document goes through it, or two changes at once would lose one of them.
 */
export type Serial = <T>(job: () => Promise<T>) => Promise<T>;

export function createSerial(): Serial {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const next = last.then(job, job);
    last = next.catch(() => {});
    return next;
  };
}
