/** The values a version is read from. */
export const versionNames = ['@odata.etag', 'versionnumber'] as const;

/**
 * `versionnumber`, or the same number out of the entity tag (`W/"123"`): grows with every change in the whole
 * organization; null when there is neither.
 */
export function rowVersion(row: Readonly<Record<string, unknown>>): bigint | null {
  const tag = row['@odata.etag'];
  if (typeof tag === 'string') {
    const digits = tag.startsWith('W/"') ? tag.slice(3, -1) : tag.slice(1, -1);
    if (isDigits(digits)) return BigInt(digits);
  }
  const version = row.versionnumber;
  if (typeof version === 'number') return Number.isSafeInteger(version) ? BigInt(version) : null;
  return typeof version === 'string' && isDigits(version) ? BigInt(version) : null;
}

const [quote, zero, nine] = [0x22, 0x30, 0x39];
const before = Buffer.from('"W/\\"');
const after = Buffer.from('\\""');

/** The version out of an entity tag where that stands in the JSON of a row as Dataverse writes it; else null. */
export function quickVersion(json: Buffer, begin: number, end: number): bigint | null {
  const [first, last] = [begin + before.length, end - after.length];
  if (last <= first || last - first > 15 || json[begin] !== quote) return null;
  for (let at = 1; at < before.length; at += 1) if (json[begin + at] !== before[at]) return null;
  for (let at = 0; at < after.length; at += 1) if (json[last + at] !== after[at]) return null;
  let version = 0;
  for (let at = first; at < last; at += 1) {
    const byte = json[at] ?? 0;
    if (byte < zero || byte > nine) return null;
    version = 10 * version + byte - zero;
  }
  return BigInt(version);
}

/** At most 18, so that it fits into 64 bits. */
function isDigits(text: string): boolean {
  return /^\d{1,18}$/.test(text);
}
