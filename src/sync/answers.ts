import type { SyncReply, SyncRequest } from '../ports/sync-runner.ts';
import type { Brakes } from './brake.ts';

export interface AnswersDeps {
  brakes: Brakes;
}

/** What people ask of the running sync. */
export function createAnswers({ brakes }: AnswersDeps) {
  return async (request: SyncRequest): Promise<SyncReply | null> => {
    if (request.kind === 'apply-deletes') return { kind: 'applied', done: brakes.allow(request.entity) };
    return null;
  };
}
