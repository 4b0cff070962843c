import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Stage } from './dataverse-harness.ts';
import { setStage } from './dataverse-harness.ts';

const TRACKED = { prefer: 'odata.track-changes,odata.maxpagesize=20' };
const DAY = 86_400_000;

let stage: Stage;
let time: number;

async function start(options: Parameters<typeof setStage>[0] = {}) {
  stage = await setStage({ rows: 200, now: () => time, ...options });
}
beforeEach(() => {
  time = Date.parse('2026-11-02T03:04:05Z');
});
afterEach(() => stage.close());

const firstLink = async (path = 'leads?$select=subject') =>
  String((await stage.readAll(path, TRACKED)).last['@odata.deltaLink']);
const leadIds = () =>
  stage.dataverse
    .table('lead')
    .all()
    .map(({ leadid }) => String(leadid));

describe('change tracking', () => {
  test('gives a delta link on the last page only, and nothing when nothing has changed', async () => {
    await start();
    const { body } = await stage.get('leads?$select=subject', TRACKED);
    expect(body['@odata.deltaLink']).toBeUndefined();
    const { rows, pages, last } = await stage.readAll('leads?$select=subject', TRACKED);
    expect([rows.length, pages]).toEqual([60, 3]);
    expect(last['@odata.deltaLink']).toMatch(/\$deltatoken=\d+%2111%2f02%2f2026%2003%3a04%3a05$/);
    const delta = await stage.get(String(last['@odata.deltaLink']));
    expect(delta.body.value).toEqual([]);
    expect(delta.body['@odata.context']).toMatch(/#leads\(subject\)\/\$delta$/);
  });

  test('gives changes by version, then deletes, page by page, each once', async () => {
    await start();
    const link = await firstLink();
    const ids = leadIds();
    const { dataverse } = stage;
    for (const id of ids.slice(0, 45)) dataverse.update('lead', id, { subject: 'x' });
    for (const id of ids.slice(40, 55)) dataverse.delete('lead', id);
    const short = dataverse.create('lead', { subject: 'short-lived', lastname: '山田', firstname: '花子' });
    dataverse.delete('lead', short);
    const created = dataverse.create('lead', { subject: 'new' });
    expect(
      (
        await stage.get(
          link
            .replace('leads?', 'leads/$count?')
            .replace('%24', '$')
            .replace(/\$select=[^&]*&/, ''),
        )
      ).text,
    ).toBe('\ufeff57');
    const { rows, pages, last } = await stage.readAll(link, TRACKED);
    const changed = rows.filter(({ reason }) => reason === undefined).map(({ leadid }) => leadid);
    const deleted = rows.filter(({ reason }) => reason === 'deleted').map(({ id }) => id);
    expect(changed).toEqual([...ids.slice(0, 40), created]);
    expect(deleted).toEqual([...ids.slice(40, 55), short]);
    expect(rows.at(-1)).toMatchObject({
      '@odata.context': `${dataverse.origin}/api/data/v9.2/$metadata#leads/$deletedEntity`,
    });
    expect(pages).toBe(3);
    expect((await stage.get(String(last['@odata.deltaLink']))).body.value).toEqual([]);
  });

  test('a change between two pages of a delta comes with the next one', async () => {
    await start();
    const link = await firstLink();
    const ids = leadIds();
    for (const id of ids.slice(0, 30)) stage.dataverse.update('lead', id, { subject: 'x' });
    const { body } = await stage.get(link, TRACKED);
    stage.dataverse.update('lead', ids[25] ?? '', { subject: 'again' });
    stage.dataverse.delete('lead', ids[26] ?? '');
    const rest = await stage.readAll(String(body['@odata.nextLink']), TRACKED);
    const next = await stage.get(String(rest.last['@odata.deltaLink']));
    expect(next.body.value).toMatchObject([{ subject: 'again' }, { id: ids[26], reason: 'deleted' }]);
  });

  test('takes another selection on the link of a light walk', async () => {
    await start();
    const link = await firstLink('leads?$select=leadid');
    stage.dataverse.update('lead', leadIds()[0] ?? '', { subject: 'wide' });
    const wide = link.replace('$select=leadid', '$select=subject,statecode');
    expect((await stage.get(wide)).body.value).toMatchObject([
      { subject: 'wide', statecode: expect.any(Number) },
    ]);
  });

  test.each([
    ['first-page', 1],
    ['last-page', 0],
  ] as const)('a first read whose link stands for the %s', async (deltaStandsFor, expected) => {
    await start({ deltaStandsFor });
    const { body } = await stage.get('leads?$select=subject', TRACKED);
    stage.dataverse.update('lead', String(body.value[0]?.leadid), { subject: 'while reading' });
    const rest = await stage.readAll(String(body['@odata.nextLink']), TRACKED);
    const delta = await stage.get(String(rest.last['@odata.deltaLink']));
    expect(delta.body.value).toHaveLength(expected);
  });

  test('refuses filters, an untracked table and expired links', async () => {
    await start({ untracked: ['account'] });
    const filtered = await stage.get('leads?$filter=statecode eq 0', TRACKED);
    expect(filtered.status).toBe(400);
    expect(filtered.body.error.message).toBe(
      'The "$filter" query parameter isn\'t supported when Change Tracking is enabled.',
    );
    expect((await stage.get('accounts', TRACKED)).body.error.code).toBe('0x80072491');
    const link = await firstLink();
    stage.dataverse.expireDeltaLinks('lead');
    expect((await stage.get(link)).body.error.code).toBe('0x80044352');
    const fresh = await firstLink();
    expect((await stage.get(fresh)).status).toBe(200);
    time += 8 * DAY;
    expect((await stage.get(fresh)).body.error.code).toBe('0x80044352');
  });

  test('needs organisation-level read', async () => {
    await start();
    stage.dataverse.setReadPrivilege('lead', 'Local');
    expect((await stage.get('leads?$select=subject')).status).toBe(200);
    const refused = await stage.get('leads?$select=subject', TRACKED);
    expect(refused.body.error).toMatchObject({
      code: '0x80040220',
      message: expect.stringContaining('prvReadLead'),
    });
  });
});
