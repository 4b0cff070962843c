import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { createDynamics } from '../../src/dynamics/dynamics.ts';
import { AppError } from '../../src/lib/errors.ts';
import { silentLogger } from '../../src/lib/log.ts';
import type { ChangePage, Connection } from '../../src/ports/dynamics.ts';
import { rowsOf } from '../../src/sync/page-rows.ts';
import { createHandClock, type HandClock } from './hand-clock.ts';
import { collect, plan } from './lead-plan.ts';
import { type Handler, json, refuse, type ScriptedServer, startScriptedServer } from './scripted-server.ts';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const root = '/api/data/v9.2';

const row = (n: number) => ({ leadid: id(n), lastname: `Name ${n}`, _ownerid_value: null });

let server: ScriptedServer;
let connection: Connection;
let clock: HandClock;
const never = new AbortController().signal;

async function open(script: Handler): Promise<void> {
  server = await startScriptedServer(script);
  clock = createHandClock();
  const dynamics = createDynamics({ log: silentLogger, clock, random: () => 1, maxPageSize: 2 });
  connection = dynamics.connect(server.credentials);
}

afterEach(async () => {
  await connection.close();
  await server.close();
});

async function faultOf(work: Promise<unknown>): Promise<AppError> {
  const thrown = await work.then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(AppError);
  return thrown as AppError;
}

/** Leads in pages of two, by `$skiptoken`. */
function pagesOf(count: number): Handler {
  return (request, response) => {
    if (!request.url?.startsWith(`${root}/leads?`)) return;
    const page = Number(/skiptoken=(\d+)/.exec(request.url)?.[1] ?? 1);
    const value = [row(page * 2 - 1), row(page * 2)];
    const link = `${server.origin}${root}/leads?$select=leadid,lastname&$skiptoken=${page + 1}%20%3ccookie%3e`;
    json(response, 200, { value, ...(page < count ? { '@odata.nextLink': link } : {}) });
  };
}

test('a table is read page by page, and a page can be started from', async () => {
  await open(pagesOf(3));
  const pages = await collect(connection.readPages(plan, null, never));
  expect(pages.map(({ rows }) => rowsOf(rows).map(({ leadid }) => leadid))).toEqual([
    [id(1), id(2)],
    [id(3), id(4)],
    [id(5), id(6)],
  ]);
  expect(pages.at(-1)?.next).toBeNull();
  expect(server.seen.filter((line) => line.includes('/leads'))).toEqual([
    `GET ${root}/leads?$select=leadid,lastname,_ownerid_value`,
    `GET ${root}/leads?$select=leadid,lastname&$skiptoken=2%20%3ccookie%3e`,
    `GET ${root}/leads?$select=leadid,lastname&$skiptoken=3%20%3ccookie%3e`,
  ]);
  expect(server.lastHeaders()).toMatchObject({
    accept: 'application/json;IEEE754Compatible=true',
    prefer:
      'odata.maxpagesize=2,odata.include-annotations="OData.Community.Display.V1.FormattedValue,Microsoft.Dynamics.CRM.lookuplogicalname"',
    authorization: 'Bearer token-1',
  });
  const again = await collect(connection.readPages(plan, pages[1]?.next ?? null, never));
  expect(again.map(({ rows }) => rowsOf(rows)[0]?.leadid)).toEqual([id(5)]);
  expect(server.seen.filter((line) => line.includes('/oauth2/'))).toHaveLength(1);
});

test('the next page is on its way while one is used', async () => {
  await open(pagesOf(3));
  for await (const page of connection.readPages(plan, null, never)) {
    expect(rowsOf(page.rows)[0]?.leadid).toBe(id(1));
    await expect.poll(() => server.seen.some((line) => line.includes('skiptoken=2'))).toBe(true);
    break;
  }
  expect(server.seen.some((line) => line.includes('skiptoken=3'))).toBe(false);
});

test('a next page that is not wanted ahead is asked for when the one before has been used', async () => {
  await open(pagesOf(3));
  const asked = (page: number) => server.seen.some((line) => line.includes(`skiptoken=${page}`));
  let isAheadWanted = false;
  let pages = 0;
  for await (const _page of connection.readPages(plan, null, never, { isAheadWanted: () => isAheadWanted })) {
    pages += 1;
    if (pages === 1) {
      // A page that was on its way would be ahead of this one.
      await collect(connection.readPages(plan, `${root}/leads?$skiptoken=3%20%3ccookie%3e`, never));
      expect(asked(2)).toBe(false);
      isAheadWanted = true;
    }
  }
  expect(pages).toBe(3);
});

test('gzip is asked for and inflated', async () => {
  await open((request, response) => {
    if (!request.url?.includes('/leads')) return;
    expect(request.headers['accept-encoding']).toBe('gzip');
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(gzipSync(JSON.stringify({ value: [row(1)] })));
  });
  const [page] = await collect(connection.readPages(plan, null, never));
  expect(rowsOf(page?.rows ?? [])[0]?.lastname).toBe('Name 1');
});

