import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { within } from '../lib/within.ts';
import { findAlerts } from '../model/alert.ts';
import type { OpenAlert } from '../model/open-alert.ts';
import type { SyncProgress } from '../model/progress.ts';
import type { Alerts } from '../notify/alerts.ts';
import type { Bulletins } from '../notify/bulletins.ts';
import type { ConnectionStore } from '../ports/connection-store.ts';
import type { DestinationReader } from '../ports/destination.ts';

export interface LookoutDeps {
  store: ConnectionStore;
  alerts: Alerts;
  bulletins: Bulletins;
  progress: () => SyncProgress | null;
  destination: () => Pick<DestinationReader, 'tallies'>;
  clock: Clock;
  log: Logger;
  /** What is open has changed. */
  changed: () => void;
}

/** Looks again and again whether there is something people must know of: time alone can make it so. */
export interface Lookout {
  start(): void;
  /** Something has changed: looks soon. @param eager also where Slack did not take the last one */
  wake(eager?: boolean): void;
  /** Looks now. @returns whether all is told */
  look(): Promise<boolean>;
  stop(): Promise<void>;
}

const subjectsOf = (alerts: readonly OpenAlert[]): string => JSON.stringify(alerts.map(({ alert }) => alert));

const everyMs = 30_000;
/** There may be news twice a second. */
const restMs = 1_000;
const stopWithinMs = 500;

export function createLookout(deps: LookoutDeps): Lookout {
  const { clock, log } = deps;
  const stopping = new AbortController();
  const { signal } = stopping;
  let runningSince: number | null = null;
  let waking = new AbortController();
  let isHeldUp = false;
  let running: Promise<void> | null = null;

  async function look(): Promise<boolean> {
    const { setup, alerts: before } = await deps.store.read();
    const isRunning = setup.step === 'copying' || setup.step === 'running';
    runningSince = isRunning ? (runningSince ?? clock.now()) : null;
    const followed = await deps.destination().tallies();
    const facts = { setup, progress: deps.progress(), followed, runningSince, now: clock.now() };
    try {
      return await deps.alerts.tell(findAlerts(facts), setup);
    } finally {
      const { alerts } = await deps.store.read();
      if (subjectsOf(alerts) !== subjectsOf(before)) deps.changed();
    }
  }

  async function lookAtAll(): Promise<void> {
    try {
      isHeldUp = !(await look());
      await deps.bulletins.tell();
    } catch (error) {
      isHeldUp = true;
      log.warn('What people must know of could not be told, it is tried again', { error });
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await lookAtAll();
      await clock.sleep(restMs, signal);
      await clock.sleep(everyMs, AbortSignal.any([signal, waking.signal]));
      waking = new AbortController();
    }
  }

  return {
    start() {
      running ??= run();
    },
    wake(eager = false) {
      if (!isHeldUp || eager) waking.abort();
    },
    look,
    async stop() {
      stopping.abort();
      // What Slack does not take now is told after the next start.
      if (running) await within(running, clock, stopWithinMs).catch(() => {});
    },
  };
}
