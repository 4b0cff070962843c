import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';

/** A modal that is rewritten while work goes on. One update is under way at a time, and only the newest waits. */
export interface LiveModal {
  show(view: ModalView): void;
  /** The last view; nothing is shown after it. False when the person has closed the modal meanwhile. */
  finish(view: ModalView): Promise<boolean>;
}

/**
 * Slack knows the view only once it has read our acknowledgement, which a fast result can overtake: the last
 * view is tried again for a while before the modal counts as closed.
 */
const lastTries = 5;
const betweenTriesMs = 200;

export interface LiveModalDeps {
  client: WebClient;
  clock: Clock;
  log: Logger;
}

/** Both names of the view: ours, which it keeps over updates, and Slack's, where ours is not known. */
export interface ModalIds {
  externalId: string;
  viewId: string;
}

export function openLiveModal(
  { client, clock, log }: LiveModalDeps,
  { externalId, viewId }: ModalIds,
): LiveModal {
  let waiting: ModalView | null = null;
  let running: Promise<boolean> | null = null;

  async function update(view: ModalView): Promise<boolean> {
    for (const target of [{ external_id: externalId }, { view_id: viewId }]) {
      try {
        await client.views.update({ ...target, view: { ...view, external_id: externalId } });
        return true;
      } catch (error) {
        log.debug('A modal cannot be updated', { ...target, error });
      }
    }
    return false;
  }

  async function run(): Promise<boolean> {
    let shown = true;
    while (waiting) {
      const view: ModalView = waiting;
      waiting = null;
      shown = await update(view);
    }
    running = null;
    return shown;
  }

  function show(view: ModalView): Promise<boolean> {
    waiting = view;
    running ??= run();
    return running;
  }

  return {
    show: (view) => {
      void show(view);
    },
    async finish(view) {
      for (let tries = 1; !(await show(view)); tries++) {
        if (tries === lastTries) return false;
        await clock.sleep(betweenTriesMs);
      }
      return true;
    },
  };
}
