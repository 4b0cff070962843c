import type { Clock } from '../lib/clock.ts';
import { createSerial } from '../lib/serial.ts';
import type { ConnectionDocument, ConnectionStore } from '../ports/connection-store.ts';
import type { Notices } from '../ports/notices.ts';
import type { SetupEffect } from '../setup/event.ts';

const tellingEffects = ['tell-started', 'tell-completed', 'tell-stopped'] as const;
export type TellingEffect = (typeof tellingEffects)[number];

export function isTelling(effect: SetupEffect): effect is TellingEffect {
  return (tellingEffects as readonly SetupEffect[]).includes(effect);
}

export interface Teller {
  /** In turn with the others; resolves when it is told or cannot be. What cannot be told is tried again later. */
  tell(effect: TellingEffect): Promise<void>;
  /** What was not told because the process ended in between, or Slack did not take it. */
  tellWhatIsOwed(): Promise<void>;
  stop(): void;
}

const firstPauseMs = 5_000;
const longestPauseMs = 60_000;

/** Carries out the effects that tell people something, in a queue of their own: Slack may be away for long. */
export function createTeller(
  { store, clock }: { store: ConnectionStore; clock: Clock },
  notices: Notices,
): Teller {
  const inTurn = createSerial();
  const stopping = new AbortController();
  let isTrying = false;

  async function tellOne(effect: TellingEffect): Promise<void> {
    // Not the document of the move: by the time it is this effect's turn, another move may have overtaken it.
    const { setup } = await store.read();
    if (effect === 'tell-started' && setup.step === 'copying') await notices.started(setup);
    if (effect === 'tell-completed' && setup.step === 'running') await notices.completed(setup);
    if (effect === 'tell-stopped' && setup.step === 'paused') await notices.stopped(setup);
  }

  /** Looks once more when it is their turn: another one may have told it meanwhile. */
  const tellAll = () =>
    inTurn(async () => {
      for (const effect of owedOf(await store.read())) await tellOne(effect);
    });

  /** Slack may be away for an hour: what is owed is told once it is back, however long that takes. */
  async function keepTrying(): Promise<void> {
    for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
      if (owedOf(await store.read()).length === 0) return;
      await clock.sleep(pause, stopping.signal);
      if (stopping.signal.aborted) return;
      await tellAll();
    }
  }

  function tryAgain(): void {
    if (isTrying) return;
    isTrying = true;
    void keepTrying().finally(() => {
      isTrying = false;
    });
  }

  return {
    tell: (effect) => inTurn(() => tellOne(effect)).finally(tryAgain),
    tellWhatIsOwed: () => tellAll().finally(tryAgain),
    stop: () => stopping.abort(),
  };
}

function owedOf({
  setup,
  completionPosted,
  completionMailed,
  progressPost,
  stopTold,
}: ConnectionDocument): TellingEffect[] {
  if (setup.step === 'copying' && !progressPost) return ['tell-started'];
  if (setup.step === 'running' && !(completionPosted && completionMailed)) return ['tell-completed'];
  if (setup.step !== 'paused' || setup.reason.kind !== 'fault') return [];
  return stopTold === setup.reason.fault.at ? [] : ['tell-stopped'];
}
