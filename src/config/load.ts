import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import type { z } from 'zod';
import { AppError } from '../lib/errors.ts';
import { type Setting, type SettingName, settings } from './settings.ts';

export type Config = { readonly [Name in SettingName]: z.output<(typeof settings)[Name]['schema']> };

export type Environment = Readonly<Record<string, string | undefined>>;

export interface SettingProblem {
  name: SettingName;
  /** Completes the sentence that starts with the name. */
  problem: string;
  /** Where the value is found. */
  where?: string;
}

/** Checks all settings and finds every problem at once, so that nobody fixes them one start at a time. */
export function parseConfig(env: Environment): { config: Config } | { problems: SettingProblem[] } {
  const values: Partial<Record<SettingName, unknown>> = {};
  const problems: SettingProblem[] = [];
  for (const name of Object.keys(settings) as SettingName[]) {
    const parsed = settings[name].schema.safeParse(env[name]);
    if (parsed.success) values[name] = parsed.data;
    else problems.push(describeProblem(name, parsed.error.issues[0]?.message ?? 'is wrong'));
  }
  problems.push(...findGaps(env, problems));
  if (problems.length > 0) return { problems };
  return { config: values as Config };
}

/** What no single setting shows: two of them belong together. */
function findGaps(env: Environment, found: readonly SettingProblem[]): SettingProblem[] {
  const given = (name: SettingName) => (env[name] ?? '').trim() !== '';
  const gaps: SettingProblem[] = [];
  if (!given('SLACK_APP_TOKEN') && !given('SLACK_SIGNING_SECRET')) {
    gaps.push(
      describeProblem(
        'SLACK_APP_TOKEN',
        'is missing (Socket Mode); or give SLACK_SIGNING_SECRET (HTTP mode)',
      ),
    );
    gaps.push(
      describeProblem(
        'SLACK_SIGNING_SECRET',
        'is missing (HTTP mode); or give SLACK_APP_TOKEN (Socket Mode)',
      ),
    );
  }
  if (given('SMTP_URL') && !given('MAIL_FROM'))
    gaps.push(describeProblem('MAIL_FROM', 'is missing: SMTP_URL needs a sender'));
  return gaps.filter(({ name }) => !found.some((other) => other.name === name));
}

function describeProblem(name: SettingName, problem: string): SettingProblem {
  const setting: Setting = settings[name];
  return { name, problem, ...(setting.where ? { where: setting.where } : {}) };
}

/**
 * The environment, completed by the `.env` file where it says nothing.
 * @throws AppError `setting-refused` when the file is there and cannot be read
 */
export function readEnvironment(env: Environment, file = '.env'): Environment {
  try {
    return { ...parseEnv(readFileSync(file, 'utf8')), ...env };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return env;
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('setting-refused', `The file ${file} cannot be read: ${reason}`, {
      recovery: 'ask-admin',
      cause: error,
    });
  }
}
