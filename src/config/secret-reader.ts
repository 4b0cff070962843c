import { readFile, stat } from 'node:fs/promises';
import { AppError } from '../lib/errors.ts';
import { isAllowed, type SecretReference } from '../model/secret-reference.ts';
import { settings } from './settings.ts';

/** What a reader needs, as it is also handed to another thread. */
export interface SecretSource {
  /** References that may be read: `SECRET_REFERENCES`. */
  allowed: readonly string[];
  /** The environment, as far as it may be read. */
  environment: Readonly<Record<string, string>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A certificate with its key and chain is a few kilobytes. */
const mostBytes = 64 * 1024;

/**
 * Only what may be read is taken along. The bot's own settings never are, whatever the rule says: an admin of Slack
 * is not to learn, not even by trying, what the operator's keys are.
 */
export function createSecretSource(environment: Environment, allowed: readonly string[]): SecretSource {
  const readable = Object.entries(environment).flatMap(([name, value]) =>
    value !== undefined && !(name in settings) && isAllowed(`env:${name}`, allowed) ? [[name, value]] : [],
  );
  return { allowed, environment: Object.fromEntries(readable) };
}

/** Reads what the operator holds for the bot; see `SecretReader`. */
export function createSecretReader({ allowed, environment }: SecretSource): {
  read(reference: SecretReference): Promise<string>;
} {
  return {
    async read(reference) {
      if (!isAllowed(reference, allowed)) throw problem('reference-refused', reference);
      const [, kind, name = ''] = /^(env|file):(.*)$/s.exec(reference) ?? [];
      const text = kind === 'env' ? environment[name] : await readSecretFile(reference, name);
      if (text === undefined) throw problem('reference-missing', reference);
      const secret = text.replace(/[\r\n]+$/, '');
      if (secret.trim() === '') throw problem('reference-unreadable', reference, 'EMPTY');
      return secret;
    },
  };
}

async function readSecretFile(reference: SecretReference, path: string): Promise<string> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw problem('reference-unreadable', reference, 'EISDIR');
    if (found.size > mostBytes) throw problem('reference-unreadable', reference, 'EFBIG');
    return await readFile(path, 'utf8');
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
    throw problem(isMissing ? 'reference-missing' : 'reference-unreadable', reference, code);
  }
}

function problem(code: string, reference: string, original?: string): AppError {
  return new AppError(code, `A secret cannot be read from where it is said to be: ${code}`, {
    recovery: 'ask-admin',
    details: { reference, ...(original ? { original } : {}) },
  });
}
