import type {
  errors as englishErrors,
  help as englishHelp,
  history as englishHistory,
  refusal as englishRefusal,
} from '../en/answers.ts';
import { format, rows } from './format.ts';

export const help: typeof englishHelp = {
  header: 'Dynamics Sync',
  text: 'マーケティング データベースを Dynamics 365 と同期します。',
  notConnected: 'まだ接続されていません。`/dynamics 設定` から始めてください。',
  meant: (word) => `${word} のことでしょうか？`,
  admin: '管理者のみ',
  places: 'ダイレクトメッセージやメンションでも、同じコマンドが使えます。',
  words: {
    setup: '接続する、または設定の続きをする',
    validate: '保存済みの認証情報を検証する。別の認証情報は `検証 新規`',
    fields: '同期する項目を選択する',
    entities: '初回同期の完了後に、カスタム エンティティを追加する',
    credentials: '認証情報を入力し直す',
    status: '同期の状態を表示する',
    errors: '保存できなかったデータを表示する',
    pause: '同期を一時停止する',
    resume: '同期を再開する',
    history: '操作の履歴を表示する',
    subscribe: 'このチャンネルに問題を通知する。`購読 毎日` や `購読 すべて` も可',
    unsubscribe: 'このチャンネルへのお知らせを終了する',
    help: 'この一覧を表示する',
  },
};

export const refusal: typeof englishRefusal = {
  title: '管理者のみ',
  text: 'この操作は管理者だけが行えます。設定は変わっていません。',
  helpers: '同期の設定と操作は管理者が行います。',
  ask: (admins) => `${admins} にご依頼ください。`,
  askAnyone: 'このワークスペースの管理者にご依頼ください。',
};

export const errors: typeof englishErrors = {
  header: '保存できなかったデータ',
  none: '保存できなかったデータはありません。',
  rows,
  last: (date) => `最終発生 ${date}`,
  total: (count, groups) =>
    `${rows(count)}のデータを保存できませんでした (原因 ${format.number(groups)} 種類)。`,
  more: (groups) => `ほか ${format.number(groups)} 種類の原因は表示していません。`,
  original: 'メッセージ',
  open: (links) => `Dynamics 365 で開く: ${links}`,
  causes: {
    'row-refused': 'データベースが値を受け付けませんでした',
    'row-malformed': '値が項目の種類に合っていません',
    'row-without-id': 'データに ID がありません',
  },
  causeUnknown: 'データを保存できませんでした',
  fixes: {
    'row-refused': 'Dynamics 365 で値を直すと、次回の同期で取り込まれます。',
    'row-malformed':
      'Dynamics 365 で値を直してください。項目の種類が変わった場合は、項目を保存し直すと (`/dynamics 項目`)、新しい種類に切り替わります。',
    'row-without-id': 'Dynamics 365 で一度保存し直すと、次回の同期で取り込まれます。',
  },
  fixUnknown: 'Dynamics 365 でデータを直すと、次回の同期で取り込まれます。',
  retried: (retried, stored, failed) =>
    [
      `${rows(retried)}を再試行しました (成功 ${format.number(stored)}、失敗 ${format.number(failed)})。`,
      ...(retried > stored + failed ? ['残りは Dynamics 365 にないか、同期の対象外です。'] : []),
    ].join(''),
  retry: (count) => `${rows(count)}を再試行`,
  rowRetried: {
    stored: (name) => `${name} を保存しました。`,
    failed: (name) => `${name} は今回も保存できませんでした。`,
    gone: (name) => `${name} は Dynamics 365 にないか、同期の対象外です。`,
  },
  noneRetried: '再試行の対象となるデータはありませんでした。',
  fileTitle: '保存できなかったデータ',
  exported: (count) => `保存できなかったデータは ${rows(count)}です。一覧はスレッドにあります。`,
  exportCut: 'これより多くのデータがありますが、一覧はここまでです。',
  notUploaded: {
    refused:
      'アプリにファイルをアップロードする権限がないため、一覧を文字で表示します。ファイルで受け取るには、アプリにスコープ `files:write` を追加してください。',
    failed: 'ファイルを Slack にアップロードできなかったため、一覧を文字で表示します。',
  },
  linesLeft: (count) => `ほか ${rows(count)}は表示していません。`,
};

export const history: typeof englishHistory = {
  header: '履歴',
  none: '履歴はまだありません。',
  bot: 'Dynamics Sync',
  actions: {
    'credentials.checked': '認証情報を検証',
    'credentials.stored': '認証情報を保存',
    'organization.confirmed': '組織を確定',
    'organization.changed': '別の組織を選択',
    'fields.saved': '項目を保存',
    'start.requested': '開始を依頼',
    'start.cancelled': '開始を取り消し',
    'start.confirmed': '同期を開始',
    'initial.completed': '初回同期を完了',
    'sync.paused': '同期を一時停止',
    'sync.resumed': '同期を再開',
    'sync.stopped': '同期を停止',
    'deletes.applied': '大量の削除を承認',
    'errors.exported': '保存できなかったデータを書き出し',
    'errors.retried': '保存できなかったデータを再試行',
    'subscription.added': 'チャンネルを登録',
    'subscription.removed': 'チャンネルの登録を解除',
    'access.asked': '許可を依頼',
    'access.allowed': 'メンバーを許可',
    'access.declined': '「今はしない」と回答',
    'access.withdrawn': '許可を取り消し',
    'access.refused': '操作を拒否されました',
  },
  done: '完了',
  results: {
    'not-admin': '管理者ではありません',
    'not-now': 'この段階では行えません',
    already: 'すでに完了しています',
    'same-admin': '同じ管理者です',
    'other-organization': '別の組織です',
  },
  failed: (reason) => `失敗: ${reason}`,
  summary: (count) => `履歴 ${format.number(count)} 件`,
  older: 'これより古い履歴は表示していません。',
};
