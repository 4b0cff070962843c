import { expect, test } from 'vitest';
import { createPageScanner } from '../../src/dynamics/row-scan.ts';
import { fieldTypes, hasLabel, isLookup } from '../../src/model/entity.ts';
import { packedRows } from '../../src/model/packed-rows.ts';
import type { EntityPlan } from '../../src/model/selection.ts';
import { wireNamesOf } from '../../src/model/stored-columns.ts';
import type { PageRows, WireRow } from '../../src/ports/dynamics.ts';
import { createPageMapper } from '../../src/sync/map.ts';
import { createPagePacker } from '../../src/sync/pack.ts';
import { rowsOf, rowsWhere, versionsOf } from '../../src/sync/page-rows.ts';
import { label, sampleId, samplePlan } from './sample-plan.ts';

const every = Object.fromEntries(fieldTypes.map((type) => [`of${type.toLowerCase()}`, type]));
const plan = samplePlan('lead', { ...every, new_synctomkto: 'Boolean' }, { filter: true });

/** JSON of values: of the usual form of some type, of an odd one, and of none. */
const texts = [
  ...['Müller 山田', '😀 \u007f', '', 'a "quoted" \\ line\n', 'half \ud800 a pair', '\u0000', '~', 'ａ'],
  ...[
    'x'.repeat(47),
    'y'.repeat(49),
    'z'.repeat(70_000),
    '日'.repeat(5_000),
    '\u00e9\u07ff\u0800\uffff\u{10000}',
  ],
  ...[
    '0000AAAA-0000-4000-8000-00000000000F',
    'ＡＢＣ',
    '12',
    '1.50',
    '1.',
    '.5',
    '1.2.3',
    '-7.25',
    '1.5E3',
    ' 5',
  ],
  ...['9007199254740993', '-99999999999999999999', '2026-11-23T04:05:06Z', '2026-11-23T04:05:06.123Z'],
  ...[
    '2026-11-23T04:05:06+09:00',
    '2026-11-23',
    '2026-11-23 04:05:06',
    'yesterday',
    '2026-11-23T04:05Z',
    '1,2',
  ],
].map((text) => JSON.stringify(text));
const escaped = ['"\\u0041bc"', '"\\/"', '"\\u65e5\\u672c"', '"\\ud83d\\ude00"', '"\\t"'];
const others = ['true', 'false', 'null', '0', '-0', '7', '-7', '123456789012345', '9007199254740993', '1.5'];
const numbers = ['1e3', '1E-7', '-1.25e+9', '12.50', '999999999999999', '1e400'];
const values = [...texts, ...escaped, ...others, ...numbers];

function bodyOf(rows: readonly string[], space = ''): Buffer {
  return Buffer.from(
    `{${space}"@odata.context":"x",${space}"value"${space}:${space}[${rows.join(`${space},`)}]}`,
  );
}

function scan(body: Buffer, of: EntityPlan): PageRows {
  const page = createPageScanner(wireNamesOf(of))(body);
  if (!page) throw new Error('The page cannot be scanned');
  return page.rows;
}

/** What becomes of the rows of a page that is scanned, and of one that is parsed. */
function bothWays(body: Buffer, of = plan) {
  const { packed, ...beside } = createPagePacker(of)(scan(body, of));
  const scanned = { ...beside, upserts: [...packedRows([packed])] };
  const wire = JSON.parse(body.toString()).value as WireRow[];
  return { scanned, parsed: createPageMapper(of)(wire) };
}

/** A row in which every field has the value. */
function rowOf(value: string, id: number | null = 1, more: readonly string[] = []): string {
  const named = plan.columns
    .slice(1)
    .filter(({ name }) => name !== 'new_synctomkto')
    .flatMap(({ select, type }) => [
      `"${select}":${value}`,
      ...(hasLabel(type) || isLookup(type) ? [`${JSON.stringify(label(select))}:${value}`] : []),
    ]);
  const first = id === null ? [] : [`"leadid":"${sampleId(id)}"`];
  return `{${[...first, ...named, ...more].join(',')}}`;
}

test.each(values)('a row of nothing but %s', (value) => {
  const { scanned, parsed } = bothWays(bodyOf([rowOf(value)]));
  expect(scanned).toEqual(parsed);
});

