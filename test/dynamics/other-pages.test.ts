import { afterEach, expect, test } from 'vitest';
import { createDynamics } from '../../src/dynamics/dynamics.ts';
import { silentLogger } from '../../src/lib/log.ts';
import type { ChangePage, Connection, Page } from '../../src/ports/dynamics.ts';
import { createPageMapper } from '../../src/sync/map.ts';
import { rowsOf } from '../../src/sync/page-rows.ts';
import { createHandClock } from './hand-clock.ts';
import { collect, plan } from './lead-plan.ts';
import { type Handler, json, refuse, type ScriptedServer, startScriptedServer } from './scripted-server.ts';

const id = (n: number) => `00000000-0000-4000-8000-abcdef${String(n).padStart(6, '0')}`;
const root = '/api/data/v9.2';
const never = new AbortController().signal;

const all = 'leadid,lastname,_ownerid_value';

const row = (n: number) => ({ leadid: id(n), lastname: `Name ${n}`, _ownerid_value: null });

let server: ScriptedServer;
let connection: Connection;

async function open(script: (url: string, ...rest: Parameters<Handler>) => void, maxPageSize = 2) {
  server = await startScriptedServer((request, response) => {
    if (request.headers.host?.startsWith('org.'))
      script(decodeURIComponent(request.url ?? ''), request, response);
  });
  const dynamics = createDynamics({
    log: silentLogger,
    clock: createHandClock(),
    random: () => 1,
    maxPageSize,
  });
  connection = dynamics.connect(server.credentials);
}

afterEach(async () => {
  await connection.close();
  await server.close();
});

const asked = () => server.seen.filter((line) => line.includes('/leads')).map((line) => line.slice(4));
const names = (pages: readonly Page[]) =>
  pages.flatMap(({ rows }) => rowsOf(rows).map(({ lastname }) => lastname));

test.each([
  ['of another name', `${root}/leads?deltatoken=7`],
  ['in the path', `${root}/leads/delta/7`],
  ['with nothing to see', `${root}/changes/ab7f`],
  ['with a documented token on another path', `${root}/leads/delta?$deltatoken=7`],
])(
  'a delta link %s is followed as it is, and rows without their columns are read by id',
  async (_name, link) => {
    await open((url, _request, response) => {
      if (url.includes('$filter=')) return json(response, 200, { value: [row(1), row(3)] });
      const value = [
        // What a server adds by itself does not stand for the rest.
        { leadid: id(1), _ownerid_value: null },
        { leadid: id(3), _ownerid_value: null },
        {
          '@odata.context': `${root}/$metadata#leads/$deletedEntity`,
          id: `leads(${id(2)})`,
          reason: 'deleted',
        },
      ];
      json(response, 200, { value, '@odata.deltaLink': `${server.origin}${link}8` });
    });
    const [page] = await collect<ChangePage>(connection.readChanges(plan, `${server.origin}${link}`, never));
    expect(page?.rows).toEqual([row(1), row(3)]);
    expect(page).toMatchObject({ deleted: [id(2)], deltaLink: `${server.origin}${link}8` });
    expect(server.seen.at(-2)).toBe(`GET ${link}`);
    expect(server.seen.at(-1)).toContain(`GET ${root}/leads?$select=${all}&$filter=leadid%20eq%20`);
  },
);

test('columns chosen later are not wiped by a token that is bound to earlier ones', async () => {
  await open((url, _request, response) => {
    if (url.includes('$filter=')) return json(response, 200, { value: [row(1)] });
    const value = [{ leadid: id(1), _ownerid_value: null }];
    json(response, 200, { value, '@odata.deltaLink': `${root}/leads?$select=${all}&$deltatoken=8` });
  });
  const link = `${server.origin}${root}/leads?$select=leadid,_ownerid_value&$deltatoken=7`;
  expect(names(await collect(connection.readChanges(plan, link, never)))).toEqual(['Name 1']);
});

test('a column that a server always leaves out is looked for once', async () => {
  await open((url, _request, response) => {
    const { lastname: _left, ...bare } = row(1);
    if (url.includes('$filter=')) return json(response, 200, { value: [bare] });
    const isLast = url.includes('skiptoken');
    const link = `${root}/leads?$select=${all}&${isLast ? '$deltatoken=8' : '$skiptoken=2'}`;
    json(response, 200, { value: [bare], [isLast ? '@odata.deltaLink' : '@odata.nextLink']: link });
  });
  await collect(connection.readChanges(plan, `${root}/leads?$select=${all}&$deltatoken=7`, never));
  expect(asked().filter((path) => path.includes('$filter='))).toHaveLength(1);
});

test('rows read by id may come in pages, and with others that were not asked for', async () => {
  await open((url, _request, response) => {
    if (!url.includes('$filter=') && !url.includes('skiptoken')) {
      const value = [1, 2, 3].map((n) => ({ leadid: id(n).toUpperCase() }));
      return json(response, 200, { value, '@odata.deltaLink': `${root}/leads?$select=${all}&$deltatoken=8` });
    }
    const isSecond = url.includes('skiptoken');
    const value = isSecond ? [row(3), row(9)] : [row(1), row(2)];
    json(response, 200, { value, ...(isSecond ? {} : { '@odata.nextLink': 'leads?$skiptoken=2' }) });
  });
  const pages = await collect(connection.readChanges(plan, `${root}/leads?$deltatoken=7`, never));
  expect(names(pages)).toEqual(['Name 1', 'Name 2', 'Name 3']);
});

