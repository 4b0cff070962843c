import type { secretPage as english } from '../en/secret-page.ts';

export const secretPage: typeof english = {
  product: 'Dynamics Sync for Slack',
  title: 'クライアント シークレットの入力',
  intro:
    '入力内容は Slack を経由せず、このアプリに直接送られます。送信すると、Slack で検証が自動的に始まります。',
  facts: {
    organization: '組織',
    client: 'アプリケーション (クライアント) ID',
    username: 'アプリケーション ユーザー',
    validFor: 'リンクの残り時間',
  },
  secret: 'クライアント シークレットの値',
  secretHint:
    'Microsoft Entra 管理センター > アプリの登録 > 対象のアプリ > 証明書とシークレット。「シークレット ID」ではなく「値」です。',
  certificateInstead: '代わりに証明書を使う',
  certificate: '秘密キーと証明書',
  certificateHint:
    'PEM 形式のテキスト: パスフレーズのない RSA の秘密キーと証明書を、続けて貼り付けてください。',
  send: '送信',
  note: '最初に検証し、すべて正しい場合にだけ暗号化して保存します。再び表示されることはありません。',
  problems: {
    empty: 'クライアント シークレットまたは証明書を入力してください。',
    both: 'クライアント シークレットと証明書のどちらか一方だけを入力してください。',
    'secret-masked':
      '文字が隠された表示のシークレットです。「値」をコピーするか、新しいシークレットを作成してください。',
    'secret-has-spaces': 'シークレットに空白は含まれません。「値」をコピーし直してください。',
    'secret-has-odd-letters':
      'シークレットに使われるのは、半角の英数字と記号だけです。「値」をコピーし直してください。',
    'not-pem': 'PEM 形式ではありません。「-----BEGIN PRIVATE KEY-----」のような行が必要です。',
  },
  done: {
    title: '受け取りました',
    text: '検証を始めました。結果は Slack でご確認ください。このページは閉じてかまいません。',
  },
  gone: {
    title: 'このリンクは使えません',
    text: 'すでに使用されたか、10 分の有効期限が切れています。Slack の /dynamics 認証 からやり直してください。',
  },
  refused: {
    title: '受け付けられませんでした',
    text: 'このリンクの対象の方は、現在このアプリの管理者ではありません。',
  },
};
