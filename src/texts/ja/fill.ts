import type { fill as english } from '../en/fill.ts';

export const fill: typeof english = {
  label: '追加した項目を取り込むデータ',
  choices: {
    all: 'すべてのデータ',
    createdon: '指定した期間に作成されたデータのみ',
    modifiedon: '最終更新日が指定した期間内のデータのみ',
  },
  hint: '期間を指定すると、Dynamics 365 へのリクエストを減らせます。期間外のデータについては、次に Dynamics 365 で更新されたときに取り込みます。',
  from: '開始日',
  fromHint: (timeZone) => `日付は、お使いのタイムゾーン (${timeZone}) で扱います。`,
  to: '終了日',
  toHint: '終了日も期間に含まれます。空欄にすると、終わりのない期間になります。',
  faults: {
    missing: '開始日を選択してから、もう一度保存してください。',
    future: '未来の日付です。今日以前の日付を選択してください。',
    'before-start': '開始日より前の日付です。開始日以降の日付を選択してください。',
  },
  everywhere: (tables) => `${tables}: この日付がないため、すべてのデータについて取り込みます。`,
  days: (from, to, timeZone) => {
    if (to === null) return `${from} 以降 (${timeZone})`;
    return from === to ? `${from} の 1 日間 (${timeZone})` : `${from} 〜 ${to} (${timeZone})`;
  },
  periods: {
    createdon: (days) => `作成日が ${days}`,
    modifiedon: (days) => `最終更新日が ${days}`,
  },
  only: (period) => `${period} のデータのみ`,
  saved: (period) =>
    `追加した項目は、${period} のデータについて取り込みます。ほかのデータについては、次に Dynamics 365 で更新されたときに取り込みます。`,
  rest: 'ほかのデータについては、次に Dynamics 365 で更新されたときに取り込みます。それより前に取り込むには、`/dynamics 項目` でこれらの項目を解除して保存し、すべてのデータを対象に選択し直してください。',
};
