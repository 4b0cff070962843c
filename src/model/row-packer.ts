import { shapes as kinds, type PackedPage } from './packed-rows.ts';
import { createAsciiStore, createWideStore } from './text-store.ts';
import type { StoredValue, UpsertRow } from './upsert-row.ts';

/** Packs the rows of a page, value by value. */
export type RowPacker = ReturnType<typeof createRowPacker>;

/**
 * @param width values of a row.
 * @param rows at most so many.
 * @param textBytes so many at first.
 */
export function createRowPacker(width: number, rows: number, textBytes = 64 * 1024) {
  const shapes = new Int32Array(rows * width);
  const versions = new BigInt64Array(rows);
  const texts = createAsciiStore(textBytes);
  const wide = createWideStore();
  const [numbers, bigints]: [number[], bigint[]] = [[], []];
  let [row, place] = [0, 0];
  let begun = { texts: 0, wide: 0, numbers: 0, bigints: 0 };

  const note = (shape: number): void => {
    shapes[place++] = shape;
  };
  return {
    /** A text that stands in bytes of ASCII. */
    text: (bytes: Buffer, begin: number, end: number): void => note(texts.add(bytes, begin, end)),
    /** The same in lower case. */
    lowerText: (bytes: Buffer, begin: number, end: number): void => note(texts.addLower(bytes, begin, end)),
    /** A text that stands in bytes of UTF-8. @returns false where it is not valid. */
    wideText(bytes: Buffer, begin: number, end: number): boolean {
      const length = wide.addUtf8(bytes, begin, end);
      if (length >= 0) note(kinds.wide - length);
      return length >= 0;
    },
    value(value: StoredValue): void {
      if (value === null) note(kinds.empty);
      else if (typeof value === 'string') note(kinds.wide - wide.add(value));
      else if (typeof value === 'number') {
        numbers.push(value);
        note(kinds.number);
      } else {
        bigints.push(value);
        note(kinds.bigint);
      }
    },
    keepRow(version: bigint | null): void {
      versions[row++] = version ?? kinds.noVersion;
      begun = { texts: texts.length, wide: wide.length, numbers: numbers.length, bigints: bigints.length };
    },
    /** Of a row that turned out to be none, as if it had not been begun. */
    dropRow(): void {
      place = row * width;
      texts.length = begun.texts;
      wide.length = begun.wide;
      numbers.length = begun.numbers;
      bigints.length = begun.bigints;
    },
    /** The packer is of no use any more. */
    finish(): PackedPage {
      return {
        width,
        shapes: new Int32Array(shapes.buffer.transfer(4 * row * width)),
        texts: texts.finish(),
        wideTexts: wide.finish(),
        numbers: new Float64Array(numbers),
        bigints,
        versions: new BigInt64Array(versions.buffer.transfer(8 * row)),
      };
    },
  };
}

export function packPage(rows: readonly UpsertRow[]): PackedPage {
  const packer = createRowPacker(rows[0]?.values.length ?? 0, rows.length);
  for (const { values, version } of rows) {
    for (const value of values) packer.value(value);
    packer.keepRow(version);
  }
  return packer.finish();
}
