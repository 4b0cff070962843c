import { parseArgs } from 'node:util';
import { runDemo } from '../sandbox/demo.ts';
import { usage } from './usage.ts';

const defaultRows = 25_000;

/** Everything simulated, in the browser or, with `--auto`, by itself. */
export async function demo(argv: readonly string[]): Promise<number> {
  const options = parseOptions(argv);
  if (!options) {
    console.error(`The demo takes --auto, --port N (0 to 65535) and --rows N (100 to 5000000).\n\n${usage}`);
    return 2;
  }
  const stopping = new AbortController();
  process.on('SIGINT', () => stopping.abort());
  process.on('SIGTERM', () => stopping.abort());
  try {
    await runDemo({ ...options, print: (text) => console.log(text), signal: stopping.signal });
    return 0;
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

function parseOptions(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { auto: { type: 'boolean' }, port: { type: 'string' }, rows: { type: 'string' } },
    });
    const port = wholeNumber(values.port ?? '0', 0, 65_535);
    const rows = wholeNumber(values.rows ?? String(defaultRows), 100, 5_000_000);
    return port === null || rows === null ? null : { auto: values.auto ?? false, port, rows };
  } catch {
    // An unknown option: the caller says what there is.
    return null;
  }
}

function wholeNumber(text: string, least: number, most: number): number | null {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= least && value <= most ? value : null;
}
