import { expect, test } from 'vitest';
import { buffersOf, drainedRows, giveBackPage, packedRows } from '../../src/model/packed-rows.ts';
import { packPage } from '../../src/model/row-packer.ts';
import type { UpsertRow } from '../../src/model/upsert-row.ts';

const rows: UpsertRow[] = [
  { values: ['a', '', null, 0, -1.5, 9_223_372_036_854_775_807n], version: 1n },
  { values: ['日本語 😀', 'half \ud800 a pair\0', 2 ** 53, -0, null, -5n], version: null },
  { values: [null, null, null, null, null, null], version: 9_223_372_036_854_775_807n },
];

test('rows come out as they went in, each time they are gone through, and in another thread', () => {
  const pages = [packPage(rows), packPage([]), packPage(rows.slice(1))];
  const packed = packedRows(pages);
  expect(packed).toHaveLength(5);
  expect([...packed]).toEqual([...rows, ...rows.slice(1)]);
  expect([...packed]).toEqual([...rows, ...rows.slice(1)]);
  const parts = pages.flatMap(buffersOf);
  expect([...packedRows(structuredClone(pages, { transfer: parts }))]).toEqual([...rows, ...rows.slice(1)]);
});

test('pages that are drained give their memory back one after the other, and again does no harm', () => {
  const pages = [packPage(rows), packPage(rows)];
  const sizes = () =>
    pages.map((page) => buffersOf(page).reduce((sum, { byteLength }) => sum + byteLength, 0));
  const drained = drainedRows(pages);
  expect(drained).toHaveLength(2 * rows.length);
  const found: unknown[] = [];
  for (const row of drained) {
    found.push(row);
    if (found.length === rows.length + 1) expect(sizes()).toEqual([0, expect.any(Number)]);
  }
  expect(found).toEqual([...rows, ...rows]);
  expect(sizes()).toEqual([0, 0]);
  pages.forEach(giveBackPage);
  expect(sizes()).toEqual([0, 0]);
});
