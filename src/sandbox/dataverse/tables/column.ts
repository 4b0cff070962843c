/** A text in the two installed languages; '' where the organisation has none. */
export interface Labels {
  en: string;
  ja: string;
}

/** Dataverse's language codes of the two installed languages. */
export type Language = 1033 | 1041;

export interface Choice {
  value: number;
  labels: Labels;
  /** Status reasons only: the state they belong to. */
  state?: number;
}

export type ColumnType =
  | 'BigInt'
  | 'Boolean'
  | 'Customer'
  | 'DateTime'
  | 'Decimal'
  | 'Double'
  | 'EntityName'
  | 'Image'
  | 'Integer'
  | 'Lookup'
  | 'Memo'
  | 'Money'
  | 'Owner'
  | 'Picklist'
  | 'State'
  | 'Status'
  | 'String'
  | 'Uniqueidentifier'
  | 'Virtual';

/** One column of a table, as its metadata describes it. */
export interface Column {
  name: string;
  schemaName: string;
  type: ColumnType;
  /** `DateOnly`, `Email`, `Phone`, …; '' for most types. */
  format: string;
  maxLength: number | undefined;
  requiredLevel: string;
  isCreatable: boolean;
  isUpdatable: boolean;
  /** Lookups: the tables they may point to. */
  targets: string[];
  /** The column this one only accompanies (`owneridname` accompanies `ownerid`), or ''. */
  attributeOf: string;
  labels: Labels;
  choices: Choice[];
  isCustom: boolean;
  /** The name in rows and `$select`: `_ownerid_value` for the lookup `ownerid`. */
  property: string;
  /** Whether rows can carry it at all. */
  isSelectable: boolean;
}

export interface TableSchema {
  name: string;
  schemaName: string;
  /** The name in URLs. */
  set: string;
  primaryId: string;
  primaryName: string;
  typeCode: number;
  tracksChanges: boolean;
  labels: Labels;
  columns: Map<string, Column>;
  /** The selectable columns by their property. */
  properties: Map<string, Column>;
}

const LOOKUPS: ReadonlySet<ColumnType> = new Set(['Lookup', 'Customer', 'Owner']);
const NEVER_IN_ROWS: ReadonlySet<ColumnType> = new Set(['Virtual', 'Image', 'EntityName']);

export function isLookup({ type }: Pick<Column, 'type'>): boolean {
  return LOOKUPS.has(type);
}

/** Works out what follows from the rest: the property and whether rows carry it. */
export function completeColumn(column: Omit<Column, 'property' | 'isSelectable'>): Column {
  const property = isLookup(column) ? `_${column.name}_value` : column.name;
  return { ...column, property, isSelectable: column.attributeOf === '' && !NEVER_IN_ROWS.has(column.type) };
}

/** The label in a language, or in the base language where that is missing. */
export function labelIn(labels: Labels, language: Language): string {
  return (language === 1041 ? labels.ja : labels.en) || labels.en;
}
