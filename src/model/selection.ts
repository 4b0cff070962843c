import { alwaysSynced, defaultMapping } from './default-mapping.ts';
import { type EntitySchema, type Field, filterField, hasLabel, hasTable, isLookup } from './entity.ts';
import { type PeriodBounds, periodColumnsOf, type TickedPeriod } from './period.ts';

/** What an admin chose of one entity. */
export interface EntitySelection {
  /** Logical names; what is always synced is not among them. */
  fields: readonly string[];
  /** Keep out the rows whose `new_synctomkto` is No. */
  filter: boolean;
  /** By field: those that were ticked later, to be filled in for the rows of a period only. */
  periods?: Readonly<Record<string, TickedPeriod>>;
}

/** By entity name. */
export type Selection = Readonly<Record<string, EntitySelection>>;

/** One stored field and how it is asked for. */
export interface ColumnPlan {
  name: string;
  type: Field['type'];
  /** Its name in `$select` and in the rows: lookups are `_<name>_value`. */
  select: string;
  /** Whether `<name>_label` is stored beside it. */
  label: boolean;
  /** Set: so is `<name>_table`, the logical name of the table it points to. */
  table?: true;
}

/** All that is needed to copy one entity. */
export interface EntityPlan {
  entity: string;
  entitySetName: string;
  primaryId: string;
  changeTracking: boolean;
  /** It has the column `modifiedon`, whether that is stored or not. */
  hasModifiedOn?: true;
  /** The same of `createdon`. */
  hasCreatedOn?: true;
  /** The primary id first; `filterField` among them when `filter` is on. */
  columns: readonly ColumnPlan[];
  filter: boolean;
  /** Chosen fields that the entity does not have (any more); absent: none. */
  gone?: readonly string[];
  /** Of its fields, and of those that are gone; absent: none. */
  periods?: Readonly<Record<string, TickedPeriod>>;
  /** Only these rows are read, for fields that are filled in; absent: all. */
  within?: PeriodBounds;
  /** Fields that are stored with another type than they have now, until an admin agrees; absent: none. */
  otherTypes?: readonly OtherType[];
}

export interface OtherType {
  field: string;
  /** As it is in Dynamics now. */
  type: Field['type'];
  stored: Field['type'];
}

/** The fields of an entity that cannot be taken out: the primary id and what the sync needs. */
export function alwaysSyncedFields(schema: EntitySchema): Field[] {
  const names = [schema.primaryId, ...(alwaysSynced[schema.name] ?? [])];
  return schema.fields.filter((field) => names.includes(field.name));
}

/** The fields an admin can choose. */
export function selectableFields(schema: EntitySchema): Field[] {
  const always = new Set(alwaysSyncedFields(schema).map(({ name }) => name));
  return schema.fields.filter(({ name }) => !always.has(name));
}

/**
 * What is preselected: the default mapping, as far as this organization has its fields. Of a custom entity, for which
 * there is none, its name and what was made for it, among that its links.
 */
export function defaultSelection(schema: EntitySchema): EntitySelection {
  const mapped = new Set((defaultMapping[schema.name] ?? []).map(([field]) => field));
  if (mapped.size === 0) {
    const isOwn = (name: string) => name === schema.primaryName || name.includes('_');
    for (const { name } of schema.fields) if (isOwn(name)) mapped.add(name);
  }
  const fields = selectableFields(schema)
    .map(({ name }) => name)
    .filter((name) => mapped.has(name));
  return { fields, filter: false };
}

export function hasFilterField(schema: EntitySchema): boolean {
  return schema.fields.some(({ name, type }) => name === filterField && type === 'Boolean');
}

/** @param selection names the entity does not have (any more) are left out. */
export function planEntity(schema: EntitySchema, selection: EntitySelection): EntityPlan {
  const filter = selection.filter && hasFilterField(schema);
  const always = new Set(alwaysSyncedFields(schema).map(({ name }) => name));
  const wanted = new Set([...always, ...selection.fields, ...(filter ? [filterField] : [])]);
  const first = schema.fields.filter(({ name }) => name === schema.primaryId);
  const others = schema.fields.filter(({ name }) => wanted.has(name) && name !== schema.primaryId);
  const there = new Set(schema.fields.map(({ name }) => name));
  const gone = selection.fields.filter((name) => !there.has(name));
  const dated = periodColumnsOf(schema);
  return {
    entity: schema.name,
    entitySetName: schema.entitySetName,
    primaryId: schema.primaryId,
    changeTracking: schema.changeTracking,
    ...(dated.includes('modifiedon') ? { hasModifiedOn: true } : {}),
    ...(dated.includes('createdon') ? { hasCreatedOn: true } : {}),
    columns: [...first, ...others].map(planColumn),
    filter,
    ...(gone.length > 0 ? { gone } : {}),
    ...(selection.periods ? { periods: selection.periods } : {}),
  };
}

function planColumn(field: Field): ColumnPlan {
  const { name, type } = field;
  const select = isLookup(type) ? `_${name}_value` : name;
  return { name, type, select, label: hasLabel(type), ...(hasTable(field) ? { table: true } : {}) };
}
