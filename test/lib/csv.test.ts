import { expect, test } from 'vitest';
import { csvOf } from '../../src/lib/csv.ts';

test('a table as a spreadsheet reads it, in any language', () => {
  expect(
    csvOf([
      ['id', 'メッセージ', 'n'],
      ['a,b', 'say "no"\nagain', 3],
    ]),
  ).toBe('\uFEFFid,メッセージ,n\r\n"a,b","say ""no""\nagain",3\r\n');
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '＝1+1', '＠SUM(A1)'])(
  '%j does not become a formula',
  (value) => {
    expect(csvOf([[value]])).toBe(`\uFEFF'${value}\r\n`);
  },
);
