import { createFormat } from '../format.ts';

export const format = createFormat({
  locale: 'en-US',
  underAMinute: 'less than a minute',
  amount: (value, unit, isOne) => `${value} ${unit}${isOne ? '' : 's'}`,
  about: (amount) => `about ${amount}`,
  between: (low, high, unit) => `about ${low} to ${high} ${unit}s`,
  upTo: (amount) => `up to ${amount}`,
  joinAmounts: ' ',
});

/** `1 row`, `2 rows`. */
export const rows = (count: number): string => `${format.number(count)} ${count === 1 ? 'row' : 'rows'}`;

/** `1 field`, `2 fields`. */
export const fields = (count: number): string =>
  `${format.number(count)} ${count === 1 ? 'field' : 'fields'}`;
