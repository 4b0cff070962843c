/** What the `Prefer` and `Accept` headers ask for. */
export interface Preferences {
  /** Rows per page; 5,000 is the most whatever is asked. */
  pageSize: number | undefined;
  tracksChanges: boolean;
  /** Whether an annotation is wanted. */
  wantsAnnotation(name: string): boolean;
  /** Names as they were asked, for `Preference-Applied`. */
  annotations: string | undefined;
  /** Decimals and big integers as text, so that no digit is lost. */
  isIeee754Compatible: boolean;
}

export const MAX_PAGE_SIZE = 5000;

/** Reads `odata.maxpagesize=…`, `odata.track-changes` and `odata.include-annotations="…"` in any order. */
export function parsePreferences(prefer: string, accept: string): Preferences {
  const annotations = /odata\.include-annotations="?([^"]*)"?/i.exec(prefer)?.[1];
  // The annotation list holds commas too, so the rest is looked at without it.
  const rest = prefer.replace(/odata\.include-annotations="[^"]*"/i, '');
  const size = /odata\.maxpagesize=(\d+)/i.exec(rest)?.[1];
  const patterns = (annotations ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const pageSize = size === undefined ? undefined : Math.max(1, Math.min(MAX_PAGE_SIZE, Number(size)));
  return {
    pageSize,
    tracksChanges: /odata\.track-changes/i.test(rest),
    wantsAnnotation: (name) => patterns.some((pattern) => matches(pattern, name)),
    annotations,
    isIeee754Compatible: /IEEE754Compatible\s*=\s*true/i.test(accept),
  };
}

function matches(pattern: string, name: string): boolean {
  return pattern === name || (pattern.endsWith('*') && name.startsWith(pattern.slice(0, -1)));
}

/** The header that says which wishes were heard. */
export function preferenceApplied({ pageSize, annotations, tracksChanges }: Preferences): string {
  return [
    tracksChanges ? 'odata.track-changes' : '',
    pageSize === undefined ? '' : `odata.maxpagesize=${pageSize}`,
    annotations === undefined ? '' : `odata.include-annotations="${annotations}"`,
  ]
    .filter((part) => part !== '')
    .join(',');
}
