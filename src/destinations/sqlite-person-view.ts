import type { DatabaseSync } from 'node:sqlite';
import { defaultMapping } from '../model/default-mapping.ts';
import { columnNames } from './sqlite-columns.ts';
import { quoted } from './sqlite-file.ts';

const halves = [
  { entity: 'lead', primaryId: 'leadid', type: 'Lead' },
  { entity: 'contact', primaryId: 'contactid', type: 'Contact' },
] as const;

/** Fields whose number says nothing to a marketer: the view gives their label. */
const choiceTypes = ['MultiSelectPicklist', 'Picklist', 'State', 'Status'];

/**
 * Joins leads and contacts under their marketing names: all names of the default mapping, whatever is stored, so
 * that what is built upon the view does not break when a field is ticked or not.
 */
export function createPersonView(db: DatabaseSync): void {
  const selects = halves.flatMap((half) => {
    const columns = columnNames(db, half.entity);
    return columns.has(half.primaryId) ? [selectHalf(half, columns, choiceFields(db, half.entity))] : [];
  });
  if (selects.length === 0) return;
  const sql = `CREATE VIEW person AS ${selects.join(' UNION ALL ')}`;
  const present = db.prepare("SELECT sql FROM sqlite_master WHERE type = 'view' AND name = 'person'").get();
  if (present?.sql === sql) return;
  db.exec('DROP VIEW IF EXISTS person');
  db.exec(sql);
}

/** Every marketing name of a person once, in the order of the mapping. */
export function personNames(): string[] {
  return [...new Set(halves.flatMap(({ entity }) => (defaultMapping[entity] ?? []).map(([, name]) => name)))];
}

function selectHalf(half: (typeof halves)[number], columns: Set<string>, choices: Set<string>): string {
  const fieldByName = new Map((defaultMapping[half.entity] ?? []).map(([field, name]) => [name, field]));
  const mapped = personNames().map((name) => {
    const field = fieldByName.get(name);
    const column = field !== undefined && choices.has(field) ? `${field}_label` : field;
    const value = column !== undefined && columns.has(column) ? quoted(column) : 'NULL';
    return `${value} AS ${quoted(name)}`;
  });
  const first = [`${quoted(half.primaryId)} AS "Id"`, `'${half.type}' AS "Microsoft Type"`];
  const last = '_deleted_at IS NOT NULL AS "Microsoft is Deleted"';
  return `SELECT ${[...first, ...mapped, last].join(', ')} FROM ${quoted(half.entity)}`;
}

function choiceFields(db: DatabaseSync, entity: string): Set<string> {
  const rows = db.prepare('SELECT name, type FROM _field WHERE entity = ?').all(entity);
  return new Set(
    rows.filter(({ type }) => choiceTypes.includes(String(type))).map(({ name }) => String(name)),
  );
}
