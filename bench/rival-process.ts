import dns from 'node:dns';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { DynamicsWebApi } from 'dynamics-web-api';
import { lookupHost } from '../src/dynamics/loopback-lookup.ts';
import type { EntityPlan } from '../src/model/selection.ts';
import { enter, type Place } from './organization.ts';
import { serve } from './serve.ts';

type Row = Record<string, unknown>;

const formatted = '@OData.Community.Display.V1.FormattedValue';

/** What one would write without this project: a loop around the usual client, and a transaction a page. */
const calls = {
  async copy({ path, ...place }: Place & { path: string }): Promise<{ seconds: number; rows: number }> {
    const { session, plans } = await enter(place);
    const { origin } = session.credentials.address;
    // The client leaves names to the system, and not every system knows those under .localhost.
    Object.assign(dns, { lookup: lookupHost });
    const client = new DynamicsWebApi({
      serverUrl: origin,
      dataApi: { version: '9.2' },
      onTokenRefresh: () => session.tokens.token(session.life),
    });
    const db = new DatabaseSync(path);
    db.exec('PRAGMA journal_mode = WAL');
    try {
      const began = performance.now();
      let rows = 0;
      for (const plan of plans) rows += await copyTable(client, db, plan);
      return { seconds: (performance.now() - began) / 1000, rows };
    } finally {
      db.close();
      await session.close();
    }
  },
};

export type RivalCalls = typeof calls;

async function copyTable(client: DynamicsWebApi, db: DatabaseSync, plan: EntityPlan): Promise<number> {
  const keys = plan.columns.flatMap(({ select, label }) => (label ? [select, select + formatted] : [select]));
  const columns = keys.map((key) => (key === plan.primaryId ? `"${key}" PRIMARY KEY` : `"${key}"`));
  db.exec(`CREATE TABLE "${plan.entity}" (${columns.join(', ')})`);
  const insert = db.prepare(
    `INSERT OR REPLACE INTO "${plan.entity}" VALUES (${keys.map(() => '?').join(', ')})`,
  );
  let link: string | undefined;
  let rows = 0;
  do {
    const page = await client.retrieveMultiple<Row>(
      {
        collection: plan.entitySetName,
        select: plan.columns.map(({ select }) => select),
        maxPageSize: 5_000,
        includeAnnotations: `OData.Community.Display.V1.FormattedValue,Microsoft.Dynamics.CRM.lookuplogicalname`,
      },
      link,
    );
    db.exec('BEGIN');
    for (const row of page.value) insert.run(...keys.map((key) => bindable(row[key])));
    db.exec('COMMIT');
    rows += page.value.length;
    link = page.oDataNextLink;
  } while (link);
  return rows;
}

function bindable(value: unknown): SQLInputValue {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'string' || typeof value === 'number') return value;
  return value === null || value === undefined ? null : JSON.stringify(value);
}

serve(calls);
