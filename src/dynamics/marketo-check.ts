import type { CheckResult } from './checklist.ts';
import { dynamicsError } from './dynamics-error.ts';
import { nullIfRefused } from './refusal.ts';
import type { WebApi } from './web-api.ts';
import {
  configDefinitionAnswer,
  lookupAttributesAnswer,
  rowsAnswer,
  solutionComponentsAnswer,
  solutionsAnswer,
} from './web-api-answers.ts';

const solutionName = 'MarketoLeadManagement';
/** `componenttype` of a table ("solutioncomponent table reference"). */
const tableComponent = 1;

export interface MarketoQuestion {
  api: WebApi;
  /** The application user's. */
  userId: string;
  signal: AbortSignal;
}

/**
 * Whether Marketo's own solution is there and, if so, who is set as its "Marketo User". The bot does without it: what
 * is odd about it is a remark.
 */
export async function checkMarketo(question: MarketoQuestion): Promise<CheckResult<true>> {
  const solution = await findSolution(question);
  if (!solution) return { value: true, note: { kind: 'not-installed' } };
  const user = await readMarketoUser(question, solution.solutionid);
  if (user === undefined) return { unread: { kind: 'not-readable' } };
  if (user?.id === question.userId) {
    return { value: true, note: { kind: 'installed', version: solution.version ?? '' } };
  }
  const code = user ? 'marketo-user-other' : 'marketo-user-unset';
  return {
    value: true,
    warning: dynamicsError(code, 'The Marketo solution belongs to somebody else, or to nobody', {
      recovery: 'ask-admin',
      details: { name: user?.name },
    }),
  };
}

async function findSolution({ api, signal }: MarketoQuestion) {
  const query = `$select=solutionid,uniquename,version&$filter=uniquename%20eq%20'${solutionName}'`;
  const { value } = await api.getJson(`solutions?${query}`, solutionsAnswer, { signal });
  return value.find(({ uniquename }) => uniquename?.toLowerCase() === solutionName.toLowerCase());
}

/**
 * Neither the table nor its column has a documented name: the table is the one of the solution that is called a
 * "config", the column its lookup to users that is not a standard one.
 * @returns null where nobody is set, undefined where it cannot be found out.
 */
async function readMarketoUser(
  { api, signal }: MarketoQuestion,
  solutionId: string,
): Promise<{ id: string; name: string | undefined } | null | undefined> {
  const filter = `_solutionid_value%20eq%20${solutionId}%20and%20componenttype%20eq%20${tableComponent}`;
  const components = `solutioncomponents?$select=objectid&$filter=${filter}`;
  const { value } = await api.getJson(components, solutionComponentsAnswer, { signal });
  const tables = await Promise.all(value.map(({ objectid }) => readTable(api, objectid, signal)));
  const table = tables.find((found) => found && /config/i.test(found.LogicalName));
  if (!table) return undefined;
  const attributes = `EntityDefinitions(LogicalName='${table.LogicalName}')/Attributes/Microsoft.Dynamics.CRM.LookupAttributeMetadata?$select=LogicalName,Targets,IsCustomAttribute`;
  const lookups = await api.getJson(attributes, lookupAttributesAnswer, { signal });
  const lookup = lookups.value.find(
    ({ Targets, IsCustomAttribute }) => IsCustomAttribute !== false && Targets?.includes('systemuser'),
  );
  if (!lookup) return undefined;
  const property = `_${lookup.LogicalName}_value`;
  const annotation = 'OData.Community.Display.V1.FormattedValue';
  const prefer = `odata.include-annotations="${annotation}"`;
  const rows = await api.getJson(`${table.EntitySetName}?$select=${property}`, rowsAnswer, {
    signal,
    prefer,
  });
  const set = rows.value.find((row) => typeof row[property] === 'string');
  if (!set) return null;
  const name = set[`${property}@${annotation}`];
  return { id: String(set[property]).toLowerCase(), name: typeof name === 'string' ? name : undefined };
}

function readTable(api: WebApi, metadataId: string, signal: AbortSignal) {
  const target = `EntityDefinitions(${metadataId})?$select=LogicalName,EntitySetName`;
  return nullIfRefused(api.getJson(target, configDefinitionAnswer, { signal }));
}
