import type { ActivityChart } from '../model/chart.ts';

/** Draws charts, off the thread that answers Slack. */
export interface Painter {
  /** A PNG. @throws where it cannot be drawn, or takes too long */
  drawActivity(chart: ActivityChart): Promise<Uint8Array>;
  stop(): Promise<void>;
}
