/** Remembers the latest keys: true for one that came before. */
export function createSeen(most = 2_000): (key: string) => boolean {
  const keys = new Set<string>();
  return (key) => {
    if (keys.has(key)) return true;
    keys.add(key);
    const [oldest] = keys;
    if (keys.size > most && oldest !== undefined) keys.delete(oldest);
    return false;
  };
}
