import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDynamics } from '../../src/dynamics/dynamics.ts';
import { silentLogger } from '../../src/lib/log.ts';
import { type ModifiedWindow, readWindow, writeWindow } from '../../src/model/modified-window.ts';
import type { EntityPlan } from '../../src/model/selection.ts';
import type { Connection } from '../../src/ports/dynamics.ts';
import { createHandClock } from './hand-clock.ts';
import { collect, plan as tracked } from './lead-plan.ts';
import { json, refuse, type ScriptedServer, startScriptedServer } from './scripted-server.ts';

const never = new AbortController().signal;
const plan: EntityPlan = { ...tracked, changeTracking: false, hasModifiedOn: true };
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const at = (time: string) => `2026-11-26T${time}Z`;

/** What a simple server does with rows that are modified at certain times; each test changes what it needs. */
interface Script {
  rows: Record<string, unknown>[];
  /** Null: it does not say. */
  now: string | null;
  knows: { filter: boolean; top: boolean; order: boolean };
  refusal: ((query: URLSearchParams) => [status: number, code: string, message?: string] | undefined) | null;
}

let script: Script;
let server: ScriptedServer;
let connection: Connection;
let queries: URLSearchParams[];

const row = (n: number, time: string) => ({
  '@odata.etag': `W/"${n}"`,
  leadid: id(n),
  lastname: `Name ${n}`,
  _ownerid_value: null,
  modifiedon: at(time),
});

beforeEach(async () => {
  script = {
    rows: [row(1, '08:00:00'), row(2, '08:55:00'), row(3, '09:00:00')],
    now: at('09:30:00'),
    knows: { filter: true, top: true, order: true },
    refusal: null,
  };
  queries = [];
  server = await startScriptedServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'https://org.localhost');
    if (!pathname.endsWith('/leads')) return;
    queries.push(searchParams);
    response.sendDate = false;
    const refused = script.refusal?.(searchParams);
    if (refused) return refuse(response, ...refused);
    const date = script.now === null ? {} : { date: new Date(script.now).toUTCString() };
    json(response, 200, { value: answer(searchParams) }, date);
  });
  const dynamics = createDynamics({ log: silentLogger, clock: createHandClock(), random: () => 1 });
  connection = dynamics.connect(server.credentials);
});
afterEach(async () => {
  await connection.close();
  await server.close();
});

function answer(query: URLSearchParams): Record<string, unknown>[] {
  const [, operator, since] = /^modifiedon (g[et]) (\S+)$/.exec(query.get('$filter') ?? '') ?? [];
  const limit = Date.parse(since ?? '');
  const rows = script.rows.filter(({ modifiedon }) => {
    if (!operator || !script.knows.filter) return true;
    const time = Date.parse(String(modifiedon));
    return operator === 'ge' ? time >= limit : time > limit;
  });
  const isDown = query.get('$orderby')?.startsWith('modifiedon desc');
  if (script.knows.order) {
    rows.sort((a, b) => (String(a.modifiedon) < String(b.modifiedon) ? -1 : 1) * (isDown ? -1 : 1));
  }
  return query.has('$top') && script.knows.top ? rows.slice(0, 1) : rows;
}

async function take(of = plan): Promise<ModifiedWindow | null> {
  const link = await connection.takeDeltaLink(of, never);
  return link === null ? null : readWindow(link);
}

/** Reads a window; its rows by their numbers, and the window that follows. */
async function read(window: ModifiedWindow, of = plan) {
  const pages = await collect(connection.readChanges(of, writeWindow(window), never));
  const ids = pages.flatMap(({ rows }) => rows.map(({ leadid }) => Number(String(leadid).slice(-12))));
  return { ids, next: readWindow(pages.at(-1)?.deltaLink ?? '') };
}

