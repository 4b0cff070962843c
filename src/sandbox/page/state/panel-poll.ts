/** The panel's figures, asked for every two seconds while somebody looks at them. */
import type { PanelState } from '../../slack/page-api.ts';

const PERIOD_MS = 2000;

export interface PanelPoll {
  start(): void;
  run(id: string): Promise<void>;
}

export function createPanelPoll(show: (panel: PanelState | null) => void, wanted: () => boolean): PanelPoll {
  let absent = false;

  async function ask(): Promise<void> {
    try {
      const response = await fetch('/sandbox/panel');
      if (response.status === 404 || response.status === 204) {
        // A workspace without a panel, as in tests of the workspace alone.
        absent = true;
        show(null);
      } else if (response.ok) {
        show((await response.json()) as PanelState | null);
      }
    } catch {
      // The sandbox is away; the banner says so.
    }
  }

  async function tick(): Promise<void> {
    if (absent) return;
    if (wanted() && !document.hidden) await ask();
    setTimeout(() => void tick(), PERIOD_MS);
  }

  return {
    start: () => void ask().then(() => setTimeout(() => void tick(), PERIOD_MS)),
    async run(id) {
      try {
        const response = await fetch(`/sandbox/panel/${encodeURIComponent(id)}`, { method: 'POST' });
        if (response.ok) show((await response.json()) as PanelState);
      } catch {
        // As above.
      }
    },
  };
}
