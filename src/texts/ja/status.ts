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
  columns: {
    entity: 'テーブル',
    copied: 'コピー済み',
    rows: '件数',
    backlog: '未取り込み',
    lastHour: '直近 1 時間',
    followedAt: '最終取得',
    deleted: '削除',
    filtered: '除外',
    failed: '失敗',
  },
  oldestPending: (date) => `最も古い未取り込みデータの更新日時: ${date}`,
  pendingSince: (date) => `未取り込みの変更は、すべて ${date} 以降のものです`,
  picture: {
    title: '過去 24 時間の同期件数',
    perTenMinutes: '10 分ごとの件数',
    backlog: '未取り込みの変更',
    alt: (total, parts, most) =>
      `過去 24 時間の同期件数を 10 分ごとに表したグラフ。合計 ${total} (${parts})。${most}`,
    most: (count, time) => `最多は ${time} の ${rows(count)}です。`,
    other: 'その他のテーブル',
  },
  pictureMissing: {
    refused:
      '過去 24 時間のグラフは表示できません。アプリにファイルをアップロードする権限 (スコープ `files:write`) がありません。',
    failed: '過去 24 時間のグラフは、現在 Slack に表示できません。',
    late: '過去 24 時間のグラフを作成しています。しばらくしてから、最新の状態を表示してください。',
  },
  stored: 'マーケティング データベースの件数',
  lastCycle: (date, changed, deleted) => `前回の同期: ${date} (変更 ${rows(changed)}、削除 ${rows(deleted)})`,
  nextCycle: (date) => `次回の同期: ${date}`,
  noCycle: '変更の取り込みはまだ行われていません',
  errors: '保存できなかったデータは `/dynamics エラー` で確認できます。',
};