test('a link to another host is refused, and nothing is sent there', async () => {
  await open((request, response) => {
    if (!request.url?.includes('/leads')) return;
    json(response, 200, { value: [row(1)], '@odata.nextLink': 'https://evil.localhost/api/data/v9.2/leads' });
  });
  const fault = await faultOf(collect(connection.readPages(plan, null, never)));
  expect(fault).toMatchObject({
    code: 'foreign-link',
    recovery: 'stop',
    details: { host: 'evil.localhost' },
  });
  expect(server.seen.filter((line) => line.includes('/leads'))).toHaveLength(1);
});

test('a redirect is not followed', async () => {
  await open((request, response) => {
    if (!request.url?.includes('/leads')) return;
    response.writeHead(302, { location: 'https://evil.localhost/' }).end();
  });
  expect((await faultOf(collect(connection.readPages(plan, null, never)))).code).toBe('not-dynamics');
});

test('pages that go round in a circle end', async () => {
  await open((request, response) => {
    if (!request.url?.includes('/leads')) return;
    const link = `${server.origin}${root}/leads?$skiptoken=1`;
    json(response, 200, { value: [row(1)], '@odata.nextLink': link });
  });
  expect((await faultOf(collect(connection.readPages(plan, null, never)))).code).toBe('answer-malformed');
});

test('429: Retry-After is waited for, no less and no more', async () => {
  let refused = 0;
  await open((request, response) => {
    if (!request.url?.includes('/leads')) return;
    refused += 1;
    if (refused <= 2) refuse(response, 429, '0x80072322', '', { 'retry-after': String(refused * 7) });
    else json(response, 200, { value: [row(1)] });
  });
  await collect(connection.readPages(plan, null, never));
  expect(clock.waits).toEqual([7000, 14_000]);
});

test('429 with an absurd Retry-After is asked again after ten minutes', async () => {
  let refused = 0;
  await open((request, response) => {
    if (!request.url?.includes('/leads')) return;
    refused += 1;
    if (refused === 1) refuse(response, 429, '0x80072321', '', { 'retry-after': '86400' });
    else json(response, 200, { value: [row(1)] });
  });
  expect(await collect(connection.readPages(plan, null, never))).toHaveLength(1);
  expect(clock.waits).toEqual([600_000]);
});

test('a server that stays down is given up after some tries, further and further apart', async () => {
  await open((request, response) => {
    if (request.url?.includes('/leads'))
      response.writeHead(503, { 'content-type': 'text/html' }).end('<html>');
  });
  const fault = await faultOf(collect(connection.readPages(plan, null, never)));
  expect(fault).toMatchObject({ code: 'server-failed', recovery: 'retry' });
  expect(clock.waits).toEqual([500, 1000, 2000, 4000]);
});

test.each([
  ['with a length', true],
  ['without one', false],
])('a body cut off %s is read again', async (_name, hasLength) => {
  let asked = 0;
  await open((request, response) => {
    if (!request.url?.includes('/leads')) return;
    asked += 1;
    const body = JSON.stringify({ value: [row(1), row(2)] });
    if (asked > 1) return json(response, 200, { value: [row(1), row(2)] });
    const length = hasLength ? { 'content-length': String(body.length) } : { connection: 'close' };
    response.writeHead(200, { 'content-type': 'application/json', ...length });
    response.write(body.slice(0, 40), () => (hasLength ? response.destroy() : response.end()));
  });
  const [page] = await collect(connection.readPages(plan, null, never));
  expect(page?.rows).toHaveLength(2);
  expect(asked).toBe(2);
});

test('a token refused by Dynamics is renewed once', async () => {
  await open((request, response) => {
    if (!request.url?.includes('/leads')) return;
    if (request.headers.authorization === 'Bearer token-2') json(response, 200, { value: [row(1)] });
    else refuse(response, 401, '0x80044302');
  });
  expect(await collect(connection.readPages(plan, null, never))).toHaveLength(1);
  expect(server.seen.filter((line) => line.includes('/oauth2/'))).toHaveLength(2);
});

test('a renewed token that is refused too is a fault', async () => {
  await open((request, response) => {
    if (request.url?.includes('/leads')) refuse(response, 401, '');
  });
  const fault = await faultOf(collect(connection.readPages(plan, null, never)));
  expect(fault).toMatchObject({ code: 'token-refused', recovery: 'ask-admin' });
  expect(server.seen.filter((line) => line.includes('/leads'))).toHaveLength(2);
});

