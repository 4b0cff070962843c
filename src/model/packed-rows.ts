import type { StoredValue, UpsertRow, UpsertRows } from './upsert-row.ts';

/**
 * The rows of a page in a few flat pieces. Thousands of values that wait as objects are looked at by the garbage
 * collector again and again, and are copied one by one on their way to another thread: these are neither.
 */
export interface PackedPage {
  /** Values of a row. */
  width: number;
  /** Per value the length of its text, or one of `shapes`. */
  shapes: Int32Array<ArrayBuffer>;
  /** Texts of ASCII, one after the other. */
  texts: Uint8Array<ArrayBuffer>;
  /** The others, in UTF-16: every text survives it. */
  wideTexts: Uint16Array<ArrayBuffer>;
  numbers: Float64Array<ArrayBuffer>;
  bigints: bigint[];
  /** By row. */
  versions: BigInt64Array<ArrayBuffer>;
}

/** A text of `wideTexts` is `wide` less its length; a version that is not known `noVersion`. */
export const shapes = { empty: -1, number: -2, bigint: -3, wide: -4, noVersion: -1n } as const;

export function* unpackPage(page: PackedPage): Generator<UpsertRow> {
  const { width, numbers, bigints, versions } = page;
  const text = Buffer.from(page.texts.buffer).toString('latin1');
  const wide = Buffer.from(page.wideTexts.buffer).toString('utf16le');
  let [place, at, wideAt, number, bigint] = [0, 0, 0, 0, 0];
  const next = (): StoredValue => {
    const shape = page.shapes[place++] ?? shapes.empty;
    if (shape >= 0) {
      at += shape;
      return text.slice(at - shape, at);
    }
    if (shape === shapes.empty) return null;
    if (shape === shapes.number) return numbers[number++] ?? null;
    if (shape === shapes.bigint) return bigints[bigint++] ?? null;
    const length = shapes.wide - shape;
    wideAt += length;
    return wide.slice(wideAt - length, wideAt);
  };
  for (const version of versions) {
    const values: StoredValue[] = [];
    for (let column = 0; column < width; column += 1) values.push(next());
    yield { values, version: version === shapes.noVersion ? null : version };
  }
}

/** What can be handed to another thread instead of being copied. */
export function buffersOf({ shapes, texts, wideTexts, numbers, versions }: PackedPage): ArrayBuffer[] {
  return [shapes.buffer, texts.buffer, wideTexts.buffer, numbers.buffer, versions.buffer];
}

/** Ends a page that is not needed any more: its memory is free at once, and not when the collector comes. */
export function giveBackPage(page: PackedPage): void {
  for (const buffer of buffersOf(page)) if (!buffer.detached) buffer.transfer(0);
}

/** Rows that can be gone through as if they were not packed. */
export interface PackedRows extends UpsertRows {
  readonly pages: readonly PackedPage[];
}

export function packedRows(pages: readonly PackedPage[]): PackedRows {
  return {
    pages,
    length: pages.reduce((sum, { versions }) => sum + versions.length, 0),
    *[Symbol.iterator]() {
      for (const page of pages) yield* unpackPage(page);
    },
  };
}

/** The same to be gone through once: each page is given back when its last row has been. */
export function drainedRows(pages: readonly PackedPage[]): UpsertRows {
  const { length } = packedRows(pages);
  return {
    length,
    *[Symbol.iterator]() {
      for (const page of pages) {
        yield* unpackPage(page);
        giveBackPage(page);
      }
    },
  };
}

export function isPacked(rows: UpsertRows): rows is PackedRows {
  return 'pages' in rows;
}
