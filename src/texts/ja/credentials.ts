import type { credentials as english } from '../en/credentials.ts';

const urlPlace = 'Power Platform 管理センター > 環境 > 対象の環境 > 環境 URL';

export const credentials: typeof english = {
  title: { credentials: 'Dynamics 365 に接続', validate: '認証情報の検証' },
  submit: { credentials: '検証して次へ', validate: '検証する' },
  cancel: 'キャンセル',
  close: '閉じる',
  intro: {
    credentials: '最初に接続を検証します。組織を確定するまで、同期は始まりません。',
    validate: '接続を検証します。入力内容は保存されず、設定も変わりません。',
  },
  failedIntro:
    'まだ接続できていません。失敗した箇所を直して、もう一度検証してください。シークレットは再入力が必要です。',
  urlWarning: 'URL をよくお確かめください。確定後は、組織を変更できません。',
  locked: (name, url) =>
    `このワークスペースの接続先は ${name} (${url}) に固定されています。ほかの組織の認証情報は使えません。`,
  labels: {
    organization_url: '組織の URL',
    tenant_id: 'ディレクトリ (テナント) ID',
    client_id: 'アプリケーション (クライアント) ID',
    client_secret: 'クライアント シークレットの値',
    username: 'アプリケーション ユーザー',
  },
  hints: {
    organization_url: urlPlace,
    tenant_id: 'Microsoft Entra 管理センター > アプリの登録 > 対象のアプリ > 概要',
    client_id: '同じ「概要」ページにあります。',
    client_secret:
      'アプリの登録 > 対象のアプリ > 証明書とシークレット。「シークレット ID」ではなく「値」です。値は作成時に一度しか表示されません。',
    username:
      'アプリケーション ユーザーのメール アドレスと一致している必要があります: Power Platform 管理センター > 設定 > ユーザーとアクセス許可 > アプリケーション ユーザー',
  },
  placeholders: {
    organization_url: 'https://contoso.crm7.dynamics.com',
    tenant_id: '00000000-0000-0000-0000-000000000000',
    client_id: '00000000-0000-0000-0000-000000000000',
    client_secret: 'クライアント シークレットの「値」',
    username: 'sync@contoso.co.jp',
  },
  secretNote: {
    credentials: 'シークレットは暗号化して保存され、再び表示されることはありません。',
    validate: 'シークレットはこの検証だけに使われ、保存されません。',
  },
  problems: {
    organization_url: {
      empty: `組織の URL を入力してください。確認場所: ${urlPlace}`,
      malformed: `URL の形式が正しくありません。例: https://contoso.crm7.dynamics.com。確認場所: ${urlPlace}`,
      'not-dynamics-host': `Dynamics 365 の組織の URL ではありません。例: contoso.crm7.dynamics.com。確認場所: ${urlPlace}`,
    },
    tenant_id:
      'ディレクトリ (テナント) ID を入力してください。ハイフン区切りの英数字 32 桁、または contoso.onmicrosoft.com のようなドメイン名です。確認場所: Microsoft Entra 管理センター > アプリの登録 > 対象のアプリ > 概要',
    client_id:
      'アプリケーション (クライアント) ID を入力してください。ハイフン区切りの英数字 32 桁です。確認場所: Microsoft Entra 管理センター > アプリの登録 > 対象のアプリ > 概要',
    client_secret: {
      empty:
        'クライアント シークレットの「値」を入力してください。確認場所: Microsoft Entra 管理センター > アプリの登録 > 対象のアプリ > 証明書とシークレット',
      'secret-has-spaces':
        'シークレットに空白は含まれません。「値」をコピーし直してください: Microsoft Entra 管理センター > アプリの登録 > 対象のアプリ > 証明書とシークレット',
    },
    username:
      'アプリケーション ユーザーのメール アドレス (例: sync@contoso.co.jp) または DOMAIN\\user を入力してください。確認場所: Power Platform 管理センター > 設定 > ユーザーとアクセス許可 > アプリケーション ユーザー',
  },
};
