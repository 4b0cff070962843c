import { placeOf, scannedValue } from '../model/scanned-rows.ts';
import type { ChangePage, Page, WireRow } from '../ports/dynamics.ts';
import { giveBack } from './body-bytes.ts';
import { dynamicsError } from './dynamics-error.ts';
import { localPath } from './local-path.ts';
import type { createPageScanner, ScannedPage } from './row-scan.ts';
import { parseJson } from './web-api.ts';

/** Dataverse writes its links after the rows. A link holds the `$select` and a paging cookie encoded twice. */
const tailBytes = 64 * 1024;

type LinkName = 'nextLink' | 'deltaLink';

/**
 * A link in the last bytes of a page, without parsing it. Inside a string of a row its quotes would be escaped, so
 * it cannot be mistaken.
 * @returns null also where the link stands somewhere else: only parsing tells.
 */
export function findLink(bytes: Buffer, name: LinkName): string | null {
  const tail = bytes.subarray(-tailBytes).toString('latin1');
  const found = new RegExp(`"@odata\\.${name}"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*")`).exec(tail)?.[1];
  if (!found) return null;
  try {
    return String(JSON.parse(found));
  } catch {
    return null;
  }
}

/** What a page body must look like to be one. Row pages are too large for more than a cheap look. */
export interface PageShape {
  origin: string;
  entity: string;
  primaryId: string;
}

/** @throws AppError `answer-malformed`; `foreign-link`. */
export function parsePage(bytes: Buffer, shape: PageShape): ChangePage {
  const body = parseJson(bytes);
  const value = isRecord(body) ? body.value : undefined;
  if (!isRecord(body) || !Array.isArray(value)) throw malformed(shape, 'no rows');
  const rows: WireRow[] = [];
  const deleted: string[] = [];
  for (const entry of value as unknown[]) {
    if (!isRecord(entry)) throw malformed(shape, 'a row that is none');
    const gone = deletedId(entry);
    if (gone !== null) deleted.push(gone);
    else rows.push(entry);
  }
  // One of many is a row that is not in order, which stops no page; without any it is a page of something else.
  if (rows.length > 0 && !rows.some((row) => typeof row[shape.primaryId] === 'string')) {
    throw malformed(shape, 'rows without their ids');
  }
  return {
    rows,
    deleted,
    next: linkOf(body, 'nextLink', shape),
    deltaLink: linkOf(body, 'deltaLink', shape),
  };
}

/**
 * The same without making objects of the rows, where their page is of the usual form. Its bytes are its own.
 * @throws AppError as `parsePage`.
 */
export function scanOrParsePage(
  bytes: Buffer,
  shape: PageShape,
  scan: ReturnType<typeof createPageScanner>,
): Page {
  const scanned = scan(bytes);
  if (!scanned) {
    const { rows, next } = parsePage(bytes, shape);
    giveBack(bytes);
    return { rows, next };
  }
  const { rows, beside } = scanned;
  if (rows.length > 0 && !hasId(scanned, shape.primaryId)) throw malformed(shape, 'rows without their ids');
  return { rows, next: linkOf(beside, 'nextLink', shape), giveBack: () => giveBack(bytes) };
}

function hasId({ rows }: ScannedPage, primaryId: string): boolean {
  const name = rows.names.indexOf(primaryId);
  for (let row = 0; row < rows.length; row += 1) {
    if (placeOf(rows, row, name).begin > 0 && typeof scannedValue(rows, row, name) === 'string') return true;
  }
  return false;
}

/** "Use change tracking to synchronize data with external systems": `reason`, and a context of its own. */
function deletedId(entry: Record<string, unknown>): string | null {
  const context = entry['@odata.context'] ?? entry['@context'];
  const isDeleted =
    entry.reason === 'deleted' || (typeof context === 'string' && context.endsWith('/$deletedEntity'));
  return isDeleted && typeof entry.id === 'string' ? bareId(entry.id) : null;
}

/** Some servers write the path of the row, as OData has it: `leads(<id>)`. */
function bareId(id: string): string {
  return (/[(/]([0-9a-f-]{36})\)?$/i.exec(id)?.[1] ?? id).toLowerCase();
}

function linkOf(body: Readonly<Record<string, unknown>>, name: LinkName, shape: PageShape): string | null {
  const link = body[`@odata.${name}`];
  if (typeof link !== 'string' || link === '') return null;
  localPath(link, shape.origin);
  return link;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed({ entity }: PageShape, what: string): Error {
  return dynamicsError('answer-malformed', `A page of ${entity} has ${what}`, {
    recovery: 'retry',
    details: { entity },
  });
}
