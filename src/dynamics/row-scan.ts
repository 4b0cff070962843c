import { endOf, type ScannedRows } from '../model/scanned-rows.ts';
import { scanScalar, signs, skipSpace } from './json-scan.ts';
import { createNameOrder, type MetName } from './name-order.ts';

export interface ScannedPage {
  rows: ScannedRows;
  /** What stands beside the rows. */
  beside: Readonly<Record<string, unknown>>;
}

/** Places are kept in 32 bits, of which one is taken. */
const mostBytes = 2 ** 30 - 1;
/** Marks of a row that was deleted: see `parsePage`. */
const marksOfDeleted = ['reason', '@odata.context', '@context'];

/**
 * Finds the values `names` of the rows of a page, by their places.
 * @returns null for a page that is not of the usual form: with values in values, marks of deleted rows, or that is
 * not valid JSON. Then it has to be parsed, which tells what it is.
 */
export function createPageScanner(names: readonly string[]): (bytes: Buffer) => ScannedPage | null {
  const scanRows = createRowScanner(names);
  return (bytes) => {
    if (bytes.length > mostBytes) return null;
    let rows: ReturnType<typeof scanRows> = null;
    const beside: Record<string, unknown> = {};
    let at = skipSpace(bytes, 0);
    if (bytes[at] !== signs.openObject) return null;
    do {
      const name = skipSpace(bytes, at + 1);
      const afterName = bytes[name] === signs.quote ? scanScalar(bytes, name) : -1;
      const colon = afterName < 0 ? -1 : skipSpace(bytes, endOf(afterName));
      if (bytes[colon] !== signs.colon) return null;
      const value = skipSpace(bytes, colon + 1);
      const key = String(JSON.parse(bytes.toString('utf8', name, endOf(afterName))));
      if (key === 'value') {
        if (rows) return null;
        rows = scanRows(bytes, value);
        if (!rows) return null;
        at = rows.end;
      } else {
        const end = scanScalar(bytes, value);
        if (end < 0) return null;
        at = endOf(end);
        beside[key] = JSON.parse(bytes.toString('utf8', value, at));
      }
      at = skipSpace(bytes, at);
    } while (bytes[at] === signs.comma);
    const isWhole = bytes[at] === signs.closeObject && skipSpace(bytes, at + 1) === bytes.length;
    return rows && isWhole ? { rows: rows.rows, beside } : null;
  };
}

/** Scans a list of rows; null: see `createPageScanner`. */
function createRowScanner(names: readonly string[]) {
  // After the others, so that a field of that name is not taken for one that is wanted.
  const scanRow = createValueScanner([...names, ...marksOfDeleted], names.length);
  const width = 2 * names.length;
  let expected = 64;
  return (bytes: Buffer, from: number): { rows: ScannedRows; end: number } | null => {
    if (bytes[from] !== signs.openList) return null;
    let places = new Int32Array(expected * width);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let length = 0;
    let at = skipSpace(bytes, from + 1);
    while (bytes[at] === signs.openObject) {
      if ((length + 1) * width > places.length) places = enlarge(places, width);
      at = scanRow(bytes, view, at, places, length * width);
      if (at < 0) return null;
      length += 1;
      at = skipSpace(bytes, at);
      if (bytes[at] !== signs.comma) break;
      at = skipSpace(bytes, at + 1);
      if (bytes[at] !== signs.openObject) return null;
    }
    if (bytes[at] !== signs.closeList) return null;
    expected = Math.max(64, length);
    return { rows: { bytes, names, length, places }, end: at + 1 };
  };
}

function enlarge(places: Int32Array<ArrayBuffer>, width: number): Int32Array<ArrayBuffer> {
  const more = new Int32Array(2 * places.length + width);
  more.set(places);
  return more;
}

/**
 * Scans one row from its brace on and notes where its values are, from `base` on.
 * @param wanted so many of `known` are; the others must not be there.
 */
function createValueScanner(known: readonly string[], wanted: number) {
  const order = createNameOrder(known);
  return (bytes: Buffer, view: DataView, from: number, places: Int32Array, base: number): number => {
    let at = skipSpace(bytes, from + 1);
    if (bytes[at] === signs.closeObject) return at + 1;
    for (let before: MetName = order.start; ; at = skipSpace(bytes, at + 1)) {
      let name = order.recognize(view, at, before);
      if (name) at += name.bytes;
      else {
        const end = bytes[at] === signs.quote ? endOf(scanScalar(bytes, at)) : -1;
        const colon = end < 0 ? -1 : skipSpace(bytes, end);
        if (bytes[colon] !== signs.colon) return -1;
        name = order.lookUp(bytes, at, end, before);
        at = colon + 1;
      }
      at = skipSpace(bytes, at);
      const marked = scanScalar(bytes, at);
      const { index } = name;
      if (marked < 0 || index >= wanted) return -1;
      if (index >= 0) {
        const isNull = bytes[at] === 0x6e;
        places[base + 2 * index] = isNull ? 0 : at;
        places[base + 2 * index + 1] = isNull ? 0 : marked;
      }
      before = name;
      at = skipSpace(bytes, endOf(marked));
      if (bytes[at] === signs.closeObject) return at + 1;
      if (bytes[at] !== signs.comma) return -1;
    }
  };
}
