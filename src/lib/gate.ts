/** Lets in no more than so many at once; the others wait in the order in which they came. */
export interface Gate {
  /** @returns how to leave. Rejects with the signal's reason when it is aborted before. */
  enter(signal: AbortSignal): Promise<() => void>;
  /** Who is inside stays inside. */
  setLimit(limit: number): void;
  inside(): number;
  waiting(): number;
}

export function createGate(limit: number): Gate {
  let most = limit;
  let inside = 0;
  const queue = new Set<() => void>();

  const leave = (): void => {
    inside -= 1;
    letIn();
  };
  const letIn = (): void => {
    for (const enter of queue) {
      if (inside >= most) return;
      queue.delete(enter);
      inside += 1;
      enter();
    }
  };
  /** A way out that counts once, however often it is taken. */
  const once = () => {
    let isOut = false;
    return () => {
      if (isOut) return;
      isOut = true;
      leave();
    };
  };

  return {
    enter(signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const abort = () => {
          queue.delete(enter);
          reject(signal.reason);
        };
        const enter = () => {
          signal.removeEventListener('abort', abort);
          resolve(once());
        };
        signal.addEventListener('abort', abort, { once: true });
        queue.add(enter);
        letIn();
      });
    },
    setLimit(next) {
      most = next;
      letIn();
    },
    inside: () => inside,
    waiting: () => queue.size,
  };
}
