import { expect, test } from 'vitest';
import { pageWithoutOthers, rowsQuery } from '../../src/dynamics/row-query.ts';
import type { PeriodBounds } from '../../src/model/period.ts';
import { samplePlan } from '../sync/sample-plan.ts';

const plan = samplePlan('lead', { lastname: 'String', ownerid: 'Owner' });
const path = '/api/data/v9.2/leads?';

test.each([
  [
    '$select=leadid,lastname,city,_ownerid_value&$skiptoken=%3Ccookie%20a=%22$select%22%3E',
    '$select=leadid,lastname,_ownerid_value&$skiptoken=%3Ccookie%20a=%22$select%22%3E',
  ],
  [
    '%24skiptoken=2&%24select=leadid%2Clastname%2Ccity',
    '%24skiptoken=2&%24select=leadid,lastname,_ownerid_value',
  ],
  // Nothing to take out: it stays as it is spelled.
  ['$skiptoken=2&$select=lastname,leadid', '$skiptoken=2&$select=lastname,leadid'],
  ['%24select=lastname%2C%20leadid&$skiptoken=2', '%24select=lastname%2C%20leadid&$skiptoken=2'],
  ['$skiptoken=2', '$skiptoken=2'],
])('a next page %s is asked for as %s', (link, expected) => {
  expect(pageWithoutOthers(plan, path + link)).toBe(path + expected);
});

const within: PeriodBounds = {
  by: 'createdon',
  from: '2025-12-31T15:00:00Z',
  before: '2026-03-31T15:00:00Z',
};
const open: PeriodBounds = { ...within, by: 'modifiedon', before: null };
const select = '$select=leadid,lastname,_ownerid_value';
const inOrder = '&$orderby=versionnumber asc';

test.each([
  ['a table', undefined, undefined, select],
  [
    'a range',
    { from: '7', to: '90' },
    undefined,
    `${select}&$filter=versionnumber ge 7 and versionnumber lt 90${inOrder}`,
  ],
  [
    'a period',
    undefined,
    within,
    `${select}&$filter=createdon ge 2025-12-31T15:00:00Z and createdon lt 2026-03-31T15:00:00Z`,
  ],
  ['a period without an end', undefined, open, `${select}&$filter=modifiedon ge 2025-12-31T15:00:00Z`],
  [
    'a range of a period',
    { from: '7', to: '90' },
    within,
    `${select}&$filter=versionnumber ge 7 and versionnumber lt 90 and createdon ge 2025-12-31T15:00:00Z and createdon lt 2026-03-31T15:00:00Z${inOrder}`,
  ],
  [
    'the last range of a period without an end',
    { from: '90', to: null },
    open,
    `${select}&$filter=versionnumber ge 90 and modifiedon ge 2025-12-31T15:00:00Z${inOrder}`,
  ],
])('the rows of %s', (_name, range, period, expected) => {
  const query = rowsQuery({ ...plan, ...(period ? { within: period } : {}) }, range);
  expect(decodeURIComponent(query)).toBe(expected);
});
