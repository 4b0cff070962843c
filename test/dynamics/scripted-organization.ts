import type { ServerResponse } from 'node:http';
import { type Handler, json, loginHost, refuse } from './scripted-server.ts';

export const root = '/api/data/v9.2';
export const organizationId = 'aaaaaaaa-0000-4000-8000-000000000001';
const userId = 'bbbbbbbb-0000-4000-8000-000000000002';

/** Label with the languages given; `null` where there is none. */
const label = (en: string | null, ja?: string) => ({
  LocalizedLabels: [
    ...(en ? [{ Label: en, LanguageCode: 1033 }] : []),
    ...(ja ? [{ Label: ja, LanguageCode: 1041 }] : []),
  ],
  UserLocalizedLabel: null,
});

const attribute = (LogicalName: string, type: string, more: object = {}) => ({
  LogicalName,
  AttributeType: type,
  AttributeTypeName: { Value: `${type}Type` },
  AttributeOf: null,
  IsValidForRead: true,
  IsValidODataAttribute: true,
  DisplayName: label(LogicalName),
  ...more,
});

export const leadAttributes = [
  attribute('leadid', 'Uniqueidentifier'),
  attribute('lastname', 'String', { DisplayName: label('Last Name', '姓') }),
  attribute('ownerid', 'Owner'),
  attribute('owneridname', 'String', { AttributeOf: 'ownerid' }),
  attribute('createdon', 'DateTime'),
  attribute('estimatedclosedate', 'DateTime'),
  attribute('hobbies', 'Virtual', { AttributeTypeName: { Value: 'MultiSelectPicklistType' } }),
  attribute('entityimage', 'Virtual', { AttributeTypeName: { Value: 'ImageType' } }),
  attribute('odd', 'Virtual'),
  attribute('hidden', 'String', { IsValidForRead: false }),
  attribute('unlisted', 'String', { IsValidODataAttribute: false }),
  attribute('partners', 'PartyList'),
  // As little as an answer may hold.
  { LogicalName: 'bare', AttributeType: 'Money' },
];

export function definition(name: string, more: object = {}) {
  return {
    LogicalName: name,
    EntitySetName: `${name}s`,
    PrimaryIdAttribute: `${name}id`,
    PrimaryNameAttribute: 'fullname',
    ChangeTrackingEnabled: true,
    DisplayName: label(name),
    ...more,
  };
}

export type Override = (url: string, response: ServerResponse) => void;

/** An organization with leads and contacts in which all is well, but for what `override` answers first. */
export function organizationScript(override: Override = () => {}): Handler {
  return (request, response) => {
    const url = decodeURIComponent(request.url ?? '');
    override(url, response);
    if (response.headersSent || response.destroyed || request.headers.host?.startsWith(loginHost)) return;
    if (!request.headers.authorization) {
      response.writeHead(401, { 'www-authenticate': 'Bearer authorization_uri=https://login' }).end();
      return;
    }
    const path = url.slice(root.length + 1);
    const known = answers.find(([start]) => path.startsWith(start));
    if (known) json(response, 200, known[1]);
    else refuse(response, 404, '0x80060888', `Resource not found for the segment '${path}'.`);
  };
}

const answers: readonly (readonly [start: string, body: unknown])[] = [
  ['WhoAmI', { BusinessUnitId: userId, UserId: userId, OrganizationId: organizationId.toUpperCase() }],
  [
    `systemusers(${userId})`,
    {
      fullname: '# Sync',
      internalemailaddress: 'Sync@Contoso.com',
      domainname: 'CONTOSO\\sync',
      isdisabled: false,
      applicationid: null,
    },
  ],
  ['RetrieveCurrentOrganization', { Detail: { FriendlyName: 'Contoso Sales', UniqueName: 'contoso' } }],
  ['organizations', { value: [{ name: 'contoso-row' }] }],
  [
    "EntityDefinitions(LogicalName='lead')/Attributes/Microsoft.Dynamics.CRM.DateTimeAttributeMetadata",
    {
      value: [
        { LogicalName: 'createdon', Format: 'DateAndTime', DateTimeBehavior: { Value: 'UserLocal' } },
        { LogicalName: 'estimatedclosedate', Format: 'DateOnly', DateTimeBehavior: { Value: 'DateOnly' } },
      ],
    },
  ],
  ["EntityDefinitions(LogicalName='lead')/Attributes", { value: leadAttributes }],
  [
    'EntityDefinitions',
    { value: [definition('contact'), definition('lead', { DisplayName: label('Lead', '潜在顧客') })] },
  ],
  ['leads?', { value: [{ leadid: userId }] }],
  ['contacts?', { value: [] }],
];
