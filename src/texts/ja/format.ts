import { createFormat } from '../format.ts';

const unitWords = { second: '秒', minute: '分', hour: '時間', day: '日' } as const;

export const format = createFormat({
  locale: 'ja-JP',
  underAMinute: '1分未満',
  amount: (value, unit) => `${value}${unitWords[unit]}`,
  about: (amount) => `約${amount}`,
  between: (low, high, unit) => `約${low}〜${high}${unitWords[unit]}`,
  upTo: (amount) => `最大${amount}程度`,
  joinAmounts: '',
});

/** 「25,000 件」 */
export const rows = (count: number): string => `${format.number(count)} 件`;
