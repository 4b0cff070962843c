import { DataverseError, notSimulated, unknownSegment } from '../errors.ts';
import type { Organization } from '../organization.ts';
import type { Column, TableSchema } from '../tables/column.ts';
import { isLookup } from '../tables/column.ts';
import type { Answer } from './answer.ts';
import { json } from './answer.ts';
import { describeAttribute, describeOptionSet, metadataTypeOf } from './attribute-metadata.ts';
import { describeLabel } from './labels.ts';
import { metadataIdOf } from './metadata-id.ts';
import type { Facts, MetadataQuery } from './metadata-query.ts';
import { filterFacts, selectFacts } from './metadata-query.ts';
import { readPrivilegeOf } from './privileges.ts';

/** Answers below `EntityDefinitions`; `path` is what follows it, like `(LogicalName='lead')/Attributes`. */
export function answerMetadata(
  organization: Organization,
  base: string,
  path: string,
  query: MetadataQuery,
): Answer {
  const schemas = [...organization.tables.values()].map(({ schema }) => schema);
  if (path === '') {
    const tables = schemas.map((schema) => tableFacts(organization, schema));
    const value = filterFacts(tables, query.filter, 'EntityMetadata').map((facts) => {
      const schema = schemas.find(({ name }) => name === facts.LogicalName) as TableSchema;
      return describeTable(organization, schema, facts, query);
    });
    return json({ '@odata.context': `${base}$metadata#EntityDefinitions`, value });
  }
  const found = /^\((?:LogicalName='(\w+)'|([0-9a-f-]{36}))\)(?:\/(.*))?$/i.exec(path);
  if (!found) throw unknownSegment(`EntityDefinitions${path}`);
  const [, name, id, rest = ''] = found;
  const schema = schemas.find((one) => one.name === name || metadataIdOf(one.name) === id?.toLowerCase());
  if (!schema) {
    const message = `Could not find an entity with name ${name ?? id} and with id 00000000-0000-0000-0000-000000000000.`;
    throw new DataverseError(404, '0x80060888', message);
  }
  if (rest === '') {
    if (query.filter !== undefined) throw notSimulated('"$filter" on one table');
    const facts = describeTable(organization, schema, tableFacts(organization, schema), query);
    return json({ '@odata.context': `${base}$metadata#EntityDefinitions/$entity`, ...facts });
  }
  return answerAttributes(organization, base, schema, rest, query);
}

function answerAttributes(
  organization: Organization,
  base: string,
  schema: TableSchema,
  path: string,
  query: MetadataQuery,
): Answer {
  const found = /^Attributes(?:\(LogicalName='(\w+)'\))?(?:\/Microsoft\.Dynamics\.CRM\.(\w+))?$/.exec(path);
  if (!found) throw notSimulated(`the metadata path "${path}"`);
  const [, name, type] = found;
  const ofType = [...schema.columns.values()].filter((column) => !type || isOfType(column, type));
  const context = `${base}$metadata#EntityDefinitions('${schema.name}')/Attributes`;
  if (name === undefined) {
    return json({
      '@odata.context': context,
      value: describeColumns(organization, schema, ofType, query, type),
    });
  }
  const one = ofType.filter((column) => column.name === name);
  const [facts] = describeColumns(organization, schema, one, query, type);
  if (facts) return json({ '@odata.context': `${context}/$entity`, ...facts });
  const message = `Could not find an attribute with name ${name} in entity ${schema.name}.`;
  throw new DataverseError(404, '0x80060888', message);
}

function isOfType(column: Column, type: string): boolean {
  if (type === 'EnumAttributeMetadata') throw notSimulated('a cast to the abstract EnumAttributeMetadata');
  return metadataTypeOf(column) === type;
}

function describeColumns(
  organization: Organization,
  schema: TableSchema,
  columns: Column[],
  query: MetadataQuery,
  cast?: string,
): Facts[] {
  const { language } = organization.applicationUser;
  const all = columns.map((column) => describeAttribute(schema, column, language));
  const type = cast ?? 'AttributeMetadata';
  return filterFacts(all, query.filter, type).map((facts) => {
    const column = schema.columns.get(String(facts.LogicalName)) as Column;
    const chosen = selectFacts(facts, query.select, type);
    for (const [name, inner] of query.expand) {
      const options = cast ? describeOptionSet(schema, column, language) : undefined;
      if (!options || (name !== 'OptionSet' && name !== 'GlobalOptionSet'))
        throw unknownNavigation(name, type);
      chosen[name] = name === 'OptionSet' ? selectFacts(options, inner.select, 'OptionSetMetadata') : null;
    }
    return chosen;
  });
}

function unknownNavigation(name: string, type: string): DataverseError {
  const message = `Could not find a property named '${name}' on type 'Microsoft.Dynamics.CRM.${type}'.`;
  return new DataverseError(400, '0x80060888', message);
}

function describeTable(
  organization: Organization,
  schema: TableSchema,
  facts: Facts,
  query: MetadataQuery,
): Facts {
  const chosen = selectFacts(facts, query.select, 'EntityMetadata');
  const columns = [...schema.columns.values()];
  for (const [name, inner] of query.expand) {
    if (name === 'Attributes') chosen.Attributes = describeColumns(organization, schema, columns, inner);
    else if (name === 'ManyToOneRelationships') chosen[name] = describeLookups(schema, columns, inner);
    else throw notSimulated(`"$expand=${name}" on tables`);
  }
  return chosen;
}

/** Each table a lookup may point to is a relationship of its own. */
function describeLookups(schema: TableSchema, columns: Column[], query: MetadataQuery): Facts[] {
  const type = 'OneToManyRelationshipMetadata';
  const all = columns.filter(isLookup).flatMap((column) =>
    column.targets.map((target) => ({
      MetadataId: metadataIdOf(`${schema.name}.${column.name}.${target}`),
      SchemaName: `${target}_${schema.name}_${column.name}`,
      ReferencedEntity: target,
      ReferencedAttribute: `${target}id`,
      ReferencingEntity: schema.name,
      ReferencingAttribute: column.name,
      RelationshipType: 'OneToManyRelationship',
    })),
  );
  return filterFacts(all, query.filter, type).map((facts) => selectFacts(facts, query.select, type));
}

function tableFacts({ applicationUser }: Organization, schema: TableSchema): Facts {
  const { language } = applicationUser;
  return {
    MetadataId: metadataIdOf(schema.name),
    LogicalName: schema.name,
    SchemaName: schema.schemaName,
    EntitySetName: schema.set,
    LogicalCollectionName: schema.set,
    PrimaryIdAttribute: schema.primaryId,
    PrimaryNameAttribute: schema.primaryName,
    ObjectTypeCode: schema.typeCode,
    ChangeTrackingEnabled: schema.tracksChanges,
    CanChangeTrackingBeEnabled: { Value: true, CanBeChanged: true },
    IsPrivate: false,
    IsIntersect: false,
    IsActivity: false,
    IsCustomEntity: schema.name.includes('_'),
    IsManaged: true,
    TableType: 'Standard',
    DataProviderId: null,
    DisplayName: describeLabel(schema.labels, language),
    DisplayCollectionName: describeLabel(schema.labels, language),
    Description: describeLabel({ en: '', ja: '' }, language),
    Privileges: [
      {
        CanBeBasic: true,
        CanBeLocal: true,
        CanBeDeep: true,
        CanBeGlobal: true,
        Name: readPrivilegeOf(schema),
        PrivilegeId: `00000000-0000-0000-0000-${String(schema.typeCode).padStart(12, '0')}`,
        PrivilegeType: 'Read',
      },
    ],
  };
}
