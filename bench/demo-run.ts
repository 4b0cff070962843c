import { spawn } from 'node:child_process';
import { join } from 'node:path';

const entry = join(import.meta.dirname, '..', 'src', 'main.ts');

/** The whole story as a person starts it, from the command to its exit. */
export async function timeDemo(rows: number, signal: AbortSignal): Promise<number> {
  signal.throwIfAborted();
  const began = performance.now();
  const child = spawn(process.execPath, [entry, 'demo', '--auto', '--rows', String(rows)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const stop = () => child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  if (code !== 0) throw new Error(`The demo ended with ${code}: ${said}`);
  return (performance.now() - began) / 1000;
}
