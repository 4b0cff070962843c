import type { refreshed as english } from '../en/refreshed.ts';

export const refreshed: typeof english = {
  header: '項目の取り込みが完了しました',
  duration: (time) => `所要時間 ${time}`,
  note: '取り込み済みのデータのうち、これらの項目だけを書き込みました。今後は、ほかの項目と同じように同期します。',
};
