/** A Dataverse table and its columns, as the application user may read them. */

export const standardEntities = ['account', 'contact', 'lead', 'opportunity', 'systemuser'] as const;

/** The two-option column that keeps a row out of the sync where it is No. Its name is fixed. */
export const filterField = 'new_synctomkto';

/** Dataverse's `AttributeTypeName` without its `Type` ending, for what can be stored. */
export const fieldTypes = [
  'BigInt',
  'Boolean',
  'Customer',
  'DateOnly',
  'DateTime',
  'Decimal',
  'Double',
  'EntityName',
  'Integer',
  'Lookup',
  'Memo',
  'Money',
  'MultiSelectPicklist',
  'Owner',
  'Picklist',
  'State',
  'Status',
  'String',
  'Uniqueidentifier',
] as const;

export type FieldType = (typeof fieldTypes)[number];

export interface Label {
  en: string;
  /** Absent where the organization has no Japanese label. */
  ja?: string;
}

export interface Field {
  name: string;
  type: FieldType;
  label: Label;
  /** A lookup into several tables; absent where it is not known, or not so. */
  isManyTabled?: true;
}

export interface EntitySchema {
  name: string;
  /** Its name in Web API paths; never to be guessed from the logical name. */
  entitySetName: string;
  primaryId: string;
  primaryName: string;
  changeTracking: boolean;
  label: Label;
  /** What can be read and stored, in the order of Dataverse's answer. */
  fields: readonly Field[];
}

/** What custom entities must be linked to before they can be synced. */
export const linkedEntities = ['lead', 'contact', 'account'] as const;

/** A custom entity that may be added. */
export interface EntityCandidate {
  name: string;
  label: Label;
  /** Which of `linkedEntities` it points to. */
  linkedTo: readonly string[];
  changeTracking: boolean;
}

const lookupTypes: readonly FieldType[] = ['Customer', 'Lookup', 'Owner'];
const labelledTypes: readonly FieldType[] = [
  'Boolean',
  'MultiSelectPicklist',
  'Picklist',
  'State',
  'Status',
  ...lookupTypes,
];

export function isLookup(type: FieldType): boolean {
  return lookupTypes.includes(type);
}

/** Whether the stored row gets a column `<field>_table`: the id alone does not say which table it is of. */
export function hasTable({ type, isManyTabled }: Pick<Field, 'type' | 'isManyTabled'>): boolean {
  return type === 'Customer' || type === 'Owner' || isManyTabled === true;
}

/** Whether the stored row gets a second column `<field>_label`. */
export function hasLabel(type: FieldType): boolean {
  return labelledTypes.includes(type);
}

/** A label in the reader's language: `ja` falls back to English, English to the logical name. */
export function labelOf(item: { name: string; label: Label }, language: 'en' | 'ja'): string {
  return (language === 'ja' ? item.label.ja : undefined) ?? (item.label.en || item.name);
}
