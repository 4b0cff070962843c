/** What the browser keeps: who one is, where one was, and how it looks. The address names person and channel. */
const PREFIX = 'sandbox.';

export function readPreference(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    // Storage can be switched off; the page then starts afresh every time.
    return null;
  }
}

export function keepPreference(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // See above.
  }
}

export interface Address {
  user: string;
  channel: string;
}

export function readAddress(): Address {
  const hash = new URLSearchParams(location.hash.slice(1));
  return {
    user: hash.get('user') ?? readPreference('user') ?? '',
    channel: hash.get('channel') ?? '',
  };
}

export function keepAddress({ user, channel }: Address): void {
  keepPreference('user', user);
  keepPreference(`channel.${user}`, channel);
  const hash = `#${new URLSearchParams({ user, channel })}`;
  if (location.hash !== hash) history.replaceState(null, '', hash);
}

export function readTheme(): 'light' | 'dark' {
  const kept = readPreference('theme');
  if (kept === 'light' || kept === 'dark') return kept;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Seen messages by channel, of one person. */
export function readSeen(user: string): Map<string, string> {
  try {
    const kept: unknown = JSON.parse(readPreference(`read.${user}`) ?? '{}');
    return new Map(
      Object.entries(kept ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    return new Map();
  }
}

export function keepSeen(user: string, seen: Map<string, string>): void {
  keepPreference(`read.${user}`, JSON.stringify(Object.fromEntries(seen)));
}
