/**
 * A secret that the operator holds and the bot only reads when it needs it: `env:NAME` or `file:/path`. In the one
 * form that is stored and compared.
 */
export type SecretReference = `env:${string}` | `file:/${string}`;

export type ReferenceProblem = 'reference-malformed' | 'reference-not-allowed';

const environmentName = /^[a-z_][a-z0-9_]*$/i;

/** Whether somebody means a reference. No client secret has a colon in it. */
export function looksLikeReference(text: string): boolean {
  return /^(env|file):/i.test(text);
}

/** @returns null for what is no reference, or a path that has to be resolved first. */
export function parseReference(text: string): SecretReference | null {
  const [, kind = '', rest = ''] = /^(env|file):(.*)$/is.exec(text) ?? [];
  if (kind.toLowerCase() === 'env') return environmentName.test(rest) ? `env:${rest}` : null;
  // `file:///path` is the same as `file:/path`.
  const path = rest.replace(/^\/\/(?=\/)/, '');
  const parts = path.split('/').slice(1);
  const isPlain = parts.length > 0 && parts.every((part) => part !== '' && part !== '.' && part !== '..');
  return path.startsWith('/') && isPlain && !/\p{Cc}/u.test(path) ? `file:${path as `/${string}`}` : null;
}

/**
 * Whether the operator lets admins refer to it.
 * @param allowed references, in which `*` stands for any characters but a slash.
 */
export function isAllowed(reference: SecretReference, allowed: readonly string[]): boolean {
  return allowed.some((pattern) => patternOf(pattern).test(reference));
}

function patternOf(pattern: string): RegExp {
  const literal = pattern.split('*').map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${literal.join('[^/]*')}$`);
}
