import type { FieldType } from './entity.ts';

/** Types between which values are stored and read alike. */
const kinds: Readonly<Record<FieldType, string>> = {
  BigInt: 'whole number',
  Boolean: 'boolean',
  Customer: 'lookup',
  DateOnly: 'date',
  DateTime: 'date',
  Decimal: 'exact number',
  Double: 'number',
  EntityName: 'text',
  Integer: 'whole number',
  Lookup: 'lookup',
  Memo: 'text',
  Money: 'exact number',
  MultiSelectPicklist: 'choices',
  Owner: 'lookup',
  Picklist: 'choice',
  State: 'choice',
  Status: 'choice',
  String: 'text',
  Uniqueidentifier: 'id',
};

/** Whether a field of one type that is of the other one now needs another column in the database. */
export function isOtherKind(before: FieldType, now: FieldType): boolean {
  return kinds[before] !== kinds[now];
}
