import type {
  completion as englishCompletion,
  progress as englishProgress,
  stopped as englishStopped,
} from '../en/progress.ts';
import { format, rows } from './format.ts';

export const progress: typeof englishProgress = {
  headers: {
    copying: '初回同期を実行中',
    running: '初回同期が完了しました',
    paused: '初回同期を一時停止中',
    stopped: '初回同期が停止しました',
  },
  organization: (name) => `「${name}」からマーケティング データベースへ`,
  phases: { waiting: '待機中', copying: 'コピー中', current: '完了' },
  readOf: (read, total) => `${format.number(read)} / ${rows(total)}`,
  read: (read) => `処理済み ${rows(read)}`,
  filtered: (count) => `除外 ${rows(count)}`,
  failed: (count) => `失敗 ${rows(count)}`,
  rate: (perSecond) => `毎秒 ${rows(perSecond)}`,
  left: (time) => `残り${time}`,
  almostDone: 'まもなく完了',
  preparing: '準備中',
  total: '合計',
  waiting: (cause) => `待機中: ${cause}同期は自動的に続行されます。`,
  started: (date) => `開始: ${date}`,
  summary: (state, name, percent) =>
    percent === null ? `${state}: ${name}` : `${state}: ${name} (${percent})`,
};

export const completion: typeof englishCompletion = {
  header: '初回同期が完了しました',
  text: (admin, name) => `${admin} さん、「${name}」の初回同期が完了しました。`,
  stored: (count) => `保存 ${rows(count)}`,
  filtered: (count) => `除外 ${rows(count)}`,
  failed: (count) => `失敗 ${rows(count)}`,
  total: '合計',
  duration: (time) => `所要時間: ${time}`,
  next: (interval) => `今後は、前回の取り込みが終わって${interval}後に、次の変更を取り込みます。`,
  errors: '保存できなかったデータと対処方法は `/dynamics エラー` で確認できます。',
  summary: (name, stored, time) => `「${name}」の初回同期が完了しました: ${rows(stored)}、所要時間 ${time}`,
  mailSubject: (name) => `「${name}」の初回同期が完了しました`,
  mailGreeting: 'ご担当者様',
  mailText: (name, url) => `「${name}」(${url}) からマーケティング データベースへの初回同期が完了しました。`,
  mailErrors:
    '保存できなかったデータがあります。Slack で「/dynamics エラー」と入力すると、理由を確認できます。',
  mailClosing: '以降は、Dynamics 365 での変更が自動的に反映されます。\n\nDynamics Sync for Slack',
};

export const stopped: typeof englishStopped = {
  header: '同期が停止しました',
  text: (name) => `「${name}」の同期が停止しました。自動では再開されません。`,
  mailSubject: (name) => `「${name}」の同期が停止しました`,
  mailText: (name, url) => `「${name}」(${url}) の同期が停止しました。自動では再開されません。`,
  mailSince: (date) => `停止日時: ${date}`,
  mailClosing:
    '保存済みのデータはそのまま残ります。再開するには Slack のボタンを使用してください。状態は「/dynamics 状態」で確認できます。\n\nDynamics Sync for Slack',
  kept: '保存済みのデータはそのまま残ります。問題を解決して再開すると、停止したところから続行されます。',
};
