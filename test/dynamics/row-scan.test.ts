import { expect, test } from 'vitest';
import { createPageScanner } from '../../src/dynamics/row-scan.ts';
import { rowsOf } from '../../src/sync/page-rows.ts';

const scan = (body: string) => createPageScanner(['leadid', 'lastname', '@odata.etag'])(Buffer.from(body));

test('values by their names, and what stands beside the rows', () => {
  const page = scan(
    ' {"@odata.context":"c", "value" : [ {"leadid":"1","lastname":null,"other":2} , {"lastname":"Abe"} ],' +
      '"@odata.nextLink":"https:\\/\\/x\\/n","@odata.count":2} \n',
  );
  expect(rowsOf(page?.rows ?? [])).toEqual([{ leadid: '1' }, { lastname: 'Abe' }]);
  expect(page?.beside).toEqual({
    '@odata.context': 'c',
    '@odata.nextLink': 'https://x/n',
    '@odata.count': 2,
  });
  expect(scan('{"value":[]}')?.rows).toHaveLength(0);
});

test('many rows, page after page', () => {
  const scanMany = createPageScanner(['id']);
  for (const count of [1, 1000, 10]) {
    const rows = Array.from({ length: count }, (_, id) => ({ id, more: 'x' }));
    const page = scanMany(Buffer.from(JSON.stringify({ value: rows })));
    expect(rowsOf(page?.rows ?? [])).toEqual(rows.map(({ id }) => ({ id })));
  }
});

const row = '{"leadid":"1"}';

test.each([
  ['values in values', `{"value":[{"leadid":"1","list":[1]}]}`],
  ['an object in a row', `{"value":[{"leadid":"1","address":{"city":"x"}}]}`],
  ['something beside the rows that is no simple value', `{"value":[${row}],"error":{}}`],
  ['rows twice', `{"value":[${row}],"value":[]}`],
  ['no rows', `{"@odata.context":"x"}`],
  ['rows that are none', `{"value":"none"}`],
  ['a row that is none', `{"value":[${row},5]}`],
  ['a deleted row', `{"value":[{"@odata.context":"x#leads/$deletedEntity","id":"1","reason":"deleted"}]}`],
  ['a list', `[${row}]`],
  ['a byte order mark', `\ufeff{"value":[${row}]}`],
  ['an error', `{"error":{"code":"0x80040217"}}`],
])('a page with %s is left to the parser', (_name, body) => {
  expect(scan(body)).toBeNull();
  expect(() => JSON.parse(body.replace('\ufeff', ''))).not.toThrow();
});

test('every page that ends too early, or has a byte too many, is left to the parser', () => {
  const body =
    '{"value":[{"leadid":"1\\u00e9","lastname":-12.5e+3,"o":true},{"x":null,"leadid":"2"}],"a":false}';
  expect(scan(body)).not.toBeNull();
  for (let end = 0; end < body.length; end += 1) expect(scan(body.slice(0, end)), `${end}`).toBeNull();
  for (let at = 0; at < body.length; at += 1) {
    for (const more of ['"', ',', '}', ']', ':', '0', '\\', '\n']) {
      const changed = body.slice(0, at) + more + body.slice(at);
      if (scan(changed)) expect(() => JSON.parse(changed), changed).not.toThrow();
    }
  }
});

test.each([
  '01',
  '-',
  '1.',
  '.5',
  '1e',
  '+1',
  'tru',
  'nul',
  'NaN',
  '"\\x"',
  '"\\u12g4"',
  '"a\nb"',
  '"\u0001"',
  "'a'",
])('%j is no value', (value) => {
  const body = `{"value":[{"leadid":${value}}]}`;
  expect(scan(body)).toBeNull();
  expect(() => JSON.parse(body)).toThrow();
});
