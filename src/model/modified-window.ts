/**
 * How far a table without change tracking has been read by `modifiedon`. As a text it stands where other tables have
 * their delta link.
 */
export interface ModifiedWindow {
  /** The latest `modifiedon` of the rows read so far, ISO 8601; null: there were no rows. */
  mark: string | null;
  /** When Dynamics' own clock said so first, ISO 8601; null where it does not tell the time. */
  seenAt: string | null;
  /** So long ago that nothing up to the mark can still come. */
  isSettled?: true;
  /** Dynamics did not track the table although that is said of it. */
  isRefused?: true;
}

const prefix = 'modifiedon ';

export function writeWindow(window: ModifiedWindow): string {
  return prefix + JSON.stringify(window);
}

/** Null: it is a delta link. */
export function readWindow(link: string): ModifiedWindow | null {
  return link.startsWith(prefix) ? (JSON.parse(link.slice(prefix.length)) as ModifiedWindow) : null;
}