test('a token is asked for once by many, and again five minutes before its end', async () => {
  await open((request, response) => {
    if (request.url?.includes('/leads')) json(response, 200, { value: [row(1)] });
  });
  const asked = () => server.seen.filter((line) => line.includes('/oauth2/')).length;
  await Promise.all(Array.from({ length: 10 }, () => collect(connection.readPages(plan, null, never))));
  expect(asked()).toBe(1);
  clock.advance(54 * 60_000);
  await collect(connection.readPages(plan, null, never));
  expect(asked()).toBe(1);
  clock.advance(2 * 60_000);
  await collect(connection.readPages(plan, null, never));
  expect(asked()).toBe(2);
});

test('many that are refused at once renew the token once', async () => {
  let refused = 0;
  await open((request, response) => {
    if (!request.url?.includes('/leads')) return;
    if (request.headers.authorization !== 'Bearer token-1') return json(response, 200, { value: [row(1)] });
    refused += 1;
    response.writeHead(401).end();
  });
  await Promise.all(Array.from({ length: 12 }, () => collect(connection.readPages(plan, null, never))));
  expect(refused).toBeGreaterThan(1);
  expect(server.seen.filter((line) => line.includes('/oauth2/'))).toHaveLength(2);
});

test('a token that lives shorter than that is used for half of its life', async () => {
  await open((request, response) => {
    if (request.url?.includes('/leads')) json(response, 200, { value: [row(1)] });
    const short = { token_type: 'Bearer', expires_in: 60, access_token: `short-${server.seen.length}` };
    if (request.url?.includes('/oauth2/')) json(response, 200, short);
  });
  const asked = () => server.seen.filter((line) => line.includes('/oauth2/')).length;
  for (const ms of [0, 20_000]) {
    clock.advance(ms);
    await collect(connection.readPages(plan, null, never));
  }
  expect(asked()).toBe(1);
  clock.advance(15_000);
  await collect(connection.readPages(plan, null, never));
  expect(asked()).toBe(2);
});

test('an answer without a token is a failure', async () => {
  await open((request, response) => {
    if (request.url?.includes('/oauth2/')) json(response, 404, { detail: 'not here' });
  });
  expect((await faultOf(collect(connection.readPages(plan, null, never)))).code).toBe('sign-in-failed');
});

test('an unknown field is named', async () => {
  const message = "Could not find a property named 'new_gone' on type 'Microsoft.Dynamics.CRM.lead'.";
  await open((request, response) => {
    if (request.url?.includes('/leads')) refuse(response, 400, '0x80060888', message);
  });
  const fault = await faultOf(collect(connection.readPages(plan, null, never)));
  expect(fault).toMatchObject({
    code: 'field-unknown',
    details: { field: 'new_gone', entity: 'lead', original: '0x80060888', requestId: 'req-1' },
  });
});

test('stopping ends the request in flight', async () => {
  await open(() => {});
  const stop = new AbortController();
  const reading = collect(connection.readPages(plan, null, stop.signal));
  await expect.poll(() => server.seen.some((line) => line.includes('/leads'))).toBe(true);
  stop.abort(new Error('stopped'));
  await expect(reading).rejects.toThrow('stopped');
});

test('closing ends the request in flight, and a second time is harmless', async () => {
  await open(() => {});
  const reading = collect(connection.readPages(plan, null, never));
  await expect.poll(() => server.seen.some((line) => line.includes('/leads'))).toBe(true);
  const ended = expect(reading).rejects.toThrow('closed');
  await Promise.all([connection.close(), connection.close()]);
  await ended;
  await expect(connection.readSchemas(['lead'], never)).rejects.toThrow('closed');
});

const light = (token: string) => `${server.origin}${root}/leads?$select=leadid&$deltatoken=${token}`;
const deleted = (n: number) => ({
  '@odata.context': `${server.origin}${root}/$metadata#leads/$deletedEntity`,
  id: id(n).toUpperCase(),
  reason: 'deleted',
});

test('changes come with the columns of the plan, then with links of their own', async () => {
  await open((request, response) => {
    if (!request.url?.includes('/leads')) return;
    const next = `${server.origin}${root}/leads?$select=leadid,lastname,_ownerid_value&$deltatoken=8%218`;
    json(response, 200, { value: [row(1), deleted(2)], '@odata.deltaLink': next });
  });
  const [page] = await collect<ChangePage>(connection.readChanges(plan, light('7%217'), never));
  expect(page?.rows.map(({ lastname }) => lastname)).toEqual(['Name 1']);
  expect(page?.deleted).toEqual([id(2)]);
  await collect(connection.readChanges(plan, page?.deltaLink ?? '', never));
  expect(server.seen.filter((line) => line.includes('/leads'))).toEqual([
    `GET ${root}/leads?$select=leadid,lastname,_ownerid_value&$deltatoken=7%217`,
    `GET ${root}/leads?$select=leadid,lastname,_ownerid_value&$deltatoken=8%218`,
  ]);
});

