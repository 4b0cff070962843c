import { usage } from './usage.ts';

/** Runs what an operator typed. @returns the exit code: 0 done, 2 wrong settings or usage, 1 anything else. */
export async function runCommand(argv: readonly string[]): Promise<number> {
  const [command = 'help', ...rest] = argv;
  switch (command) {
    case 'start':
      return await (await import('./start.ts')).start(rest);
    case 'demo':
      return await (await import('./demo.ts')).demo(rest);
    case 'help':
    case '--help':
    case '-h':
      console.log(usage);
      return 0;
    default:
      console.error(`Unknown command "${command}".\n\n${usage}`);
      return 2;
  }
}
