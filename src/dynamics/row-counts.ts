import { type EntitySchema, filterField } from '../model/entity.ts';
import type { FilterCount } from '../ports/dynamics.ts';
import { walkPages } from './page-walk.ts';
import { nullIfRefused } from './refusal.ts';
import { parseCount } from './row-changes.ts';
import type { WebApi } from './web-api.ts';
import { aggregateAnswer, totalRecordCountAnswer } from './web-api-answers.ts';

/** `/$count` stops here ("Count number of rows"). */
const countCeiling = 5000;

/** A walk only to count ends here: the number is not worth more. */
const pagesToCount = 20;

/** What is needed to count. */
type Counted = Pick<EntitySchema, 'name' | 'entitySetName'> & Partial<Pick<EntitySchema, 'primaryId'>>;

export async function countRows(
  api: WebApi,
  schemas: readonly Counted[],
  maxPageSize: number,
  signal: AbortSignal,
): Promise<Record<string, number | null>> {
  const snapshot = await readSnapshot(api, schemas, signal);
  const counts = schemas.map(async (schema) => {
    const known = snapshot.get(schema.name);
    // The snapshot says zero also where it was never taken.
    if (known) return [schema.name, known] as const;
    const count =
      (await countNow(api, schema, signal)) ?? (await countPages(api, schema, maxPageSize, signal));
    return [schema.name, count] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}

/** One name it does not know fails it for all: then each entity is counted by itself. */
async function readSnapshot(
  api: WebApi,
  schemas: readonly Counted[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  if (schemas.length === 0) return new Map();
  const names = encodeURIComponent(JSON.stringify(schemas.map(({ name }) => name)));
  const target = `RetrieveTotalRecordCount(EntityNames=@p1)?@p1=${names}`;
  const answer = await nullIfRefused(api.getJson(target, totalRecordCountAnswer, { signal }));
  const { Keys = [], Values = [] } = answer?.EntityRecordCountCollection ?? {};
  return new Map(Keys.map((name, index) => [name, Values[index] ?? 0]));
}

async function countNow(
  api: WebApi,
  { name, entitySetName }: Counted,
  signal: AbortSignal,
): Promise<number | null> {
  const text = await nullIfRefused(api.get(`${entitySetName}/$count`, { signal, text: true, entity: name }));
  const count = text === null ? null : parseCount(text);
  if (count !== null && count < countCeiling) return count;
  const aggregate = encodeURIComponent('aggregate($count as n)');
  const answer = await nullIfRefused(
    api.getJson(`${entitySetName}?$apply=${aggregate}`, aggregateAnswer, { signal, entity: name }),
  );
  return numberOf(answer?.value[0]?.n);
}

/** With the primary id alone; null where the table goes on, or cannot be read. */
async function countPages(
  api: WebApi,
  { name: entity, entitySetName, primaryId = `${entity}id` }: Counted,
  maxPageSize: number,
  signal: AbortSignal,
): Promise<number | null> {
  const prefer = `odata.maxpagesize=${maxPageSize}`;
  const start = `${entitySetName}?$select=${primaryId}`;
  const walk = async (): Promise<number | null> => {
    let rows = 0;
    let pages = 0;
    for await (const page of walkPages(api, start, { entity, primaryId, prefer, signal })) {
      rows += page.rows.length;
      pages += 1;
      if (page.next === null) return rows;
      if (pages === pagesToCount) break;
    }
    return null;
  };
  return nullIfRefused(walk());
}

function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
  return Number.isSafeInteger(number) ? number : null;
}

/** Aggregation is refused above 50,000 rows ("Aggregate data"): then the rows are walked with this one column. */
export async function countFilter(
  api: WebApi,
  schema: EntitySchema,
  maxPageSize: number,
  signal: AbortSignal,
): Promise<FilterCount> {
  const { name: entity, entitySetName, primaryId } = schema;
  const apply = encodeURIComponent(`groupby((${filterField}),aggregate($count as n))`);
  const options = { signal, entity };
  const groups = await nullIfRefused(
    api.getJson(`${entitySetName}?$apply=${apply}`, aggregateAnswer, options),
  );
  // Without their numbers they are no groups: the query was not understood.
  if (groups?.value.every(({ n }) => numberOf(n) !== null)) {
    return sumUp(groups.value.map((group) => [group[filterField], numberOf(group.n) ?? 0]));
  }
  const counts: FilterCount[] = [];
  const start = `${entitySetName}?$select=${primaryId},${filterField}`;
  const prefer = `odata.maxpagesize=${maxPageSize}`;
  for await (const { rows } of walkPages(api, start, { entity, primaryId, prefer, signal })) {
    counts.push(sumUp(rows.map((row) => [row[filterField], 1])));
  }
  return sumUp(
    counts.flatMap(({ yes, empty, no }) => [
      [true, yes],
      [null, empty],
      [false, no],
    ]),
  );
}

function sumUp(groups: readonly (readonly [value: unknown, rows: number])[]): FilterCount {
  const sum: FilterCount = { yes: 0, empty: 0, no: 0 };
  for (const [value, rows] of groups) {
    if (value === true) sum.yes += rows;
    else if (value === false) sum.no += rows;
    else sum.empty += rows;
  }
  return sum;
}
