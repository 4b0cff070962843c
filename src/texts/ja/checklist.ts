import type { checklist as english } from '../en/checklist.ts';

export const checklist: typeof english = {
  names: {
    url: '組織の URL',
    'sign-in': 'Microsoft Entra ID へのサインイン',
    'secret-expiry': 'シークレットの有効期限',
    user: 'アプリケーション ユーザー',
    organization: '組織',
    access: 'データへのアクセス',
    'change-tracking': '変更の追跡',
    filter: '同期フィルター',
    marketo: 'Marketo ソリューション',
    destination: 'マーケティング データベース',
  },
  outcomes: {
    pending: '待機中',
    running: '検証中',
    passed: '成功',
    warned: '成功 (注意あり)',
    unread: '確認できません',
    failed: '失敗',
    skipped: '未実施',
  },
  notes: {
    validUntil: (date) => `${date} まで有効`,
    expiryUnknown: {
      'not-permitted':
        'Microsoft Graph から取得できません。期限前の通知を受けるには、アプリケーションに任意のアクセス許可 Application.Read.All を与えてください。与えない場合は、期限を控えておいてください。',
      'not-asked': '期限が切れると同期は停止します。期限を控えておいてください。',
      'not-found': 'Microsoft Graph に情報がありません。期限を控えておいてください。',
    },
    filter: (present, absent) =>
      `${present}に new_synctomkto があります。${absent}にはないため、すべてのデータが同期されます。`,
    filterEverywhere: 'すべてのテーブルに new_synctomkto があります。',
    filterNowhere: 'new_synctomkto がないため、すべてのデータが同期されます。',
    notInstalled: 'インストールされていません (不要です)。',
    installed: (version) => `バージョン ${version}、このアプリケーション ユーザーが設定されています。`,
    notReadable: 'アプリケーション ユーザーに読み取り権限がありません (不要です)。',
  },
  checking: '接続を検証しています',
  checkingNote: '通常は数秒で終わります。結果は自動的に更新されます。',
  passedAll: 'すべての検証に成功しました',
  failedSome: (count) => `${count} 件の検証に失敗しました`,
  unfinished: '検証が完了しませんでした',
  connectedTo: (name, url) => `${name} (${url}) に接続しました。`,
  next: {
    paused: '同期は一時停止しています。カードのボタン、または `/dynamics 再開` で再開してください。',
    credentials: 'このダイアログを閉じ、会話に表示されたカードから続けてください。',
    validate: '入力内容は保存していません。この認証情報で接続するには `/dynamics 設定` をお使いください。',
  },
  storedTitle: '保存済みの認証情報の検証',
  support: 'サポート用',
  requestId: (id) => `要求 ID ${id}`,
};
