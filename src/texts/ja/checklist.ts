import type { checklist as english } from '../en/checklist.ts';

export const checklist: typeof english = {
  names: {
    url: '組織の URL',
    'sign-in': 'Microsoft Entra ID へのサインイン',
    user: 'アプリケーション ユーザー',
    organization: '組織',
    access: 'データへのアクセス',
    'change-tracking': '変更の追跡',
    destination: 'マーケティング データベース',
  },
  outcomes: {
    pending: '待機中',
    running: '検証中',
    passed: '成功',
    warned: '成功 (注意あり)',
    failed: '失敗',
    skipped: '未実施',
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