test.each([
  ['below the Web API', 'leads?'],
  ["from the host's root", `${root}/leads?`],
  ['in full', `https://ORIGIN${root}/leads?`],
])('links %s are followed', async (_name, form) => {
  const link = (query: string) => form.replace('https://ORIGIN', server.origin) + query;
  await open((url, _request, response) => {
    const isLast = url.includes('skiptoken');
    const isChanges = url.includes('deltatoken');
    if (isChanges) json(response, 200, { value: [row(5)], '@odata.deltaLink': link('$deltatoken=8%218') });
    else if (isLast) json(response, 200, { value: [row(2)], '@odata.deltaLink': link('$deltatoken=7%217') });
    else json(response, 200, { value: [row(1)], '@odata.nextLink': link('$skiptoken=2%20%3cc%3e') });
  });
  expect(names(await collect(connection.readPages(plan, null, never)))).toEqual(['Name 1', 'Name 2']);
  const taken = await connection.takeDeltaLink(plan, never);
  expect(taken).toBe(link('$deltatoken=7%217'));
  const changes = await collect(connection.readChanges(plan, taken ?? '', never));
  expect(names(changes)).toEqual(['Name 5']);
  // Whether it knows ranges of versions is asked, too.
  expect(asked().filter((url) => !url.includes('versionnumber'))).toEqual([
    `${root}/leads?$select=${all}`,
    `${root}/leads?$skiptoken=2%20%3cc%3e`,
    `${root}/leads?$select=leadid`,
    `${root}/leads?$skiptoken=2%20%3cc%3e`,
    `${root}/leads?$select=${all}&$deltatoken=7%217`,
  ]);
});

test.each(['//evil.localhost/leads?$skiptoken=2', '/\\evil.localhost/leads', 'http://org.localhost/leads'])(
  'the link %s is refused as any to another host',
  async (link) => {
    await open((_url, _request, response) =>
      json(response, 200, { value: [row(1)], '@odata.nextLink': link }),
    );
    const reading = collect(connection.readPages(plan, null, never));
    await expect(reading).rejects.toMatchObject({ code: 'foreign-link' });
    await expect(collect(connection.readChanges(plan, link, never))).rejects.toMatchObject({
      code: 'foreign-link',
    });
    expect(asked()).toHaveLength(1);
  },
);

test('the name of the token is known in any case, and kept', async () => {
  await open((url, _request, response) => {
    if (!url.includes('$count')) {
      return json(response, 200, {
        value: [row(1)],
        '@odata.deltaLink': `leads?$select=${all}&$DeltaToken=8`,
      });
    }
    response.writeHead(200, { 'content-type': 'text/plain' }).end('3');
  });
  const link = `${server.origin}${root}/leads?$select=leadid&$DeltaToken=7`;
  await collect(connection.readChanges(plan, link, never));
  expect(await connection.countChanges(plan, link, never)).toBe(3);
  expect(asked()).toEqual([
    `${root}/leads?$select=${all}&$DeltaToken=7`,
    `${root}/leads/$count?$DeltaToken=7`,
  ]);
});

test('how many changes wait is not asked with a token of another form', async () => {
  await open((_url, _request, response) => json(response, 200, { value: [] }));
  expect(await connection.countChanges(plan, `${root}/leads?deltatoken=7`, never)).toBeNull();
  expect(asked()).toEqual([]);
});

test('a server that does not know tracked reads gives no link', async () => {
  await open((url, _request, response) => {
    const isLast = url.includes('skiptoken');
    json(response, 200, { value: [row(1)], ...(isLast ? {} : { '@odata.nextLink': 'leads?$skiptoken=2' }) });
  });
  expect(await connection.takeDeltaLink(plan, never)).toBeNull();
});

test('a server that takes the token for another address is asked by its own link', async () => {
  await open((url, _request, response) => {
    if (url.includes('$filter=')) return json(response, 200, { value: [row(1)] });
    if (url.includes('lastname')) return refuse(response, 404, '0x80060888', 'No such resource');
    json(response, 200, { value: [{ leadid: id(1) }], '@odata.deltaLink': 'leads?$deltatoken=8' });
  });
  expect(names(await collect(connection.readChanges(plan, 'leads?$deltatoken=7', never)))).toEqual([
    'Name 1',
  ]);
});

test('ids in capitals, rows without a tag and with unknown columns, uncompressed, are stored', async () => {
  const owner = id(77).toUpperCase();
  await open((_url, _request, response) => {
    const value = [
      { leadid: id(1).toUpperCase(), lastname: 'Sato', _ownerid_value: owner, other: { deep: [1] } },
    ];
    json(response, 200, { value });
  });
  const [page] = await collect(connection.readPages(plan, null, never));
  const { upserts, failures } = createPageMapper(plan)(rowsOf(page?.rows ?? []));
  expect(failures).toEqual([]);
  expect(upserts[0]?.version).toBeNull();
  expect(upserts[0]?.values).toEqual(expect.arrayContaining([id(1), 'Sato', id(77)]));
});

test.each([
  ['missing', {}, 2],
  ['text', { expires_in: '3600' }, 1],
])('a token whose life is %s can be used', async (_name, life, requests) => {
  server = await startScriptedServer((request, response) => {
    if (request.url?.includes('/oauth2/')) json(response, 200, { access_token: 'token-1', ...life });
    else json(response, 200, { value: [row(1)] });
  });
  const dynamics = createDynamics({ log: silentLogger, clock: createHandClock() });
  connection = dynamics.connect(server.credentials);
  await collect(connection.readPages(plan, null, never));
  await collect(connection.readPages(plan, null, never));
  expect(server.seen.filter((line) => line.includes('/oauth2/')).length).toBeLessThanOrEqual(requests);
});