test.each([
  ['is refused', false],
  ['is answered without the columns', true],
])('where a token %s with other columns, the rows are read by id', async (_name, isAnswered) => {
  await open((request, response) => {
    const url = decodeURIComponent(request.url ?? '');
    if (!url.includes('/leads')) return;
    if (url.includes('$filter=')) {
      expect(url).toContain(`$filter=leadid eq ${id(1)} or leadid eq ${id(3)}`);
      return json(response, 200, { value: [row(1), row(3)] });
    }
    if (url.includes('lastname') && !isAnswered)
      return refuse(response, 400, '0x80060888', 'The token is not valid');
    const value = [{ leadid: id(1) }, { leadid: id(3) }, deleted(2)];
    json(response, 200, { value, '@odata.deltaLink': light('8') });
  });
  const [page] = await collect<ChangePage>(connection.readChanges(plan, light('7'), never));
  expect(page?.rows.map(({ lastname }) => lastname)).toEqual(['Name 1', 'Name 3']);
  expect(page?.deleted).toEqual([id(2)]);
  const before = server.seen.length;
  await collect(connection.readChanges(plan, page?.deltaLink ?? '', never));
  expect(server.seen.slice(before)).toHaveLength(2);
});

test('an expired link says so, and is not asked for again and again', async () => {
  await open((request, response) => {
    if (request.url?.includes('/leads')) refuse(response, 400, '0x80044352');
  });
  expect((await faultOf(collect(connection.readChanges(plan, light('7'), never)))).code).toBe(
    'delta-expired',
  );
  expect(server.seen.filter((line) => line.includes('/leads'))).toHaveLength(2);
});

test('a delta link is taken by a walk with the id alone', async () => {
  await open((request, response) => {
    if (!request.url?.includes('/leads')) return;
    if (request.url.includes('versionnumber')) return refuse(response, 400, '0x80040203');
    expect(request.headers.prefer).toBe('odata.track-changes,odata.maxpagesize=2');
    const isLast = request.url.includes('skiptoken');
    const next = `${server.origin}${root}/leads?$select=leadid&$skiptoken=2`;
    const link = isLast ? { '@odata.deltaLink': light('9') } : { '@odata.nextLink': next };
    json(response, 200, { value: [{ leadid: id(1) }], ...link });
  });
  expect(await connection.takeDeltaLink(plan, never)).toBe(light('9'));
  expect(await connection.takeDeltaLink({ ...plan, changeTracking: false }, never)).toBeNull();
});

test('a table that turns out not to be tracked has no link', async () => {
  await open((request, response) => {
    if (request.url?.includes('/leads')) refuse(response, 400, '0x80072491');
  });
  expect(await connection.takeDeltaLink(plan, never)).toBeNull();
});

test('waiting changes are counted where the server can', async () => {
  let isRefused = false;
  await open((request, response) => {
    if (!request.url?.includes('/leads/$count?$deltatoken=7%217')) return;
    if (isRefused) return refuse(response, 501, '0x80060888');
    response.writeHead(200, { 'content-type': 'text/plain' }).end('\ufeff42');
  });
  expect(await connection.countChanges(plan, light('7%217'), never)).toBe(42);
  isRefused = true;
  expect(await connection.countChanges(plan, light('7%217'), never)).toBeNull();
});

test('the oldest waiting row is asked for by its version, and not known where the server does otherwise', async () => {
  const link = light('7%2108%2f22%2f2017');
  const first = { leadid: id(1), '@odata.etag': 'W/"8"', modifiedon: '2026-11-23T04:05:06Z' };
  const asked: string[] = [];
  let rows: readonly object[] = [first];
  let status = 200;
  await open((request, response) => {
    if (!request.url?.includes('/leads?')) return;
    asked.push(decodeURIComponent(request.url));
    if (status !== 200) return refuse(response, status, '0x80060888');
    json(response, 200, { value: rows });
  });
  const oldest = () => connection.oldestChange(plan, link, never);
  expect(await oldest()).toBe('2026-11-23T04:05:06.000Z');
  expect(asked.at(-1)).toBe(
    `${root}/leads?$select=leadid,versionnumber,modifiedon&$filter=versionnumber ge 8&$orderby=versionnumber asc&$top=1`,
  );
  // A filter, an order, a number of rows or a column that a server leaves out.
  for (const others of [
    [],
    [{ ...first, '@odata.etag': 'W/"7"' }],
    [first, { ...first, leadid: id(2) }],
    [{ ...first, modifiedon: null }],
    [{ ...first, modifiedon: undefined }],
  ]) {
    rows = others;
    expect(await oldest()).toBeNull();
  }
  status = 400;
  expect(await oldest()).toBeNull();
  const requests = asked.length;
  expect(await connection.oldestChange(plan, light('opaque'), never)).toBeNull();
  expect(asked).toHaveLength(requests);
});