test('begins with the latest row there is, and asks for what was modified ten minutes before it', async () => {
  expect(await take()).toEqual({ mark: at('09:00:00'), seenAt: at('09:30:00') });
  expect(queries.map((query) => query.get('$orderby'))).toEqual([
    'modifiedon desc',
    'modifiedon asc,leadid asc',
  ]);
  queries.length = 0;
  const { ids, next } = await read({ mark: at('09:00:00'), seenAt: at('09:30:00') });
  expect(ids).toEqual([2, 3]);
  expect(next).toEqual({ mark: at('09:00:00'), seenAt: at('09:30:00') });
  expect(queries.map((query) => Object.fromEntries(query))).toEqual([
    {
      $select: 'leadid,lastname,_ownerid_value,modifiedon',
      $filter: `modifiedon ge ${at('08:50:00')}`,
      $orderby: 'modifiedon asc,leadid asc',
    },
  ]);
  expect((await connection.startCopy(plan, never)).span).toBeNull();
});

test('a row that comes into sight late is read, and the mark does not go back', async () => {
  script.rows.push(row(4, '08:52:00'));
  const { ids, next } = await read({ mark: at('09:00:00'), seenAt: at('09:00:10') });
  expect(ids).toEqual([4, 2, 3]);
  expect(next?.mark).toBe(at('09:00:00'));
});

test('when nothing came for longer than the overlap, only what comes behind the mark is read', async () => {
  script.now = at('09:10:09');
  const seenAt = at('09:00:10');
  const early = await read({ mark: at('09:00:00'), seenAt });
  expect(early.next).toEqual({ mark: at('09:00:00'), seenAt });
  script.now = at('09:10:10');
  const { ids, next } = await read(early.next ?? { mark: null, seenAt });
  expect(ids).toEqual([2, 3]);
  expect(next).toEqual({ mark: at('09:00:00'), seenAt, isSettled: true });
  script.now = at('11:00:00');
  const quiet = await read(next ?? { mark: null, seenAt });
  expect(quiet).toEqual({ ids: [], next });
  expect(queries.at(-1)?.get('$filter')).toBe(`modifiedon gt ${at('09:00:00')}`);
  script.rows.push(row(4, '10:59:59'));
  const changed = await read(next ?? { mark: null, seenAt });
  expect(changed).toEqual({ ids: [4], next: { mark: at('10:59:59'), seenAt: at('11:00:00') } });
});

test('where Dynamics does not tell the time, the overlap stays', async () => {
  script.now = null;
  const window = await take();
  expect(window).toEqual({ mark: at('09:00:00'), seenAt: null });
  const { ids, next } = await read({ mark: at('09:00:00'), seenAt: null });
  expect(ids).toEqual([2, 3]);
  expect(next).toEqual(window);
});

test('a row of next year hides nothing', async () => {
  script.rows.push({ ...row(9, '00:00:00'), modifiedon: '2027-11-26T00:00:00Z' });
  const window = await take();
  expect(window).toEqual({ mark: at('09:30:00'), seenAt: at('09:30:00') });
  script.now = at('09:45:00');
  script.rows.push(row(4, '09:31:00'));
  const { ids, next } = await read({ mark: at('09:30:00'), seenAt: at('09:30:00') });
  expect(ids).toEqual([4, 9]);
  expect(next?.mark).toBe(at('09:45:00'));
});

test('fractions of a second are kept, and a column that is stored is asked for once', async () => {
  script.rows = [{ ...row(1, '09:00:00'), modifiedon: at('09:00:00.250') }];
  const column = { name: 'modifiedon', type: 'DateTime', select: 'modifiedon', label: false } as const;
  const stored = { ...plan, columns: [...plan.columns, column] };
  expect(await take(stored)).toMatchObject({ mark: at('09:00:00.250') });
  await read({ mark: at('09:00:00'), seenAt: null }, stored);
  expect(queries.at(-1)?.get('$select')).toBe('leadid,lastname,_ownerid_value,modifiedon');
});

test('an empty table is read from its first row on', async () => {
  script.rows = [];
  const window = await take();
  expect(window).toMatchObject({ mark: null });
  expect(queries).toHaveLength(1);
  script.rows.push(row(1, '01:00:00'));
  const { ids, next } = await read(window ?? { mark: '', seenAt: null });
  expect(ids).toEqual([1]);
  expect(queries.at(-1)?.has('$filter')).toBe(false);
  expect(next?.mark).toBe(at('01:00:00'));
});

