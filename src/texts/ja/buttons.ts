import type { buttons as english } from '../en/buttons.ts';

/** Words on buttons: 12 full-width characters at most. */
export const buttons: typeof english = {
  'credentials.edit': 'Dynamics 365 に接続',
  credentialsAgain: '認証情報を入力し直す',
  'organization.confirm': 'この組織で確定する',
  'organization.change': '別の組織を使う',
  'fields.edit': '項目を選択',
  fieldsAgain: '項目を変更',
  'fields.all': 'すべて選択',
  'fields.defaults': '標準の項目のみ',
  'fields.none': '選択を解除',
  'start.review': '確認して開始へ',
  'start.confirm': '同期を開始する',
  'start.cancel': '開始しない',
  'validate.again': 'もう一度検証',
  'sync.pause': '同期を一時停止',
  'sync.resume': '同期を再開',
  'errors.retry': '再試行する',
  'errors.export': 'CSV に書き出す',
  'status.refresh': '最新の状態を表示',
  statusShow: '状態を表示',
  'deletes.apply': '削除済みにする',
  'access.ask': '管理者に依頼する',
  'access.allow': '許可する',
  'access.decline': '今はしない',
  'access.withdraw': '許可を取り消す',
};
