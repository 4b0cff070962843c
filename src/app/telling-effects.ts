import { createSerial } from '../lib/serial.ts';
import type { ConnectionStore } from '../ports/connection-store.ts';
import type { Notices } from '../ports/notices.ts';
import type { SetupEffect } from '../setup/event.ts';

const tellingEffects = ['tell-started', 'tell-completed', 'tell-stopped'] as const;
export type TellingEffect = (typeof tellingEffects)[number];

export function isTelling(effect: SetupEffect): effect is TellingEffect {
  return (tellingEffects as readonly SetupEffect[]).includes(effect);
}

export interface Teller {
  /** In turn with the others; resolves when it is told or cannot be. */
  tell(effect: TellingEffect): Promise<void>;
  /** What was not told because the process ended in between, or Slack did not take it. */
  tellWhatIsOwed(): Promise<void>;
}

/** Carries out the effects that tell people something, in a queue of their own: Slack may be away for long. */
export function createTeller(store: ConnectionStore, notices: Notices): Teller {
  const inTurn = createSerial();
  const tell = (effect: TellingEffect) =>
    inTurn(async () => {
      // Not the document of the move: by the time it is this effect's turn, another move may have overtaken it.
      const { setup } = await store.read();
      if (effect === 'tell-started' && setup.step === 'copying') await notices.started(setup);
      if (effect === 'tell-completed' && setup.step === 'running') await notices.completed(setup);
      if (effect === 'tell-stopped' && setup.step === 'paused') await notices.stopped(setup);
    });
  return {
    tell,
    async tellWhatIsOwed() {
      const { setup, completionPosted, completionMailed, progressPost, stopTold } = await store.read();
      const completionOwed = !completionPosted || !completionMailed;
      if (setup.step === 'copying' && !progressPost) await tell('tell-started');
      if (setup.step === 'running' && completionOwed) await tell('tell-completed');
      if (setup.step !== 'paused' || setup.reason.kind !== 'fault') return;
      if (stopTold !== setup.reason.fault.at) await tell('tell-stopped');
    },
  };
}
