import type { Organization } from '../organization.ts';
import type { Preferences } from '../query/preferences.ts';
import type { ChunkPool } from './chunk-pool.ts';

/** A request after its token has been checked. */
export interface DataverseRequest {
  organization: Organization;
  /** `https://host:port/api/data/v9.2/` */
  base: string;
  /** What follows the base, decoded, without the query. */
  path: string;
  /** The query as it was sent, without the question mark. */
  rawQuery: string;
  search: URLSearchParams;
  preferences: Preferences;
  /** Where the bytes of pages are written. */
  chunks: ChunkPool;
  /** For what moment a first tracked read's link stands. */
  deltaStandsFor: 'first-page' | 'last-page';
}

export interface Answer {
  status: number;
  /** JSON in parts, or plain text. */
  parts: readonly (string | Buffer)[];
  type: 'json' | 'text';
  headers?: Record<string, string>;
}

export function json(body: unknown, status = 200): Answer {
  return { status, parts: [JSON.stringify(body)], type: 'json' };
}

/** A count comes as text behind a byte order mark, which clients must strip. */
export function countText(count: number): Answer {
  return { status: 200, parts: [`\ufeff${count}`], type: 'text' };
}

/** A link to the same resource with one option of the query replaced; the rest stays as it was sent. */
export function linkWith(request: DataverseRequest, option: string, drop: readonly string[] = []): string {
  const dropped = [option.slice(0, option.indexOf('=')), ...drop];
  const kept = request.rawQuery
    .split('&')
    .filter((part) => part !== '' && !dropped.includes(decodeURIComponent(part.split('=')[0] ?? '')));
  return `${request.base}${request.path}?${[...kept, option].join('&')}`;
}
