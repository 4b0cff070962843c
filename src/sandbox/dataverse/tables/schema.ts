import type { Choice, Column, ColumnType, Labels, TableSchema } from './column.ts';
import { completeColumn } from './column.ts';
import { readTsv } from './tsv.ts';

export interface SchemaOptions {
  /** Whether lead and contact have `new_synctomkto`. */
  filterColumn: boolean;
  /** Tables whose change tracking is off. */
  untracked: readonly string[];
}

const TABLE_SCHEMA_NAMES: Record<string, string> = { systemuser: 'SystemUser' };
const YES_NO: [Labels, Labels] = [
  { en: 'No', ja: 'いいえ' },
  { en: 'Yes', ja: 'はい' },
];
const FILTERED_TABLES = ['lead', 'contact'];

/** The five tables with the columns, labels and choices of a real organisation with the Sales app. */
export function loadSchemas({ filterColumn, untracked }: SchemaOptions): TableSchema[] {
  const japanese = readJapaneseLabels();
  const choices = readChoices(japanese);
  const columns = readColumns(japanese, choices);
  return readTsv<
    | 'entity'
    | 'entity_set_name'
    | 'primary_id'
    | 'primary_name'
    | 'object_type_code'
    | 'label_en'
    | 'label_ja'
  >('tables.tsv').map((row) => {
    const own = columns.get(row.entity) ?? [];
    if (filterColumn && FILTERED_TABLES.includes(row.entity)) own.push(synchronizeColumn());
    own.sort((a, b) => (a.name < b.name ? -1 : 1));
    return {
      name: row.entity,
      schemaName: TABLE_SCHEMA_NAMES[row.entity] ?? capitalize(row.entity),
      set: row.entity_set_name,
      primaryId: row.primary_id,
      primaryName: row.primary_name,
      typeCode: Number(row.object_type_code),
      tracksChanges: !untracked.includes(row.entity),
      labels: { en: row.label_en, ja: row.label_ja },
      columns: new Map(own.map((column) => [column.name, column])),
      properties: new Map(own.filter((c) => c.isSelectable).map((column) => [column.property, column])),
    };
  });
}

function readColumns(japanese: Map<string, string>, choices: Map<string, Choice[]>): Map<string, Column[]> {
  const byTable = new Map<string, Column[]>();
  for (const row of readTsv<
    | 'entity'
    | 'logical_name'
    | 'schema_name'
    | 'type'
    | 'format'
    | 'max_length'
    | 'required_level'
    | 'valid_for_create'
    | 'valid_for_update'
    | 'targets'
    | 'attribute_of'
    | 'label_en'
    | 'label_ja'
  >('columns.tsv')) {
    const place = `${row.entity}.${row.logical_name}`;
    const column = completeColumn({
      name: row.logical_name,
      schemaName: row.schema_name,
      type: row.type as ColumnType,
      format: row.format,
      maxLength: row.max_length === '' ? undefined : Number(row.max_length),
      requiredLevel: row.required_level,
      isCreatable: row.valid_for_create === 'true',
      isUpdatable: row.valid_for_update === 'true',
      targets: row.targets === '' ? [] : row.targets.split('|'),
      attributeOf: row.attribute_of,
      labels: { en: row.label_en, ja: row.label_ja || (japanese.get(place) ?? '') },
      choices: row.type === 'Boolean' ? yesNo() : (choices.get(place) ?? []),
      isCustom: row.logical_name.includes('_') && /^(adx|msdyn|msa|new|mkt|crm)/.test(row.logical_name),
    });
    byTable.set(row.entity, [...(byTable.get(row.entity) ?? []), column]);
  }
  return byTable;
}

/** Labels by `table.column` and, for choices, `table.column.value`. */
function readJapaneseLabels(): Map<string, string> {
  const rows = readTsv<'entity' | 'logical_name' | 'value' | 'label_ja'>('labels-ja.tsv');
  return new Map(
    rows.map((row) => [
      [row.entity, row.logical_name, row.value].filter((part) => part !== '').join('.'),
      row.label_ja,
    ]),
  );
}

function readChoices(japanese: Map<string, string>): Map<string, Choice[]> {
  const states = new Map(
    readTsv<'entity' | 'statuscode' | 'statecode'>('status-states.tsv').map((row) => [
      `${row.entity}.statuscode.${row.statuscode}`,
      Number(row.statecode),
    ]),
  );
  const byColumn = new Map<string, Choice[]>();
  for (const row of readTsv<'entity' | 'logical_name' | 'value' | 'label_en' | 'label_ja'>('choices.tsv')) {
    const column = `${row.entity}.${row.logical_name}`;
    const place = `${column}.${row.value}`;
    const state = states.get(place);
    const labels = { en: row.label_en, ja: row.label_ja || (japanese.get(place) ?? '') };
    const choice = { value: Number(row.value), labels, ...(state === undefined ? {} : { state }) };
    byColumn.set(column, [...(byColumn.get(column) ?? []), choice]);
  }
  return byColumn;
}

function synchronizeColumn(): Column {
  return completeColumn({
    name: 'new_synctomkto',
    schemaName: 'new_SyncToMkto',
    type: 'Boolean',
    format: '',
    maxLength: undefined,
    requiredLevel: 'None',
    isCreatable: true,
    isUpdatable: true,
    targets: [],
    attributeOf: '',
    labels: { en: 'Sync to Marketing', ja: 'マーケティングに同期' },
    choices: yesNo(),
    isCustom: true,
  });
}

function yesNo(): Choice[] {
  return YES_NO.map((labels, value) => ({ value, labels }));
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
