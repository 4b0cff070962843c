import { type BotProcess, startBot } from '../app/bot-process.ts';
import {
  type Config,
  type Environment,
  parseConfig,
  readEnvironment,
  type SettingProblem,
} from '../config/load.ts';
import { createSecretSource } from '../config/secret-reader.ts';
import { systemClock } from '../lib/clock.ts';
import { AppError } from '../lib/errors.ts';
import { createLogger } from '../lib/log.ts';
import { within } from '../lib/within.ts';

/** A stop may not take longer than this: the one who asked for it kills us then. */
const stopWithinMs = 9_500;

const write = (line: string) => process.stdout.write(line);

/** The bot, until SIGTERM or SIGINT. */
export async function start(argv: readonly string[]): Promise<number> {
  if (argv.length > 0) {
    console.error(
      `"start" takes no arguments, got "${argv.join(' ')}". Settings come from the environment or a .env file.`,
    );
    return 2;
  }
  const given = readSettings();
  if (!given) return 2;
  const { config, environment } = given;
  const log = createLogger({ level: config.LOG_LEVEL, write });
  process.on('unhandledRejection', (error) =>
    log.error('Something failed that nobody waited for', { error }),
  );
  const asked = stopAsked();
  try {
    const bot = await Promise.race([
      startBot(config, createSecretSource(environment, config.SECRET_REFERENCES), log),
      asked.then(() => null),
    ]);
    if (bot) sayListening(bot, config.HOST);
    log.info('stopping', { signal: await asked });
    // While it starts there is nothing to save.
    if (bot) await within(bot.stop(), systemClock, stopWithinMs);
    log.info('stopped');
    return 0;
  } catch (error) {
    console.error(describeFailure(error));
    if (error instanceof AppError && error.code === 'setting-refused') return 2;
    log.error('The bot failed', { error });
    return 1;
  }
}

/** Null where they are wrong, which has been said then. */
function readSettings(): { config: Config; environment: Environment } | null {
  try {
    const environment = readEnvironment(process.env);
    const parsed = parseConfig(environment);
    if ('config' in parsed) return { config: parsed.config, environment };
    console.error(describeProblems(parsed.problems));
  } catch (error) {
    console.error(describeFailure(error));
  }
  return null;
}

/** Said whatever the level of the log is: with `PORT=0` nobody could find the bot otherwise. */
function sayListening({ port, mode }: BotProcess, host: string): void {
  createLogger({ level: 'info', write }).info('listening', { port, host, mode });
}

/** A signal often comes twice, from the terminal and from npm: the second one must not cut the stop short. */
function stopAsked(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.on('SIGTERM', resolve);
    process.on('SIGINT', resolve);
  });
}

function describeFailure(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `The bot cannot go on: ${message}`;
}

function describeProblems(problems: readonly SettingProblem[]): string {
  const lines = problems.map(
    ({ name, problem, where }) => `  ${name} ${problem}${where ? `\n      ${where}` : ''}`,
  );
  return [
    'The bot cannot start with these settings:',
    '',
    ...lines,
    '',
    'Set them in the environment or in a .env file (.env.example lists all).',
    'To try everything without Slack and Dynamics 365: npm run demo',
  ].join('\n');
}
