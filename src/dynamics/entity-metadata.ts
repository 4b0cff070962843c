import { type EntitySchema, type Field, type FieldType, fieldTypes } from '../model/entity.ts';
import { definitionPath, type EntityHead, readEntityHeads } from './entity-heads.ts';
import { parseLabel } from './label.ts';
import { isRefusal, nullIfRefused } from './refusal.ts';
import type { WebApi } from './web-api.ts';
import {
  type Attribute,
  attributesAnswer,
  dateAttributesAnswer,
  expandedAttributesAnswer,
  lookupAttributesAnswer,
} from './web-api-answers.ts';

const attributeColumns =
  'LogicalName,AttributeType,AttributeTypeName,AttributeOf,IsValidForRead,IsValidODataAttribute,DisplayName';

interface FieldsOptions {
  signal: AbortSignal;
  entity: string;
  fresh: boolean;
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
  const options = { signal, entity: head.name, fresh: true };
  const [attributes, dateOnly, manyTabled] = await Promise.all([
    readAttributes(api, options),
    readDateOnlyNames(api, options),
    readManyTabledNames(api, options),
  ]);
  const fields = attributes
    .flatMap((attribute) => parseField(attribute, dateOnly))
    .map((field) => (manyTabled.has(field.name) ? { ...field, isManyTabled: true as const } : field));
  if (fields.some(({ name }) => name === head.primaryId)) return fields;
  return [{ name: head.primaryId, type: 'Uniqueidentifier', label: { en: '' } }, ...fields];
}

/** No table is without columns: where the list is refused or empty, the definition may still have them. */
async function readAttributes(api: WebApi, options: FieldsOptions): Promise<readonly Attribute[]> {
  const path = definitionPath(options.entity);
  const list = api.getJson(`${path}/Attributes?$select=${attributeColumns}`, attributesAnswer, options);
  const [listed] = await Promise.allSettled([list]);
  if (listed.status === 'fulfilled' && listed.value.value.length > 0) return listed.value.value;
  if (listed.status === 'rejected' && !isRefusal(listed.reason)) throw listed.reason;
  const expanded = await nullIfRefused(
    api.getJson(`${path}?$expand=Attributes`, expandedAttributesAnswer, options),
  );
  if (expanded) return expanded.Attributes;
  return (await list).value;
}

/** What the type alone does not say: which date columns have no time. It takes a cast of its own. */
async function readDateOnlyNames(api: WebApi, options: FieldsOptions): Promise<ReadonlySet<string>> {
  const cast = `${definitionPath(options.entity)}/Attributes/Microsoft.Dynamics.CRM.DateTimeAttributeMetadata`;
  const query = '$select=LogicalName,Format,DateTimeBehavior';
  // A date taken for a date with time is stored as it comes: better than no fields at all.
  const answer = await nullIfRefused(api.getJson(`${cast}?${query}`, dateAttributesAnswer, options));
  return new Set((answer?.value ?? []).filter(isDateOnly).map(({ LogicalName }) => LogicalName));
}

/** Which lookups point into several tables: another cast. Where it is refused their type has to do. */
async function readManyTabledNames(api: WebApi, options: FieldsOptions): Promise<ReadonlySet<string>> {
  const cast = `${definitionPath(options.entity)}/Attributes/Microsoft.Dynamics.CRM.LookupAttributeMetadata`;
  const query = '$select=LogicalName,Targets';
  const answer = await nullIfRefused(api.getJson(`${cast}?${query}`, lookupAttributesAnswer, options));
  const several = (answer?.value ?? []).filter(({ Targets }) => Targets && Targets.length > 1);
  return new Set(several.map(({ LogicalName }) => LogicalName));
}

/** A date for display alone (`Format`) with another behavior has a time, and comes in UTC. */
function isDateOnly({ Format, DateTimeBehavior }: Pick<Attribute, 'Format' | 'DateTimeBehavior'>): boolean {
  return (DateTimeBehavior?.Value || Format) === 'DateOnly';
}

/** @returns the field, or nothing where it cannot be read or stored. What is not said is not held against it. */
function parseField(attribute: Attribute, dateOnly: ReadonlySet<string>): Field[] {
  const { LogicalName: name, AttributeOf, IsValidForRead, IsValidODataAttribute } = attribute;
  // With `AttributeOf` it is the name or the phonetic twin of another column, and cannot be selected.
  if (AttributeOf || IsValidForRead === false || IsValidODataAttribute === false) return [];
  const type = parseFieldType(attribute);
  if (!type) return [];
  const dated = type === 'DateTime' && (dateOnly.has(name) || isDateOnly(attribute)) ? 'DateOnly' : type;
  return [{ name, type: dated, label: parseLabel(attribute.DisplayName) }];
}

/**
 * The older `AttributeType` calls multi-select choices and images Virtual: the newer name goes first. Without
 * either, the kind of metadata tells (`#Microsoft.Dynamics.CRM.StringAttributeMetadata`).
 */
function parseFieldType(attribute: Attribute): FieldType | undefined {
  const { AttributeTypeName, AttributeType } = attribute;
  const kind = /\.(\w+)AttributeMetadata$/.exec(attribute['@odata.type'] ?? '')?.[1];
  const name = (AttributeTypeName?.Value || AttributeType || kind || '').replace(/Type$/, '').toLowerCase();
  return name === 'dateonly' ? undefined : fieldTypes.find((type) => type.toLowerCase() === name);
}
