import { metadataIdOf } from '../answers/metadata-id.ts';
import type { MarketoUser } from '../options.ts';
import type { Organization } from '../organization.ts';
import type { PlainSet } from '../query/plain-set.ts';
import type { Column, ColumnType, TableSchema } from '../tables/column.ts';
import { completeColumn } from '../tables/column.ts';

/** The table with the one record "Default" that says who Marketo's user is. Its names are not documented anywhere. */
export const configTable = 'mkto_marketoconfig';
const configRow = '5f0c2c52-7a1e-4b39-8f0e-3d5a9b7c1e20';
const solutionId = 'c4d1b7e2-93a5-4f68-8b1c-60e2f7a9d354';

/** Marketo's own solution, as far as anybody looks at it. */
export function marketoSchema(): TableSchema {
  const columns = [
    column('mkto_marketoconfigid', 'Uniqueidentifier', 'Marketo Config'),
    column('mkto_name', 'String', 'Name'),
    column('mkto_marketouser', 'Lookup', 'Marketo User', ['systemuser']),
    { ...column('createdby', 'Lookup', 'Created By', ['systemuser']), isCustom: false },
    column('createdon', 'DateTime', 'Created On'),
    column('modifiedon', 'DateTime', 'Modified On'),
  ];
  return {
    name: configTable,
    schemaName: 'mkto_MarketoConfig',
    set: 'mkto_marketoconfigs',
    primaryId: 'mkto_marketoconfigid',
    primaryName: 'mkto_name',
    typeCode: 10_412,
    tracksChanges: false,
    labels: { en: 'Marketo Config', ja: 'Marketo Config' },
    columns: new Map(columns.map((one) => [one.name, one])),
    properties: new Map(columns.map((one) => [one.property, one])),
  };
}

/** Fills in the one record. */
export function seedMarketo(organization: Organization, user: MarketoUser): void {
  const { applicationUser, tables } = organization;
  const people = [...(tables.get('systemuser')?.rows() ?? [])].map(({ id }) => id);
  const other = people.find((id) => id !== applicationUser.id) ?? null;
  organization.load(configTable, configRow, {
    mkto_name: 'Default',
    mkto_marketouser: { application: applicationUser.id, other, nobody: null }[user],
    createdby: other,
  });
}

/** The sets in which solutions and what is in them are looked up. */
export function solutionSets(isInstalled: boolean): [name: string, set: PlainSet][] {
  const solution = {
    solutionid: solutionId,
    uniquename: 'MarketoLeadManagement',
    friendlyname: 'Marketo Lead Management',
    version: '5.0.2.1',
    ismanaged: true,
  };
  const component = {
    solutioncomponentid: metadataIdOf('solutioncomponent'),
    objectid: metadataIdOf(configTable),
    componenttype: 1,
    _solutionid_value: solutionId,
  };
  const solutions: PlainSet = {
    entity: 'solution',
    primaryId: 'solutionid',
    properties: {
      solutionid: 'guid',
      uniquename: 'string',
      friendlyname: 'string',
      version: 'string',
      ismanaged: 'boolean',
    },
    items: () => (isInstalled ? [solution] : []),
  };
  const components: PlainSet = {
    entity: 'solutioncomponent',
    primaryId: 'solutioncomponentid',
    properties: {
      solutioncomponentid: 'guid',
      objectid: 'guid',
      componenttype: 'number',
      _solutionid_value: 'guid',
    },
    items: () => (isInstalled ? [component] : []),
  };
  return [
    ['solutions', solutions],
    ['solutioncomponents', components],
  ];
}

function column(name: string, type: ColumnType, label: string, targets: string[] = []): Column {
  return completeColumn({
    name,
    schemaName: name,
    type,
    format: type === 'DateTime' ? 'DateAndTime' : '',
    maxLength: undefined,
    requiredLevel: 'None',
    isCreatable: true,
    isUpdatable: true,
    targets,
    attributeOf: '',
    labels: { en: label, ja: '' },
    choices: [],
    isCustom: name.startsWith('mkto_'),
  });
}
