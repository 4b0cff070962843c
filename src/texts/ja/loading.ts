import type { loading as english } from '../en/loading.ts';

export const loading: typeof english = {
  credentials: '少々お待ちください。',
  fields: 'Dynamics 365 から項目を読み取っています。',
  start: 'Dynamics 365 の件数を数えています。',
  entities: 'Dynamics 365 のカスタム エンティティを確認しています。',
  note: '通常は数秒で終わります。',
  close: '閉じる',
};
