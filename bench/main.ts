import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findAll, pageTimes } from './findings.ts';
import { createHelpers } from './helpers.ts';
import { type Finding, toJsonLines, toTable } from './report.ts';

const usage = `Usage: npm run bench -- [--quick] [--rows N] [--json]
  --quick   20,000 rows and everything once: under a minute
  --rows N  rows in the simulated organization (1000 to 2000000; 206000, 200,000 of them contacts)
  --json    JSON lines only, without the table`;

interface Options {
  rows: number;
  times: number;
  json: boolean;
}

function readOptions(argv: readonly string[]): Options | null {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { quick: { type: 'boolean' }, rows: { type: 'string' }, json: { type: 'boolean' } },
    });
    const { quick = false, json = false } = values;
    const rows = Number(values.rows ?? (quick ? 20_000 : 206_000));
    if (!Number.isInteger(rows) || rows < 1_000 || rows > 2_000_000) return null;
    return { rows, times: quick ? 1 : 3, json };
  } catch {
    // An unknown option: the usage says what there is.
    return null;
  }
}

function describeRun({ rows, times }: Options, seconds: number): string {
  const memory = Math.round(totalmem() / 2 ** 30);
  return [
    `${rows.toLocaleString('en-US')} rows in five entities, nearly all of them contacts, ${availableParallelism()} cores, ${memory} GiB, Node ${process.version};`,
    times === 1 ? 'each once' : `median of ${times} at 0 ms, once at 400 ms`,
    `(${seconds.toFixed(0)} s). Compare within the table: everything shares the cores.`,
  ].join(' ');
}

/** A process late by more than this, in milliseconds, p99, cannot measure goals of the same size. */
const noisyMs = 15;

const note =
  'better-sqlite3 needs a native build and is not installed: the plain loop stores with node:sqlite instead.';

/** Figures that say more about what else was running than about the bot. */
function warnOfNoise(findings: readonly Finding[]): string {
  const late = findings.flatMap(({ what, value }) =>
    what.startsWith('noise') && what.endsWith('p99') ? [value ?? 0] : [],
  );
  if (Math.max(0, ...late) <= noisyMs) return '';
  return 'The asking process itself waited long for a core: something else was running. Measure again.\n';
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    console.error(usage);
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), 'dynamics-sync-bench-'));
  const helpers = createHelpers();
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      stopping.abort(new Error('The benchmark was stopped'));
      void helpers.endAll();
    });
  }
  const began = performance.now();
  try {
    const { rows, times } = options;
    const findings = await findAll({ helpers, folder, rows, times, signal: stopping.signal });
    const seconds = (performance.now() - began) / 1000;
    if (!options.json) {
      console.log(
        `${describeRun(options, seconds)}\n\n${toTable(findings, pageTimes)}\n\n${warnOfNoise(findings)}${note}\n`,
      );
    }
    console.log(toJsonLines(findings));
    return 0;
  } catch (error) {
    console.error(stopping.signal.aborted ? 'Stopped.' : error);
    return stopping.signal.aborted ? 130 : 1;
  } finally {
    await helpers.endAll();
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = await main();
