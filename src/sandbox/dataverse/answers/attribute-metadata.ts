import type { Choice, Column, Language, TableSchema } from '../tables/column.ts';
import { isLookup } from '../tables/column.ts';
import { describeLabel } from './labels.ts';
import { metadataIdOf } from './metadata-id.ts';

type Facts = Record<string, unknown>;

/** The metadata type of a column, the last part of `#Microsoft.Dynamics.CRM.…AttributeMetadata`. */
export function metadataTypeOf(column: Column): string {
  if (isLookup(column)) return 'LookupAttributeMetadata';
  if (column.type === 'Virtual') return 'AttributeMetadata';
  const name = column.type === 'Uniqueidentifier' ? 'UniqueIdentifier' : column.type;
  return `${name}AttributeMetadata`;
}

/** Every property of a column's metadata; navigation properties (option sets) are separate. */
export function describeAttribute(schema: TableSchema, column: Column, language: Language): Facts {
  return {
    '@odata.type': `#Microsoft.Dynamics.CRM.${metadataTypeOf(column)}`,
    MetadataId: metadataIdOf(`${schema.name}.${column.name}`),
    LogicalName: column.name,
    SchemaName: column.schemaName,
    EntityLogicalName: schema.name,
    AttributeType: column.type === 'Image' ? 'Virtual' : column.type,
    AttributeTypeName: { Value: `${column.type}Type` },
    AttributeOf: column.attributeOf === '' ? null : column.attributeOf,
    IsValidForRead: true,
    IsValidForCreate: column.isCreatable,
    IsValidForUpdate: column.isUpdatable,
    IsValidODataAttribute: column.isSelectable,
    IsRetrievable: column.isSelectable,
    IsLogical: /^address[12]_/.test(column.name) && ['account', 'contact', 'lead'].includes(schema.name),
    IsSecured: false,
    CanBeSecuredForRead: false,
    IsPrimaryId: column.name === schema.primaryId,
    IsPrimaryName: column.name === schema.primaryName,
    IsCustomAttribute: column.isCustom,
    IsManaged: true,
    SourceType: 0,
    DeprecatedVersion: null,
    RequiredLevel: { Value: column.requiredLevel || 'None', CanBeChanged: true },
    DisplayName: describeLabel(column.labels, language),
    Description: describeLabel({ en: '', ja: '' }, language),
    ...typeFacts(column),
  };
}

function typeFacts(column: Column): Facts {
  if (isLookup(column)) return { Targets: column.targets, Format: 'None' };
  switch (column.type) {
    case 'String':
      return { MaxLength: column.maxLength ?? 100, Format: column.format || 'Text' };
    case 'Memo':
      return { MaxLength: column.maxLength ?? 2000, Format: column.format || 'TextArea' };
    case 'DateTime':
      return {
        Format: column.format,
        DateTimeBehavior: { Value: column.format === 'DateOnly' ? 'DateOnly' : 'UserLocal' },
      };
    case 'Money':
      return { Precision: 2, MinValue: -922337203685477, MaxValue: 922337203685477, PrecisionSource: 2 };
    case 'Decimal':
    case 'Double':
      return { Precision: column.name === 'exchangerate' ? 12 : 2 };
    case 'Integer':
      return { Format: column.format || 'None', MinValue: -2147483648, MaxValue: 2147483647 };
    default:
      return {};
  }
}

/** `OptionSet` of a choice or two-options column, for `$expand`; undefined for other types. */
export function describeOptionSet(
  schema: TableSchema,
  column: Column,
  language: Language,
): Facts | undefined {
  const facts = {
    Name: `${schema.name}_${column.name}`,
    IsGlobal: false,
    MetadataId: metadataIdOf(`${schema.name}.${column.name}.options`),
  };
  if (column.type === 'Boolean') {
    const [no, yes] = column.choices.map((choice) => describeOption(choice, language));
    return { ...facts, OptionSetType: 'Boolean', FalseOption: no, TrueOption: yes };
  }
  if (column.type !== 'Picklist' && column.type !== 'State' && column.type !== 'Status') return undefined;
  const Options = column.choices.map((choice) => describeOption(choice, language));
  return { ...facts, OptionSetType: column.type, Options };
}

function describeOption({ value, labels, state }: Choice, language: Language): Facts {
  const Label = describeLabel(labels, language);
  const Description = describeLabel({ en: '', ja: '' }, language);
  return { Value: value, Label, Description, Color: null, ...(state === undefined ? {} : { State: state }) };
}
