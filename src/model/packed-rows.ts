import type { StoredValue, UpsertRow, UpsertRows } from './upsert-row.ts';

/**
 * The rows of a page in a few flat pieces. Thousands of values that wait as objects are looked at by the garbage
 * collector again and again, and are copied one by one on their way to another thread: these are neither.
 */
export interface PackedPage {
  /** Values of a row. */
  width: number;
  /** Per value the length of its text, or one of `kinds`. */
  shapes: Int32Array<ArrayBuffer>;
  /** All texts, one after the other, in UTF-16: every text survives it. */
  texts: Uint8Array<ArrayBuffer>;
  numbers: Float64Array<ArrayBuffer>;
  bigints: bigint[];
  /** By row. */
  versions: (bigint | null)[];
}

const kinds = { empty: -1, number: -2, bigint: -3 };

export function packPage(rows: readonly UpsertRow[]): PackedPage {
  const width = rows[0]?.values.length ?? 0;
  const shapes = new Int32Array(rows.length * width);
  const numbers: number[] = [];
  const bigints: bigint[] = [];
  let [place, text] = [0, ''];
  for (const { values } of rows) {
    for (const value of values) {
      let shape = kinds.empty;
      if (typeof value === 'string') {
        shape = value.length;
        text += value;
      } else if (typeof value === 'number') {
        shape = kinds.number;
        numbers.push(value);
      } else if (value !== null) {
        shape = kinds.bigint;
        bigints.push(value);
      }
      shapes[place++] = shape;
    }
  }
  const texts = new Uint8Array(2 * text.length);
  Buffer.from(texts.buffer).write(text, 'utf16le');
  const versions = rows.map(({ version }) => version);
  return { width, shapes, texts, numbers: new Float64Array(numbers), bigints, versions };
}

export function* unpackPage(page: PackedPage): Generator<UpsertRow> {
  const { width, shapes, numbers, bigints, versions } = page;
  const text = Buffer.from(page.texts.buffer).toString('utf16le');
  let [place, at, number, bigint] = [0, 0, 0, 0];
  const next = (): StoredValue => {
    const shape = shapes[place++] ?? kinds.empty;
    if (shape === kinds.empty) return null;
    if (shape === kinds.number) return numbers[number++] ?? null;
    if (shape === kinds.bigint) return bigints[bigint++] ?? null;
    at += shape;
    return text.slice(at - shape, at);
  };
  for (const version of versions) {
    const values: StoredValue[] = [];
    for (let column = 0; column < width; column += 1) values.push(next());
    yield { values, version };
  }
}

/** Ends a page that is not needed any more: its memory is free at once, and not when the collector comes. */
export function giveBackPage({ shapes, texts, numbers }: PackedPage): void {
  for (const { buffer } of [shapes, texts, numbers]) buffer.transfer(0);
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

export function isPacked(rows: UpsertRows): rows is PackedRows {
  return 'pages' in rows;
}
