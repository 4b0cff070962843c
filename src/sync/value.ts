import { type FieldType, isLookup } from '../model/entity.ts';
import type { StoredValue } from '../model/upsert-row.ts';

/** A value as Dataverse sends it, as it is stored; undefined when it is not of the field's type. Never gets null. */
export type ReadValue = (value: unknown) => StoredValue | undefined;

/** How values of a type are read. Chosen once per column, since it runs for every value of every row. */
export function valueReader(type: FieldType): ReadValue {
  if (isLookup(type)) return readId;
  return readers[type] ?? readText;
}

const readText: ReadValue = (value) => (typeof value === 'string' ? value : undefined);

export const readId: ReadValue = (value) =>
  typeof value === 'string' && value !== '' ? value.toLowerCase() : undefined;

const readBoolean: ReadValue = (value) => (value === true ? 1 : value === false ? 0 : undefined);

const readInteger: ReadValue = (value) => {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : undefined;
};

const readBigInt: ReadValue = (value) => {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  return typeof value === 'string' && /^-?\d{1,19}$/.test(value) ? BigInt(value) : undefined;
};

const readDouble: ReadValue = (value) => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
};

/** Exact when it comes as text (`IEEE754Compatible`); a number is written out with all the digits it has. */
const readDecimal: ReadValue = (value) => {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return undefined;
  if (/^-?\d+(\.\d+)?$/.test(text)) return text;
  return /^-?\d+(\.\d+)?e[+-]?\d{1,3}$/i.test(text) ? withoutExponent(text) : undefined;
};

/** `1.5e-7` → `0.00000015`: what reads decimals from text seldom knows exponents. */
function withoutExponent(text: string): string {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const point = whole.length + Number(exponent);
  const digits = whole + fraction;
  const sign = mantissa.startsWith('-') ? '-' : '';
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** A day without a time is the same day everywhere: it stays. */
const dayOnly = /^\d{4}-\d{2}-\d{2}$/;
const zone = /(?:Z|[+-]\d{2}:?\d{2})$/i;

/** Dataverse sends UTC (`…Z`); anything else is brought to it, and what names no zone is taken for it. */
const readDateTime: ReadValue = (value) => {
  if (typeof value !== 'string') return undefined;
  if (value.length >= 20 && value[10] === 'T' && value.endsWith('Z')) return value;
  const isDay = dayOnly.test(value);
  const time = Date.parse(isDay || zone.test(value) ? value : `${value}Z`);
  if (Number.isNaN(time)) return undefined;
  return isDay ? value : new Date(time).toISOString();
};

const readDateOnly: ReadValue = (value) => {
  if (typeof value !== 'string' || value.length < 10) return undefined;
  return value.length === 10 ? value : value.slice(0, 10);
};

const readers: Partial<Record<FieldType, ReadValue>> = {
  BigInt: readBigInt,
  Boolean: readBoolean,
  DateOnly: readDateOnly,
  DateTime: readDateTime,
  Decimal: readDecimal,
  Double: readDouble,
  Integer: readInteger,
  Money: readDecimal,
  Picklist: readInteger,
  State: readInteger,
  Status: readInteger,
  Uniqueidentifier: readId,
};
