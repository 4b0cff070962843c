import { timeDemo } from './demo-run.ts';
import { type Bench, measureAnswers, measureCycles, measureLimits, measureSync } from './measurements.ts';
import type { Finding, Goal } from './report.ts';
import { simulate } from './simulation.ts';
import { median, type Times } from './statistics.ts';

export const pageTimes = [0, 400];

const demoRows = 25_000;
const tell = (text: string) => console.error(`  ${text}`);

/** Measures everything, one thing after the other. */
export async function findAll(bench: Bench): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const pageMs of pageTimes) findings.push(...(await findAt(bench, pageMs)));
  findings.push(...(await findLarge(bench)));
  tell('ten million rows, simulated');
  findings.push(...(await simulate()));
  tell('the demo story by itself');
  const seconds: number[] = [];
  for (let time = 0; time < bench.times; time += 1) seconds.push(await timeDemo(demoRows, bench.signal));
  findings.push({
    what: `demo --auto, ${demoRows.toLocaleString('en-US')} rows, whole process`,
    pageMs: null,
    value: median(seconds),
    unit: 's',
    goal: { atMost: 20 },
  });
  return findings;
}

/** What grows with the table, and what must not. */
async function findLarge(bench: Bench): Promise<Finding[]> {
  const changes = Math.min(10_000, bench.rows / 2);
  const at = (rows: number) => `${rows.toLocaleString('en-US')} rows`;
  const runs: { rows: number; cycle: Cycles }[] = [];
  for (const rows of [bench.rows, 5 * bench.rows]) {
    tell(`the initial sync and the cycles after it, ${at(rows)}`);
    runs.push({ rows, cycle: await measureCycles({ ...bench, rows }, { cycles: 10, changes }) });
  }
  const [small, large] = runs;
  const growth = (of: (cycle: Cycles) => number) =>
    small && large ? of(large.cycle) / of(small.cycle) : null;
  const findings = runs.flatMap(({ rows, cycle }): Finding[] => [
    { what: `initial sync, ${at(rows)}`, pageMs: null, value: cycle.sync.storedSeconds, unit: 's' },
    { what: `cycle without changes, ${at(rows)}: requests`, pageMs: null, value: cycle.requests, unit: '' },
    {
      what: `cycle without changes, ${at(rows)}: processor time, with the second before it`,
      pageMs: null,
      value: cycle.cpuMs,
      unit: 'ms',
      goal: { atMost: 100 },
    },
    {
      what: `${changes.toLocaleString('en-US')} changes stored, ${at(rows)}, with up to a second before it`,
      pageMs: null,
      value: cycle.changeSeconds,
      unit: 's',
      goal: { atMost: 3 },
    },
  ]);
  return [
    ...findings,
    {
      what: 'five times the rows: time',
      pageMs: null,
      value: growth(({ sync }) => sync.storedSeconds),
      unit: '×',
      goal: { atMost: 5.5 },
    },
    {
      what: 'five times the rows: peak memory',
      pageMs: null,
      value: growth(({ sync }) => sync.peakBytes ?? Number.NaN),
      unit: '×',
      goal: { atMost: 1.3 },
    },
  ];
}

async function findAt(bench: Bench, pageMs: number): Promise<Finding[]> {
  const often = pageMs === 0 ? bench.times : 1;
  const syncs: Sync[] = [];
  const answers: Answers[] = [];
  tell(`the initial sync at ${pageMs} ms a page, while it is asked and sent commands`);
  for (let time = 0; time < often; time += 1) answers.push(await measureAnswers(bench, pageMs));
  // As the loop it is compared with: nobody asks that anything meanwhile.
  tell('the same undisturbed');
  for (let time = 0; time < often; time += 1) syncs.push(await measureSync(bench, pageMs));
  tell(`the limits and the plain loop at ${pageMs} ms a page`);
  const limits = await measureLimits(bench, pageMs);
  const seconds = median(syncs.map(({ storedSeconds }) => storedSeconds));
  return [
    ...syncFindings(syncs, pageMs),
    ...ratioFindings(seconds, syncs[0]?.rows ?? 0, limits, pageMs),
    ...answerFindings(answers, pageMs),
  ];
}

type Sync = Awaited<ReturnType<typeof measureSync>>;
type Limits = Awaited<ReturnType<typeof measureLimits>>;
type Cycles = Awaited<ReturnType<typeof measureCycles>>;
type Answers = Awaited<ReturnType<typeof measureAnswers>>;

function syncFindings(syncs: readonly Sync[], pageMs: number): Finding[] {
  const peaks = syncs.flatMap(({ peakBytes }) => (peakBytes === null ? [] : [peakBytes / 1e6]));
  return [
    {
      what: 'initial sync, from Start to the reply in the thread',
      pageMs,
      value: median(syncs.map(({ rows, seconds }) => rows / seconds)),
      unit: 'rows/s',
    },
    {
      what: "initial sync, by the destination's own times",
      pageMs,
      value: median(syncs.map(({ rows, storedSeconds }) => rows / storedSeconds)),
      unit: 'rows/s',
    },
    { what: 'peak memory of the bot', pageMs, value: peaks.length > 0 ? median(peaks) : null, unit: 'MB' },
  ];
}

function ratioFindings(seconds: number, rows: number, limits: Limits, pageMs: number): Finding[] {
  const { download, write, rival } = limits;
  const limit = Math.max(download, write);
  const ratio = (what: string, value: number, unit: '×' | '%', goal?: Goal): Finding => ({
    what,
    pageMs,
    value,
    unit,
    goal,
  });
  return [
    { what: 'download only, with the same parallelism', pageMs, value: rows / download, unit: 'rows/s' },
    { what: 'write only', pageMs, value: rows / write, unit: 'rows/s' },
    ratio('share of the limit, the slower of the two', (100 * limit) / seconds, '%', {
      atLeast: pageMs === 0 ? 60 : 80,
    }),
    { what: 'dynamics-web-api in a plain loop, node:sqlite', pageMs, value: rows / rival, unit: 'rows/s' },
    ratio('initial sync against that loop', rival / seconds, '×', { atLeast: pageMs === 0 ? 4 : 9 }),
  ];
}

function answerFindings(answers: readonly Answers[], pageMs: number): Finding[] {
  const spread = (
    what: string,
    timesOf: (answer: Answers) => Times | undefined,
    goals: { p99?: number; max?: number } = {},
  ) =>
    (['p50', 'p99', 'max'] as const).map((name): Finding => {
      const values = answers.flatMap((answer) => timesOf(answer)?.[name] ?? []);
      const atMost = name === 'p50' ? undefined : goals[name];
      const goal = atMost === undefined ? undefined : { atMost };
      return { what: `${what}, ${name}`, pageMs, value: median(values), unit: 'ms', goal };
    });
  const sent = answers.map(({ during }) => during.commands.all.count);
  return [
    ...spread('command acknowledged during the sync', ({ during }) => during.commands.all, { p99: 100 }),
    { what: 'commands and submissions a run', pageMs, value: median(sent), unit: '' },
    ...spread('  of these, modal submissions', ({ during }) => during.commands.submission),
    ...spread('command acknowledged before it', ({ idle }) => idle.commands.all),
    ...spread('/healthz every 10 ms during the sync', ({ during }) => during.probe.answers, {
      p99: 15,
      max: 50,
    }),
    ...spread('/healthz before it', ({ idle }) => idle.probe.answers),
    ...spread('noise: the asking process itself was late', ({ during }) => during.probe.late),
  ];
}
