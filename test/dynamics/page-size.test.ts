import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { createDynamics } from '../../src/dynamics/dynamics.ts';
import { silentLogger } from '../../src/lib/log.ts';
import type { EntityPlan } from '../../src/model/selection.ts';
import type { Connection } from '../../src/ports/dynamics.ts';
import { createHandClock } from './hand-clock.ts';
import { json, refuse, type ScriptedServer, startScriptedServer } from './scripted-server.ts';

const never = new AbortController().signal;
const plan: EntityPlan = {
  entity: 'lead',
  entitySetName: 'leads',
  primaryId: 'leadid',
  changeTracking: true,
  filter: false,
  columns: [{ name: 'leadid', type: 'Uniqueidentifier', select: 'leadid', label: false }],
};

let server: ScriptedServer;
let connection: Connection;
let sizes: number[];

/** `answer` gets how many rows are asked for, and whether it is for the second page. */
async function open(answer: (response: ServerResponse, size: number, isSecond: boolean) => void) {
  sizes = [];
  server = await startScriptedServer((request, response) => {
    if (!request.url?.includes('/leads')) return;
    const size = Number(/maxpagesize=(\d+)/.exec(String(request.headers.prefer))?.[1]);
    // Requests for a single row name no size.
    if (size > 0) sizes.push(size);
    answer(response, size, request.url.includes('skiptoken'));
  });
  const limits = { maxInflatedBytes: 100_000 };
  const dynamics = createDynamics({ log: silentLogger, clock: createHandClock(), limits });
  connection = dynamics.connect(server.credentials);
}

afterEach(async () => {
  await connection.close();
  await server.close();
});

async function readAll(of = plan): Promise<number> {
  let rows = 0;
  for await (const page of connection.readPages(of, null, never)) rows += page.rows.length;
  return rows;
}

const links = (isSecond: boolean) => (isSecond ? {} : { '@odata.nextLink': 'leads?$skiptoken=2' });

function answerPacked(response: ServerResponse, rows: number, isSecond: boolean): void {
  const value = Array.from({ length: rows }, (_, n) => ({
    leadid: `${isSecond}-${n}`,
    text: 'x'.repeat(180),
  }));
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
  response.end(gzipSync(JSON.stringify({ value, ...links(isSecond) })));
}

test('a page that is too large is asked for with fewer rows, and so are those after it', async () => {
  await open(answerPacked);
  expect(await readAll()).toBe(624);
  expect(sizes).toEqual([5000, 1250, 312, 312]);
});

test('what is too large with the fewest rows is a fault', async () => {
  await open((response, _size, isSecond) => answerPacked(response, 5000, isSecond));
  await expect(readAll()).rejects.toMatchObject({ code: 'answer-malformed', recovery: 'ask-admin' });
  expect(sizes).toEqual([5000, 1250, 312, 78]);
});

test.each(['0x80044151', '0x80048575'])(
  'a query that times out (%s) is asked for half the rows',
  async (code) => {
    await open((response, size, isSecond) => {
      if (isSecond && size > 1250) refuse(response, 500, code);
      else json(response, 200, { value: [{ leadid: String(isSecond) }], ...links(isSecond) });
    });
    expect(await readAll()).toBe(2);
    expect(sizes).toEqual([5000, 5000, 2500, 1250]);
  },
);

test('a query that times out with the fewest rows is tried again as any other failure', async () => {
  await open((response) => refuse(response, 500, '0x80044151'));
  await expect(connection.takeDeltaLink(plan, never)).rejects.toMatchObject({ code: 'server-failed' });
  expect(sizes).toEqual([5000, 2500, 1250, 625, 312, 250, 250, 250, 250, 250]);
});

test('rows of a period that are not found in time cannot be read by it, and another failure may pass', async () => {
  const within = { by: 'createdon', from: '2026-01-01T00:00:00Z', before: null } as const;
  let code = '0x80044151';
  await open((response) => refuse(response, 500, code));
  const refused = { code: 'request-refused', recovery: 'ask-admin' };
  await expect(readAll({ ...plan, within })).rejects.toMatchObject(refused);
  await expect(readAll()).rejects.toMatchObject({ code: 'server-failed' });
  code = '0x80040216';
  await expect(readAll({ ...plan, within })).rejects.toMatchObject({ code: 'server-failed' });
});
