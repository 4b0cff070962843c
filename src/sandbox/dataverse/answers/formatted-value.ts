import type { Organization } from '../organization.ts';
import type { Column, Language } from '../tables/column.ts';
import { labelIn } from '../tables/column.ts';
import type { Row, Value } from '../tables/row.ts';
import type { Table } from '../tables/table.ts';

/** A value as the application user would see it in a form; undefined where there is none. */
export type FormatValue = (value: NonNullable<Value>, row: Row) => string | undefined;

const NUMBER_TYPES = new Set(['Integer', 'BigInt', 'Decimal', 'Double']);

/** The formatter of a column, or undefined for types that have no formatted value (text, ids, lookups). */
export function createFormat(
  organization: Organization,
  table: Table,
  column: Column,
): FormatValue | undefined {
  const { language } = organization.applicationUser;
  if (column.choices.length > 0) return formatChoice(column, language);
  if (column.type === 'DateTime') return (value) => formatTime(String(value), language);
  if (column.type === 'Money') return formatMoney(organization, table, column);
  if (NUMBER_TYPES.has(column.type)) {
    const digits = column.type === 'Integer' || column.type === 'BigInt' ? 0 : 2;
    return (value) => grouped(Number(value), digits);
  }
  return undefined;
}

function formatChoice(column: Column, language: Language): FormatValue {
  const labels = new Map(column.choices.map(({ value, labels: texts }) => [value, labelIn(texts, language)]));
  return (value) => labels.get(Number(value));
}

/** `2026/11/23 13:05` or `11/23/2026 1:05 PM`, in UTC, the application user's time zone. */
function formatTime(iso: string, language: Language): string {
  const [year, month, day] = [iso.slice(0, 4), iso.slice(5, 7), iso.slice(8, 10)];
  const date = language === 1041 ? `${year}/${month}/${day}` : `${Number(month)}/${Number(day)}/${year}`;
  if (iso.length === 10) return date;
  if (language === 1041) return `${date} ${iso.slice(11, 16)}`;
  const hour = Number(iso.slice(11, 13));
  return `${date} ${hour % 12 === 0 ? 12 : hour % 12}:${iso.slice(14, 16)} ${hour < 12 ? 'AM' : 'PM'}`;
}

function formatMoney(organization: Organization, table: Table, column: Column): FormatValue {
  const readCurrency = table.reader('transactioncurrencyid');
  const dollar = organization.references.find(({ code }) => code === 'USD')?.id;
  const isBase = column.name.endsWith('_base');
  return (value, row) => {
    const isDollar = !isBase && readCurrency(row) === dollar;
    return isDollar ? `$${grouped(Number(value), 2)}` : `¥${grouped(Number(value), 0)}`;
  };
}

/** `1234567.5` → `1,234,567.50`; `toLocaleString` would take most of a page's time. */
function grouped(value: number, digits: number): string {
  const [whole = '', fraction] = value.toFixed(digits).split('.');
  let text = whole;
  for (let end = whole.length - 3; end > (value < 0 ? 1 : 0); end -= 3) {
    text = `${text.slice(0, end)},${text.slice(end)}`;
  }
  return fraction === undefined ? text : `${text}.${fraction}`;
}
