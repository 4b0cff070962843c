import type { alerts as englishAlerts, bulletins as englishBulletins } from '../en/alerts.ts';
import { rows } from './format.ts';

export const alerts: typeof englishAlerts = {
  headers: {
    stopped: '同期が停止しました',
    'deletes-held': 'Dynamics 365 で大量のデータが削除されました',
    'schema-changed': 'Dynamics 365 のテーブルまたは項目が変更されました',
    rereading: 'テーブル全体を読み直しています',
    'no-success': 'データを 1 時間以上取り込めていません',
    throttled: 'Dynamics 365 により同期が遅くなっています',
    'link-expiring': '早めに同期を再開してください',
  },
  texts: {
    'deletes-held':
      '誤操作の可能性があるため、管理者が承認するまで、マーケティング データベースのデータはそのまま保持されます。',
    'schema-changed': '読み取れないものを除いて、同期は続いています。保存済みのデータはそのまま残ります。',
    rereading:
      '変わっていないデータはそのまま残り、ほかのテーブルの同期は通常どおり続きます。操作は必要ありません。',
    'no-success': '同期は再試行を続けており、可能になりしだい自動的に再開されます。',
    throttled: 'Dynamics 365 による要求の制限が 15 分以上続いています。同期は速度を落として続いています。',
    'link-expiring':
      'Dynamics 365 が変更を記録しておくのは 7 日間です。期限までに同期が行われないと、次のテーブルは全件の読み直しが必要になります。',
  },
  fixes: {
    'schema-changed': '選択した項目を確認して、もう一度保存してください。',
    'no-success': '続く場合は、接続を検証してください。',
    throttled:
      'たびたび起こる場合は、同じアプリケーション ユーザーを使う別の連携がないか確認し、連携ごとに分けてください。',
  },
  typeProposal:
    'これまでの種類に合わない値を含むデータは、エラーになります。項目を保存すると新しい種類に切り替わり、マーケティング データベースの列を作り直して、すべてのデータの値を取り込み直します。項目の選択を解除すると、列は今のまま残ります。',
  causes: {
    'deletes-held': (name, deletes, all) =>
      all > 0 ? `${name}: ${rows(all)}のうち ${rows(deletes)}を削除` : `${name}: ${rows(deletes)}を削除`,
    'fields-gone': (name, fields) => `${name}: ${fields} を読み取れなくなりました`,
    'entity-gone': (name) => `${name}: テーブルを読み取れなくなりました`,
    'type-changed': (name, fields) => `${name}: ${fields} の種類が変わりました`,
    'no-success': (name, date) => `${name}: 最後の取り込み ${date}`,
    rereading: (name, reason) => `「${name}」を読み直し中: ${reason}`,
    waiting: (name, date) => (name === '' ? `待機中: ${date} から` : `${name}: 待機中（${date} から）`),
    'link-expiring': (name, date) => `${name}: 期限 ${date}`,
    expired: (name) => `${name}: 期限切れのため、全件を読み直します`,
  },
  also: '追加:',
  over: {
    stopped: '解決しました。同期は再開されています。',
    'deletes-held': '解決しました。保留中の削除はありません。',
    'schema-changed': '解決しました。選択した項目はすべて読み取れます。',
    rereading: '解決しました。テーブル全体の読み直しが完了しました。',
    'no-success': '解決しました。データの取り込みが再開されました。',
    throttled: '解決しました。同期は通常の速度に戻りました。',
    'link-expiring': '解決しました。変更の取り込みが再開されました。',
  },
  overSince: (date) => `解決: ${date}`,
  apply: {
    title: '削除済みにしますか？',
    text: (name) =>
      `Dynamics 365 で削除された「${name}」のデータを、マーケティング データベースで削除済みにします。データ自体は残ります。`,
    confirm: '削除済みにする',
    deny: 'キャンセル',
  },
  applied: (name, user) => `${user} さんが「${name}」の削除を承認しました。`,
  nothingHeld: (name) => `「${name}」に保留中の削除はありません。変更はありません。`,
  notRunning: '現在、同期は実行されていません。同期を再開してから、もう一度お試しください。',
};

export const bulletins: typeof englishBulletins = {
  header: '毎朝のまとめ',
  summary: (state, changed, deleted) =>
    `${state}: 過去 24 時間の変更 ${rows(changed)}、削除 ${rows(deleted)}`,
  entity: (stored, changed, deleted, failed) =>
    [
      rows(stored),
      `変更 ${rows(changed)}`,
      ...(deleted > 0 ? [`削除 ${rows(deleted)}`] : []),
      ...(failed > 0 ? [`失敗 ${rows(failed)}`] : []),
    ].join('、'),
  period: '過去 24 時間',
  problems: '未解決の問題',
  noProblems: '未解決の問題はありません。',
  acts: 'Dynamics Sync での操作',
};