test.each(values)('each type beside others with %s', (value) => {
  for (const [name, type] of Object.entries(every)) {
    const of = samplePlan('lead', { before: 'String', [name]: type, after: 'Integer' });
    const key = isLookup(type) ? `_${name}_value` : name;
    const labels = `"${label(key)}":"日本 A"`;
    const rows = [1, 2].map(
      (id) =>
        `{"before":"b","${key}":${id === 1 ? value : 'null'},${labels},"leadid":"${sampleId(id)}","after":${id}}`,
    );
    const { scanned, parsed } = bothWays(bodyOf(rows), of);
    expect(scanned, type).toEqual(parsed);
    expect(scanned.upserts.length + scanned.failures.length).toBe(2);
  }
});

test('rows one after the other, of which some fail, some are kept out and some have no id', () => {
  const rows = values.flatMap((value, index) => [
    rowOf(value, index, ['"new_synctomkto":true', `"@odata.etag":"W/\\"${1000 + index}\\""`]),
    rowOf('null', 1000 + index, ['"new_synctomkto":null', `"versionnumber":${index}`]),
    rowOf(value, 2000 + index, ['"new_synctomkto":false']),
    rowOf('null', index % 2 ? null : 3000, ['"new_synctomkto":false']),
    rowOf('null', null),
    `{"leadid":${value}}`,
    '{}',
  ]);
  for (const space of ['', ' ', '\n\t \r']) {
    const { scanned, parsed } = bothWays(bodyOf(rows, space));
    expect(scanned).toEqual(parsed);
    expect(scanned.failures.length).toBeGreaterThan(100);
    expect(scanned.filtered.length).toBeGreaterThan(50);
    expect(scanned.upserts.length).toBeGreaterThan(50);
  }
});

test('names in another order, twice, with escapes, and such as nobody asked for', () => {
  const id = `"leadid":"${sampleId(1)}"`;
  const rows = [
    `{${id},"ofstring":"a","ofinteger":1}`,
    `{"ofinteger":2,${id},"ofstring":"b"}`,
    `{"ofstring":"c",${id}}`,
    `{"ofstring":"first",${id},"ofstring":"last","ofinteger":5,"ofinteger":null}`,
    `{"\\u006ffstring":"escaped",${id},"of\\u0069nteger":9}`,
    `{"ofstrin":"near","ofstring2":"near",${id},"日本":"x","":"nameless","o":1}`,
    `{"ofstring" : "spaced" , ${id} ,"ofinteger" :3}`,
  ];
  for (const body of [bodyOf(rows), bodyOf([...rows, ...rows.toReversed()])]) {
    const { scanned, parsed } = bothWays(body);
    expect(scanned).toEqual(parsed);
  }
});

test.each([
  ['W/"123"', 123n],
  ['W/"999999999999999"', 999999999999999n],
  ['W/"123456789012345678"', 123456789012345678n],
  ['"77"', 77n],
  ['W/"12a"', null],
  ['W/""', null],
  ['', null],
])('the version of the tag %s', (tag, version) => {
  const rows = scan(bodyOf([`{"@odata.etag":${JSON.stringify(tag)},"leadid":"${sampleId(1)}"}`]), plan);
  expect(versionsOf(rows)(0)).toBe(version);
  const { scanned } = bothWays(bodyOf([`{"@odata.etag":${JSON.stringify(tag)},"leadid":"${sampleId(1)}"}`]));
  expect(scanned.upserts[0]?.version).toBe(version);
});

test('some of the rows', () => {
  const rows = scan(bodyOf([1, 2, 3, 4].map((id) => rowOf(String(id), id))), plan);
  const even = rowsWhere(rows, (row) => row % 2 === 1);
  expect(rowsOf(even).map(({ leadid }) => leadid)).toEqual([sampleId(2), sampleId(4)]);
  expect(rowsOf(even)).toEqual(rowsWhere(rowsOf(rows), (row) => row % 2 === 1));
});

test('bytes that are not UTF-8 are read as the parser reads them', () => {
  const odd = [
    [0xc3],
    [0xff],
    [0xed, 0xa0, 0x80],
    [0xe0, 0x80, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0xe6, 0x97],
  ];
  for (const bytes of odd) {
    const [before, after] = [`{"value":[{"leadid":"${sampleId(1)}","ofstring":"a`, `b"}]}`];
    const body = Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
    const { scanned, parsed } = bothWays(body);
    expect(scanned).toEqual(parsed);
    expect(scanned.upserts).toHaveLength(1);
  }
});
