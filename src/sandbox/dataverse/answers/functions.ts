import { invalidArgument } from '../errors.ts';
import type { Organization } from '../organization.ts';
import type { Answer, DataverseRequest } from './answer.ts';
import { json } from './answer.ts';

type AnswerFunction = (request: DataverseRequest, parameters: Map<string, string>) => Answer;

/** Row counts as of one moment: the service counts once a day. */
export type TotalCounts = () => ReadonlyMap<string, number>;

/** The functions the sandbox knows, by name. */
export function createFunctions(totals: TotalCounts): Map<string, AnswerFunction> {
  return new Map<string, AnswerFunction>([
    ['WhoAmI', whoAmI],
    ['RetrieveVersion', ({ organization, base }) => version(organization, base)],
    ['RetrieveCurrentOrganization', retrieveCurrentOrganization],
    ['RetrieveTotalRecordCount', (request, parameters) => totalRecordCount(request, parameters, totals())],
  ]);
}

/** `Name`, `Name()` and `Name(A=@p)` with `@p` in the query; undefined for anything else. */
export function parseCall(
  path: string,
  aliases: Map<string, string>,
): { name: string; parameters: Map<string, string> } | undefined {
  const found = /^(\w+)(?:\((.*)\))?$/s.exec(path);
  if (!found) return undefined;
  const parameters = new Map<string, string>();
  for (const part of (found[2] ?? '').split(/,(?=\w+=)/)) {
    const at = part.indexOf('=');
    if (at < 0) continue;
    const value = part.slice(at + 1);
    parameters.set(part.slice(0, at), value.startsWith('@') ? (aliases.get(value) ?? '') : value);
  }
  return { name: found[1] ?? '', parameters };
}

function whoAmI({ organization, base }: DataverseRequest): Answer {
  const { facts, applicationUser } = organization;
  return json({
    '@odata.context': `${base}$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse`,
    BusinessUnitId: facts.businessUnitId,
    UserId: applicationUser.id,
    OrganizationId: facts.id,
  });
}

function version({ facts }: Organization, base: string): Answer {
  const context = `${base}$metadata#Microsoft.Dynamics.CRM.RetrieveVersionResponse`;
  return json({ '@odata.context': context, Version: facts.version });
}

function retrieveCurrentOrganization(
  { organization, base }: DataverseRequest,
  parameters: Map<string, string>,
): Answer {
  const access = parameters.get('AccessType');
  if (
    !access ||
    !/^Microsoft\.Dynamics\.CRM\.EndpointAccessType'(Default|Internet|Intranet)'$/.test(access)
  ) {
    throw invalidArgument('The parameter AccessType is missing or not an EndpointAccessType.');
  }
  const { facts } = organization;
  const { origin } = new URL(base);
  const urls = [
    `${origin}/`,
    `${origin}/XRMServices/2011/Organization.svc`,
    `${origin}/XRMServices/2011/OrganizationData.svc`,
  ];
  return json({
    '@odata.context': `${base}$metadata#Microsoft.Dynamics.CRM.RetrieveCurrentOrganizationResponse`,
    Detail: {
      OrganizationId: facts.id,
      FriendlyName: facts.friendlyName,
      OrganizationVersion: facts.version,
      EnvironmentId: facts.id,
      Geo: 'JPN',
      TenantId: facts.tenantId,
      UrlName: facts.urlName,
      UniqueName: facts.uniqueName,
      State: 'Enabled',
      OrganizationType: 'Customer',
      Endpoints: {
        Count: urls.length,
        IsReadOnly: false,
        Keys: ['WebApplication', 'OrganizationService', 'OrganizationDataService'],
        Values: urls,
      },
    },
  });
}

function totalRecordCount(
  { base }: DataverseRequest,
  parameters: Map<string, string>,
  totals: ReadonlyMap<string, number>,
): Answer {
  const names = parseNames(parameters.get('EntityNames') ?? '');
  const Values = names.map((name) => {
    const count = totals.get(name);
    if (count === undefined) throw invalidArgument(`Entity ${name} was not found in the metadata cache.`);
    return count;
  });
  return json({
    '@odata.context': `${base}$metadata#Microsoft.Dynamics.CRM.RetrieveTotalRecordCountResponse`,
    EntityRecordCountCollection: { Count: names.length, IsReadOnly: false, Keys: names, Values },
  });
}

function parseNames(text: string): string[] {
  const inside = /^\[(.*)\]$/s.exec(text.trim())?.[1];
  const names = inside?.split(',').map((part) => /^\s*["'](\w+)["']\s*$/.exec(part)?.[1]);
  if (!names || names.length === 0 || names.some((name) => name === undefined)) {
    throw invalidArgument('The parameter EntityNames is missing or not a list of names.');
  }
  return names.filter((name) => name !== undefined);
}
