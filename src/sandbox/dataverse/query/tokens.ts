import { DataverseError, expiredLink } from '../errors.ts';
import { isoSeconds } from '../organization.ts';

/** Where a page walk stands. */
export interface PageCookie {
  page: number;
  /** What the walk orders and filters by; a link may not be used for another query. */
  query: string;
  /** The last row's id, by which its place is found again. */
  last: string;
  /** The last row's values in the walk's order. */
  values: (string | number | boolean | null)[];
  /** Tracked reads: the version the delta link will stand for. */
  since?: number;
  /** Delta reads: the version the last entry had, and whether deletes have begun. */
  at?: number;
  isDeleting?: boolean;
}

/** `<cookie …/>`, as Dataverse's links carry it; its inside is nobody's business. */
export function writeSkipToken(cookie: PageCookie, isTracking: boolean): string {
  const inside = Buffer.from(JSON.stringify(cookie)).toString('base64url');
  const tracking = isTracking ? 'True' : 'False';
  const text = `<cookie pagenumber="${cookie.page}" pagingcookie="${inside}" istracking="${tracking}" />`;
  return encodeURIComponent(text);
}

export function readSkipToken(text: string, query: string): PageCookie {
  const inside = /pagingcookie="([\w-]+)"/.exec(text)?.[1];
  if (inside === undefined) throw malformed();
  let cookie: PageCookie;
  try {
    cookie = JSON.parse(Buffer.from(inside, 'base64url').toString('utf8')) as PageCookie;
  } catch {
    throw malformed();
  }
  if (cookie.query !== query) {
    const message = 'The paging cookie does not belong to the order and filter of this query.';
    throw new DataverseError(400, '0x80041129', message);
  }
  return cookie;
}

function malformed(): DataverseError {
  return new DataverseError(400, '0x80060888', 'Malformed XML in the Paging Cookie');
}

export interface DeltaToken {
  version: number;
  /** Milliseconds since 1970. */
  issuedAt: number;
}

/** `919042!08/22/2017 08:10:44`: the version the link stands for and the server's time. */
export function writeDeltaToken({ version, issuedAt }: DeltaToken): string {
  const iso = isoSeconds(issuedAt);
  const [year, month, day] = iso.slice(0, 10).split('-');
  const text = `${version}!${month}/${day}/${year} ${iso.slice(11, 19)}`;
  return encodeURIComponent(text).replaceAll('!', '%21').toLowerCase();
}

/** A token that cannot be read is treated as one that has expired: either way only a full read helps. */
export function readDeltaToken(text: string): DeltaToken {
  const found = /^(\d+)!(\d\d)\/(\d\d)\/(\d{4}) (\d\d:\d\d:\d\d)$/.exec(text);
  if (!found) throw expiredLink();
  const [, version, month, day, year, time] = found;
  return { version: Number(version), issuedAt: Date.parse(`${year}-${month}-${day}T${time}Z`) };
}
