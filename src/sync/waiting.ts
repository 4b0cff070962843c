import type { EngineDeps } from './engine-deps.ts';
import type { PatienceOptions } from './patience.ts';
import type { ProgressBoard } from './progress-board.ts';

/** Shows on the board, and in the log, that something waits. */
export function createWaiting(
  { log }: Pick<EngineDeps, 'log'>,
  board: ProgressBoard,
  what: string,
): Pick<PatienceOptions, 'onWait' | 'onResume'> {
  return {
    onWait(fault, milliseconds) {
      log.warn('sync waits', { what, code: fault.code, details: fault.details, milliseconds });
      board.setWaiting(what, fault);
      // Nothing may come to be stored for a while, so it is said now. Should this fail, the next one says it.
      board.send().catch((error: unknown) => log.warn('progress could not be read', { error }));
    },
    onResume() {
      board.setWaiting(what, null);
    },
  };
}
