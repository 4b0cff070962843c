import { expect, test } from 'vitest';
import { pageWithoutOthers } from '../../src/dynamics/row-query.ts';
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
