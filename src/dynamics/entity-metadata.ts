import { type EntitySchema, type Field, type FieldType, fieldTypes, type Label } from '../model/entity.ts';
import { nullIfRefused } from './refusal.ts';
import type { WebApi } from './web-api.ts';
import {
  type Attribute,
  attributesAnswer,
  dateAttributesAnswer,
  type EntityDefinition,
  entityDefinitionsAnswer,
  type WireLabel,
} from './web-api-answers.ts';

const english = 1033;
const japanese = 1041;

const definitionColumns =
  'LogicalName,EntitySetName,PrimaryIdAttribute,PrimaryNameAttribute,ChangeTrackingEnabled,DisplayName';
const attributeColumns =
  'LogicalName,AttributeType,AttributeTypeName,AttributeOf,IsValidForRead,IsValidODataAttribute,DisplayName';

/** An entity without its fields, which take a request of their own. */
export type EntityHead = Omit<EntitySchema, 'fields'>;

/**
 * The entities that exist among `names` and can be reached by the Web API, in their order ("Query table
 * definitions using the Web API"; metadata answers are never paged).
 */
export async function readEntityHeads(
  api: WebApi,
  names: readonly string[],
  signal: AbortSignal,
): Promise<EntityHead[]> {
  if (names.length === 0) return [];
  const filter = names.map((name) => `LogicalName eq '${name.replaceAll("'", "''")}'`).join(' or ');
  const query = `$select=${definitionColumns}&$filter=${encodeURIComponent(filter)}`;
  const options = { signal, fresh: true };
  const { value } = await api.getJson(`EntityDefinitions?${query}`, entityDefinitionsAnswer, options);
  const byName = new Map(value.map((definition) => [definition.LogicalName, definition]));
  return names.flatMap((name) => {
    const definition = byName.get(name);
    return definition?.EntitySetName ? [entityHead(definition, definition.EntitySetName)] : [];
  });
}

function entityHead(definition: EntityDefinition, entitySetName: string): EntityHead {
  const name = definition.LogicalName;
  return {
    name,
    entitySetName,
    primaryId: definition.PrimaryIdAttribute ?? `${name}id`,
    primaryName: definition.PrimaryNameAttribute ?? '',
    changeTracking: definition.ChangeTrackingEnabled ?? false,
    label: parseLabel(definition.DisplayName),
  };
}

export async function readSchemas(
  api: WebApi,
  names: readonly string[],
  signal: AbortSignal,
): Promise<EntitySchema[]> {
  const heads = await readEntityHeads(api, names, signal);
  return Promise.all(heads.map(async (head) => ({ ...head, fields: await readFields(api, head, signal) })));
}

/** Never the fields of all tables at once: large organizations answer with hundreds of megabytes. */
async function readFields(api: WebApi, head: EntityHead, signal: AbortSignal): Promise<Field[]> {
  const path = `EntityDefinitions(LogicalName='${head.name}')/Attributes`;
  const options = { signal, entity: head.name, fresh: true };
  const [{ value }, dateOnly] = await Promise.all([
    api.getJson(`${path}?$select=${attributeColumns}`, attributesAnswer, options),
    readDateOnlyNames(api, path, options),
  ]);
  const fields = value.flatMap((attribute) => parseField(attribute, dateOnly));
  if (fields.some(({ name }) => name === head.primaryId)) return fields;
  return [{ name: head.primaryId, type: 'Uniqueidentifier', label: { en: '' } }, ...fields];
}

/** What the type alone does not say: which date columns have no time. It takes a cast of its own. */
async function readDateOnlyNames(
  api: WebApi,
  path: string,
  options: { signal: AbortSignal; entity: string; fresh: boolean },
): Promise<ReadonlySet<string>> {
  const cast = `${path}/Microsoft.Dynamics.CRM.DateTimeAttributeMetadata`;
  const query = '$select=LogicalName,Format,DateTimeBehavior';
  // A date taken for a date with time is stored as it comes: better than no fields at all.
  const answer = await nullIfRefused(api.getJson(`${cast}?${query}`, dateAttributesAnswer, options));
  const dates = (answer?.value ?? []).filter(
    ({ Format, DateTimeBehavior }) => Format === 'DateOnly' || DateTimeBehavior?.Value === 'DateOnly',
  );
  return new Set(dates.map(({ LogicalName }) => LogicalName));
}

/** @returns the field, or nothing where it cannot be read or stored. */
function parseField(attribute: Attribute, dateOnly: ReadonlySet<string>): Field[] {
  const { LogicalName: name, AttributeOf, IsValidForRead, IsValidODataAttribute } = attribute;
  // With `AttributeOf` it is the name or the phonetic twin of another column, and cannot be selected.
  if (AttributeOf || IsValidForRead === false || IsValidODataAttribute === false) return [];
  const type = parseFieldType(attribute);
  if (!type) return [];
  const dated = type === 'DateTime' && dateOnly.has(name) ? 'DateOnly' : type;
  return [{ name, type: dated, label: parseLabel(attribute.DisplayName) }];
}

/** The older `AttributeType` calls multi-select choices and images Virtual: the newer name goes first. */
function parseFieldType({ AttributeTypeName, AttributeType }: Attribute): FieldType | undefined {
  const name = (AttributeTypeName?.Value ?? AttributeType ?? '').replace(/Type$/, '');
  return name === 'DateOnly' ? undefined : fieldTypes.find((type) => type === name);
}

function parseLabel(wire: WireLabel): Label {
  const inLanguage = (code: number) =>
    wire?.LocalizedLabels?.find(({ LanguageCode }) => LanguageCode === code)?.Label;
  const ja = inLanguage(japanese);
  return {
    en: inLanguage(english) ?? wire?.UserLocalizedLabel?.Label ?? '',
    ...(ja ? { ja } : {}),
  };
}
