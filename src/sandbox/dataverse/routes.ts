import type { Answer, DataverseRequest } from './answers/answer.ts';
import { json } from './answers/answer.ts';
import { answerChanges, answerChangesCount, answerTrackedRead, checkTracked } from './answers/changes.ts';
import { answerCollection, answerCount, predicateOf } from './answers/collection.ts';
import type { TotalCounts } from './answers/functions.ts';
import { createFunctions, parseCall } from './answers/functions.ts';
import { answerMetadata } from './answers/metadata.ts';
import { parseExpand } from './answers/metadata-query.ts';
import { createPlainSets } from './answers/plain-sets.ts';
import { checkRead } from './answers/privileges.ts';
import { answerRow, answerUserResource } from './answers/single-row.ts';
import { notSimulated, unknownSegment } from './errors.ts';
import type { Organization } from './organization.ts';
import { aggregate, parseApply } from './query/aggregate.ts';
import type { QueryOptions } from './query/options.ts';
import { allowOnly, parseQuery } from './query/options.ts';
import { findInPlainSet, queryPlainSet } from './query/plain-set.ts';
import type { Table } from './tables/table.ts';

/** Finds the answer to a request below `/api/data/v9.2/`, or throws the refusal. */
export type Route = (request: DataverseRequest) => Answer | Promise<Answer>;

const SEGMENT = /^(\w+)(?:\(([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\))?(?:\/(.+))?$/i;

export function createRoute(organization: Organization, totals: TotalCounts): Route {
  const bySet = new Map([...organization.tables.values()].map((table) => [table.schema.set, table]));
  const plainSets = createPlainSets(organization);
  const functions = createFunctions(totals);

  return (request) => {
    const { path, base } = request;
    const query = parseQuery(request.search);
    if (path === '') return serviceDocument(base, [...bySet.keys(), ...plainSets.keys()]);
    if (path === '$batch') throw notSimulated('$batch');
    if (/^EntityDefinitions(?=$|[(/])/.test(path)) {
      allowOnly(query, ['select', 'filter', 'expand'], 'metadata');
      const { select, filter, expand } = query;
      const rest = path.slice('EntityDefinitions'.length);
      return answerMetadata(organization, base, rest, { select, filter, expand: parseExpand(expand) });
    }
    const call = parseCall(path, query.aliases);
    const known = call && functions.get(call.name);
    if (call && known) {
      allowOnly(query, [], 'a function');
      return known(request, call.parameters);
    }
    return routeSet(request, query);
  };

  function routeSet(request: DataverseRequest, query: QueryOptions): Answer | Promise<Answer> {
    const found = SEGMENT.exec(request.path);
    const [, set = request.path, rawId, rest] = found ?? [];
    const id = rawId?.toLowerCase();
    const table = bySet.get(set);
    if (table && request.organization.tables.has(table.schema.name))
      return routeTable(request, query, table, id, rest);
    const plain = plainSets.get(set);
    if (!plain || rest !== undefined) throw unknownSegment(request.path);
    allowOnly(query, ['select', 'filter'], set);
    const context = `${request.base}$metadata#${set}`;
    if (id)
      return json({ '@odata.context': `${context}/$entity`, ...findInPlainSet(plain, id, query.select) });
    return json({ '@odata.context': context, value: queryPlainSet(plain, query.select, query.filter) });
  }
}

function routeTable(
  request: DataverseRequest,
  query: QueryOptions,
  table: Table,
  id: string | undefined,
  rest: string | undefined,
): Answer | Promise<Answer> {
  const isDelta = query.deltaToken !== undefined;
  // A tracked walk stays one when a client leaves the preference out on its later pages.
  const isWalk = query.skipToken?.includes('istracking="True"') ?? false;
  const isTracked = isDelta || isWalk || request.preferences.tracksChanges;
  checkRead(request.organization, table.schema, isTracked);
  if (id !== undefined) {
    if (rest === undefined) return answerRow(request, table, id, query);
    const answer =
      table.schema.name === 'systemuser' ? answerUserResource(request, id, rest, query) : undefined;
    if (!answer) throw notSimulated(`the path "${request.path}"`);
    return answer;
  }
  if (rest === '$count') {
    allowOnly(query, ['filter', 'deltaToken'], '$count');
    return isDelta ? answerChangesCount(request, table, query) : answerCount(table, query);
  }
  if (rest !== undefined) throw unknownSegment(rest);
  if (isTracked) {
    checkTracked(table, query);
    allowOnly(query, ['select', 'skipToken', 'deltaToken'], 'a tracked read');
    return isDelta ? answerChanges(request, table, query) : answerTrackedRead(request, table, query);
  }
  if (query.apply !== undefined) return answerApply(request, table, query);
  if (query.expand !== undefined) throw notSimulated('"$expand" on rows of a table');
  return answerCollection(request, table, query);
}

function answerApply({ base }: DataverseRequest, table: Table, query: QueryOptions): Answer {
  allowOnly(query, ['apply'], '$apply');
  const apply = parseApply(query.apply ?? '');
  const passes = predicateOf(table, apply.filter) ?? (() => true);
  const value = aggregate(table, [...table.rows()].filter(passes), apply);
  return json({ '@odata.context': `${base}$metadata#${table.schema.set}`, value });
}

function serviceDocument(base: string, sets: string[]): Answer {
  const value = sets.map((name) => ({ name, kind: 'EntitySet', url: name }));
  return json({ '@odata.context': `${base}$metadata`, value });
}