describe('a server that does it otherwise', () => {
  test.each([
    ['knows no $top', { top: false }],
    ['does not sort', { order: false }],
    ['does not filter', { filter: false }],
    ['does nothing of it', { top: false, order: false, filter: false }],
  ])('and %s loses nothing', async (_how, unknown) => {
    Object.assign(script.knows, unknown);
    script.rows.reverse();
    const window = await take();
    expect(Date.parse(window?.mark ?? '')).toBeLessThanOrEqual(Date.parse(at('09:00:00')));
    script.rows.push(row(4, '09:20:00'));
    const { ids, next } = await read(window ?? { mark: null, seenAt: null });
    expect(ids).toContain(4);
    expect(next?.mark).toBe(at('09:20:00'));
  });

  test.each([
    ['refuses to sort', (query: URLSearchParams) => query.has('$orderby')],
    ['refuses to filter', (query: URLSearchParams) => query.has('$filter')],
    ['does not know the column', (query: URLSearchParams) => query.get('$select')?.includes('modifiedon')],
  ])('and %s has no window', async (_how, isRefused) => {
    script.refusal = (query) => (isRefused(query) ? [400, '0x80060888'] : undefined);
    expect(await take()).toBeNull();
  });

  test('and leaves the column empty has none, nor has one that filters everything away', async () => {
    script.rows = script.rows.map((one) => ({ ...one, modifiedon: null }));
    expect(await take()).toBeNull();
    script.rows = [row(1, '08:00:00')];
    script.refusal = (query) => {
      if (query.has('$filter')) script.rows = [];
      return undefined;
    };
    expect(await take()).toBeNull();
  });

  test('without the column in its description nothing is asked', async () => {
    expect(await take({ ...tracked, changeTracking: false })).toBeNull();
    expect(queries).toEqual([]);
  });

  test('and refuses to track, whatever it says, is remembered in the window', async () => {
    script.refusal = () =>
      queries.length === 1
        ? [400, '0x80072491', "Entity lead isn't enabled for change tracking."]
        : undefined;
    const window = await take({ ...plan, changeTracking: true });
    expect(window).toMatchObject({ mark: at('09:00:00'), isRefused: true });
    expect((await read(window ?? { mark: null, seenAt: null })).next).toMatchObject({ isRefused: true });
  });
});

test.each([
  ['is refused', [400, '0x80040203'], 'delta-expired'],
  [
    'knows the column no more',
    [400, '0x80060888', "Could not find a property named 'modifiedon' on"],
    'delta-expired',
  ],
  [
    'knows another column no more',
    [400, '0x80060888', "Could not find a property named 'lastname' on"],
    'field-unknown',
  ],
  ['takes too long each time', [500, '0x80044151'], 'delta-expired'],
  ['fails', [500, '0x80040216'], 'server-failed'],
  ['may not be read', [403, '0x80040220'], 'privilege-missing'],
] as const)('a window that %s', async (_how, refusal, code) => {
  script.refusal = () => [...refusal] as [number, string];
  await expect(read({ mark: at('09:00:00'), seenAt: null })).rejects.toMatchObject({ code });
});

test('what waits is counted from the mark on, as far as is counted', async () => {
  const link = writeWindow({ mark: at('09:00:00'), seenAt: null });
  let count = '12';
  await server.close();
  server = await startScriptedServer((request, response) => {
    if (!request.url?.includes('/leads/$count')) return;
    queries.push(new URL(request.url, 'https://org.localhost').searchParams);
    response.writeHead(200, { 'content-type': 'text/plain' }).end(count);
  });
  await connection.close();
  const dynamics = createDynamics({ log: silentLogger, clock: createHandClock(), random: () => 1 });
  connection = dynamics.connect(server.credentials);
  expect(await connection.countChanges(plan, link, never)).toBe(12);
  expect(queries.at(-1)?.get('$filter')).toBe(`modifiedon gt ${at('09:00:00')}`);
  count = '5000';
  expect(await connection.countChanges(plan, link, never)).toBeNull();
});
