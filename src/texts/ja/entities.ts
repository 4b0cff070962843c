import type { entities as english } from '../en/entities.ts';
import { rows } from './format.ts';

export const entities: typeof english = {
  names: {
    account: '取引先企業',
    contact: '取引先担当者',
    lead: 'リード',
    opportunity: '営業案件',
    systemuser: 'ユーザー',
  },
  rows,
  rowsUnknown: '件数不明',
  line: (name, text) => `${name}: ${text}`,
  more: (count) => `ほか ${count} 件`,
  separator: '、',
  betweenSentences: '',
  bot: 'Dynamics Sync',
  directMessage: 'ダイレクトメッセージ',
};
