import type { status as english } from '../en/status.ts';
import { rows } from './format.ts';

export const status: typeof english = {
  header: '状態',
  current: (state) => `現在の状態: ${state}`,
  states: {
    new: '未接続',
    unconfirmed: '組織の確認待ち',
    confirmed: '接続済み (項目は未選択)',
    chosen: '準備完了 (未開始)',
    requested: '開始の確認待ち',
    copying: '初回同期を実行中',
    running: '実行中',
    paused: '一時停止中',
    stopped: '停止',
  },
  next: {
    new: '管理者は `/dynamics 設定` で接続できます。',
    setup: '管理者は `/dynamics 設定` で設定を続けられます。',
  },
  entity: {
    rows,
    backlog: (count) => (count === 0 ? '最新' : `未取り込みの変更 ${rows(count)}`),
    deleted: (count) => `削除 ${rows(count)}`,
    filtered: (count) => `除外 ${rows(count)}`,
    failed: (count) => `失敗 ${rows(count)}`,
  },
  stored: 'マーケティング データベースの件数',
  lastCycle: (date, changed, deleted) => `前回の同期: ${date} (変更 ${rows(changed)}、削除 ${rows(deleted)})`,
  nextCycle: (date) => `次回の同期: ${date}`,
  noCycle: '変更の取り込みはまだ行われていません',
  errors: '保存できなかったデータは `/dynamics エラー` で確認できます。',
};
