/** What was synced over a span of time, in the words of whoever looks at it. */
export interface ActivityChart {
  /** ISO 8601. */
  from: string;
  to: string;
  /** What the bars are, and the line where there is one. */
  bars: string;
  line: string;
  /** A strip each. */
  strips: readonly ActivityStrip[];
  /** Where the hours stand. */
  ticks: readonly { at: string; label: string }[];
}

export interface ActivityStrip {
  name: string;
  /** Rows by ten minutes; `at` is their beginning. */
  rows: readonly ChartPoint[];
  /** Changes that were waiting, where that is known. */
  waiting: readonly ChartPoint[];
}

export interface ChartPoint {
  at: string;
  value: number;
}
