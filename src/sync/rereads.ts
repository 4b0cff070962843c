import { createPatientAttempt } from './attempts.ts';
import type { EngineDeps } from './engine-deps.ts';
import { type PassTools, runPass } from './pass.ts';
import { sideBySide } from './side-by-side.ts';

/** Tables that are read again at the same time, beside the cycles. */
const rereadsAtOnce = 2;

/** Reads again what the cycles have left, for as long as the sync runs; each takes part in them again afterwards. */
export async function workOnRereads(deps: EngineDeps, tools: PassTools, signal: AbortSignal): Promise<void> {
  const workers = Array.from({ length: rereadsAtOnce }, () => work);
  await sideBySide(workers, rereadsAtOnce, signal, (worker, either) => worker(deps, tools, either));
}

async function work(deps: EngineDeps, tools: PassTools, signal: AbortSignal): Promise<void> {
  const { aside, board } = tools;
  const attempt = createPatientAttempt(deps, board);
  for (let name = await aside.take(signal); name !== null; name = await aside.take(signal)) {
    const entity = name;
    await runPass(deps, [entity], tools, attempt, signal);
    aside.done(entity);
    if (!signal.aborted) await board.send();
  }
}
