import { parseArgs } from 'node:util';
import { runDemo } from '../sandbox/demo.ts';
import { usage } from './usage.ts';

const defaultRows = 25_000;

/** Everything simulated, in the browser or, with `--auto`, by itself. */
export async function demo(argv: readonly string[]): Promise<number> {
  if (argv.includes('--help')) {
    console.log(usage);
    return 0;
  }
  const options = parseOptions(argv);
  if (typeof options === 'string') {
    console.error(`${options}\n\n${usage}`);
    return 2;
  }
  const stopping = new AbortController();
  process.on('SIGINT', () => stopping.abort());
  process.on('SIGTERM', () => stopping.abort());
  try {
    await runDemo({ ...options, print: (text) => console.log(text), signal: stopping.signal });
    // A story that was cut short is not done.
    return options.auto && stopping.signal.aborted ? 1 : 0;
  } catch (error) {
    console.error(describeFailure(error, options.port));
    return 1;
  }
}

function describeFailure(error: unknown, port: number): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `Port ${port} is taken. Pick another one: npm run demo -- --port N, or leave it out.`;
  }
  return `The demo failed: ${error instanceof Error ? error.message : String(error)}`;
}

interface Options {
  auto: boolean;
  port: number;
  rows: number;
}

/** @returns what is wrong, as a sentence, where something is. */
function parseOptions(argv: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { auto: { type: 'boolean' }, port: { type: 'string' }, rows: { type: 'string' } },
    });
    const { auto = false, port = '0', rows = String(defaultRows) } = values;
    if (!isWhole(port, 0, 65_535)) return `--port takes a number from 0 to 65535, not "${port}".`;
    if (!isWhole(rows, 100, 5_000_000)) return `--rows takes a number from 100 to 5000000, not "${rows}".`;
    return { auto, port: Number(port), rows: Number(rows) };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function isWhole(text: string, least: number, most: number): boolean {
  return /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
}
