import { afterEach, expect, test } from 'vitest';
import { createDynamics } from '../../src/dynamics/dynamics.ts';
import { silentLogger } from '../../src/lib/log.ts';
import type { ChangePage, Connection } from '../../src/ports/dynamics.ts';
import { createHandClock } from './hand-clock.ts';
import { collect, plan } from './lead-plan.ts';
import { type Handler, json, refuse, type ScriptedServer, startScriptedServer } from './scripted-server.ts';

const id = (n: number) => `00000000-0000-4000-8000-abcdef${String(n).padStart(6, '0')}`;
const root = '/api/data/v9.2';
const never = new AbortController().signal;

const all = 'leadid,lastname,_ownerid_value';
const start = `${root}/leads?$select=${all}&$deltatoken=7`;
const deltaLink = { '@odata.deltaLink': `leads?$select=${all}&$deltatoken=8` };
const nextLink = { '@odata.nextLink': 'leads?$skiptoken=2' };

const row = (n: number, lastname: string | null = `Name ${n}`) => ({
  leadid: id(n),
  lastname,
  _ownerid_value: null,
});
const gone = (n: number) => ({ id: id(n).toUpperCase(), reason: 'deleted' });

let server: ScriptedServer;
let connection: Connection;

async function open(script: (url: string, response: Parameters<Handler>[1]) => void): Promise<void> {
  server = await startScriptedServer((request, response) => {
    if (request.headers.host?.startsWith('org.')) script(decodeURIComponent(request.url ?? ''), response);
  });
  const dynamics = createDynamics({ log: silentLogger, clock: createHandClock(), maxPageSize: 2 });
  connection = dynamics.connect(server.credentials);
}

afterEach(async () => {
  await connection.close();
  await server.close();
});

const changes = (link = start) => collect<ChangePage>(connection.readChanges(plan, link, never));
const asked = () => server.seen.filter((line) => line.includes('/leads')).map((line) => line.slice(4));
const askedById = () => asked().filter((path) => path.includes('$filter='));

test('links stored before an organization was renamed are followed on its new host, as they are spelled', async () => {
  await open((url, response) => {
    if (url.includes('$count')) response.writeHead(200, { 'content-type': 'text/plain' }).end('3');
    else json(response, 200, { value: [row(1)], ...(url.includes('skiptoken') ? {} : deltaLink) });
  });
  const before = `https://before.localhost:1${root}/leads?$select=${all}`;
  await collect(connection.readPages(plan, `${before}&$skiptoken=2%20%3cc%3e`, never));
  const [page] = await changes(`${before}&$deltatoken=7%217`);
  expect(page?.deltaLink).toBe(deltaLink['@odata.deltaLink']);
  expect(await connection.countChanges(plan, `${before}&$deltatoken=7%217`, never)).toBe(3);
  expect(asked()).toEqual([
    `${root}/leads?$select=${all}&$skiptoken=2%20%3cc%3e`,
    `${root}/leads?$select=${all}&$deltatoken=7%217`,
    `${root}/leads/$count?$deltatoken=7%217`,
  ]);
});

test('a link of changes to another host inside an answer stays refused', async () => {
  await open((_url, response) => {
    const link = `https://before.localhost${root}/leads?$select=${all}&$deltatoken=8`;
    json(response, 200, { value: [row(1)], '@odata.deltaLink': link });
  });
  await expect(changes()).rejects.toMatchObject({ code: 'foreign-link' });
});

test('a column that is gone from the plan is no longer asked for by a link that has it', async () => {
  await open((url, response) => {
    const message = "Could not find a property named 'new_gone' on type 'Microsoft.Dynamics.CRM.lead'.";
    if (url.includes('new_gone')) refuse(response, 400, '0x80060888', message);
    else json(response, 200, { value: [row(1)], ...deltaLink });
  });
  expect(await changes(`${root}/leads?$select=${all},new_gone&$deltatoken=7`)).toHaveLength(1);
  expect(asked()).toEqual([start]);
});

test('one answer that makes no sense does not prove that a token is bound to its columns, two in a row do', async () => {
  let nonsense = 1;
  await open((url, response) => {
    if (url.includes('lastname') && nonsense-- > 0) return json(response, 200, { status: 'maintenance' });
    json(response, 200, { value: [], '@odata.deltaLink': `${root}/leads?$select=leadid&$deltatoken=8` });
  });
  const withColumns = () => asked().filter((path) => path.includes('lastname')).length;
  const link = `${root}/leads?$select=leadid&$deltatoken=7`;
  for (let times = 0; times < 3; times++) await changes(link);
  expect(withColumns()).toBe(3);
  nonsense = 5;
  for (let times = 0; times < 4; times++) await changes(link);
  expect(withColumns()).toBe(5);
});

test('the columns of a link may stand in another order', async () => {
  await open((_url, response) => json(response, 200, { value: [], ...deltaLink }));
  const link = `${root}/leads?$select=_ownerid_value%2Cleadid,lastname&$deltatoken=7`;
  await changes(link);
  expect(asked()).toEqual([link]);
});

test('a row without a column is read by id, whatever the others have', async () => {
  await open((url, response) => {
    if (url.includes('$filter=')) return json(response, 200, { value: [row(2, 'Read')] });
    const { lastname: _left, ...bare } = row(2);
    json(response, 200, { value: [row(1, null), bare, row(3)], ...deltaLink });
  });
  const [page] = await changes();
  expect(page?.rows).toEqual([row(1, null), row(3), row(2, 'Read')]);
  expect(askedById()).toHaveLength(1);
  expect(decodeURIComponent(askedById()[0] ?? '')).toContain(`$filter=leadid eq ${id(2)}`);
});

test.each([
  ['on one page, the row first', [[row(1), gone(1)]]],
  ['on one page, the row last', [[gone(1), row(1)]]],
  ['on two pages, the row first', [[row(1)], [gone(1)]]],
  ['on two pages, the row last', [[gone(1)], [row(1)]]],
])('what comes changed and deleted %s is there if it can be read', async (_name, pages) => {
  let isThere = true;
  await open((url, response) => {
    if (url.includes('$filter=')) return json(response, 200, { value: isThere ? [row(1, 'Read')] : [] });
    const number = url.includes('skiptoken') ? 1 : 0;
    const isLast = number === pages.length - 1;
    json(response, 200, { value: [...(pages[number] ?? []), gone(9)], ...(isLast ? deltaLink : nextLink) });
  });
  const there = (await changes()).at(-1);
  expect(there).toMatchObject({ rows: [row(1, 'Read')], deleted: [id(9)] });
  isThere = false;
  const missing = (await changes()).at(-1);
  expect(missing).toMatchObject({ rows: [], deleted: [id(9), id(1)] });
});

test('a row without its id goes along for itself; where no row has one it is no page', async () => {
  const { leadid: _none, ...lost } = row(2);
  let value: object[] = [row(1), lost];
  await open((_url, response) => json(response, 200, { value, ...deltaLink }));
  expect((await changes())[0]?.rows).toEqual([row(1), lost]);
  expect(askedById()).toEqual([]);
  value = [lost];
  await expect(changes()).rejects.toMatchObject({ code: 'answer-malformed' });
});

test('what is only deleted is not looked for', async () => {
  await open((_url, response) => json(response, 200, { value: [row(1), gone(2)], ...deltaLink }));
  expect((await changes())[0]).toMatchObject({ rows: [row(1)], deleted: [id(2)] });
  expect(askedById()).toEqual([]);
});
