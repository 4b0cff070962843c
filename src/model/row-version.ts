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

/** At most 18, so that it fits into 64 bits. */
function isDigits(text: string): boolean {
  return /^\d{1,18}$/.test(text);
}
