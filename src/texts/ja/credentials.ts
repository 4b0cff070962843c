import type { credentials as english, signIn as englishSignIn } from '../en/credentials.ts';

const urlPlace = 'Power Platform 管理センター > 環境 > 対象の環境 > 環境 URL';

export const credentials: typeof english = {
  title: { credentials: 'Dynamics 365 に接続', validate: '認証情報の検証' },
  submit: { credentials: '検証して次へ', validate: '検証する', page: '次へ' },
  cancel: 'キャンセル',
  close: '閉じる',
  intro: {
    credentials: '最初に接続を検証します。組織を確定するまで、同期は始まりません。',
    validate: '接続を検証します。入力内容は保存されず、設定も変わりません。',
  },
  failedIntro: {
    secret: '失敗した箇所を直して、もう一度検証してください。シークレットは再入力が必要です。',
    other: '失敗した箇所を直して、もう一度検証してください。',
  },
  urlWarning: 'URL をよくお確かめください。確定後は、組織を変更できません。',
  locked: (name, url) =>
    `このワークスペースの接続先は ${name} (${url}) に固定されています。ほかの組織の認証情報は使えません。`,
  labels: {
    organization_url: '組織の URL',
    tenant_id: 'ディレクトリ (テナント) ID',
    client_id: 'アプリケーション (クライアント) ID',
    client_secret: 'クライアント シークレットの値',
    username: 'アプリケーション ユーザー',
    certificate: '証明書',
    secret_reference: 'サーバー上のシークレット',
  },
  hints: {
    organization_url: urlPlace,
    tenant_id: 'Microsoft Entra 管理センター > アプリの登録 > 対象のアプリ > 概要',
    client_id: '同じ「概要」ページにあります。',
    client_secret:
      'アプリの登録 > 対象のアプリ > 証明書とシークレット。「シークレット ID」ではなく「値」です。値は作成時に一度しか表示されません。',
    username:
      'アプリケーション ユーザーのメール アドレスと一致している必要があります: Power Platform 管理センター > 設定 > ユーザーとアクセス許可 > アプリケーション ユーザー',
    certificate:
      'このアプリの運用担当者がサーバーに置いた場所です。RSA の秘密キーと証明書を含む、1 つの PEM 形式のテキストが必要です。',
    secret_reference:
      'このアプリの運用担当者がサーバーに置いた場所です。必要なときに読み取られ、保存されません。',
  },
  allowedReferences: (patterns) => `使用できる参照: ${patterns}`,
  placeholders: {
    organization_url: 'https://contoso.crm7.dynamics.com',
    tenant_id: '00000000-0000-0000-0000-000000000000',
    client_id: '00000000-0000-0000-0000-000000000000',
    client_secret: 'クライアント シークレットの「値」',
    username: 'sync@contoso.co.jp',
    certificate: 'file:/run/secrets/dynamics.pem',
    secret_reference: 'env:DYNAMICS_CLIENT_SECRET',
  },
  secretNote: {
    credentials: 'シークレットは暗号化して保存され、再び表示されることはありません。',
    validate: 'シークレットはこの検証だけに使われ、保存されません。',
    reference: '保存されるのは参照だけです。参照先の内容は、サインインのたびに読み取られます。',
    page: 'シークレットは、次の手順でこのアプリの Web ページに入力します。Slack は経由しません。',
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
      'secret-masked':
        '文字が隠された表示のシークレットです。「値」の控えがない場合は、新しいシークレットを作成してください: Microsoft Entra 管理センター > アプリの登録 > 対象のアプリ > 証明書とシークレット',
      'secret-has-odd-letters':
        'シークレットに使われるのは、半角の英数字と記号だけです。「値」をコピーし直してください: Microsoft Entra 管理センター > アプリの登録 > 対象のアプリ > 証明書とシークレット',
      'reference-malformed':
        '参照の形式が正しくありません。env:名前、または file:/絶対パス の形式か、シークレットの「値」を入力してください: Microsoft Entra 管理センター > アプリの登録 > 対象のアプリ > 証明書とシークレット',
      'reference-not-allowed':
        'この参照は、このアプリの運用担当者に許可されていません (SECRET_REFERENCES)。シークレットの「値」を入力してください: Microsoft Entra 管理センター > アプリの登録 > 対象のアプリ > 証明書とシークレット',
      'secret-has-spaces':
        'シークレットに空白は含まれません。「値」をコピーし直してください: Microsoft Entra 管理センター > アプリの登録 > 対象のアプリ > 証明書とシークレット',
    },
    certificate: {
      empty: 'サーバー上の証明書の場所を、file:/パス または env:名前 の形式で入力してください。',
      'reference-malformed':
        '参照の形式が正しくありません。file:/絶対パス、または env:名前 の形式で入力してください。証明書そのものは入力できません。',
      'reference-not-allowed':
        'この参照は許可されていません。SECRET_REFERENCES で許可された参照を、このアプリの運用担当者にご確認ください。',
    },
    secret_reference: {
      empty: 'サーバー上のシークレットの場所を、env:名前 または file:/パス の形式で入力してください。',
      'reference-malformed':
        '参照の形式が正しくありません。env:名前、または file:/絶対パス の形式で入力してください。シークレットそのものは入力できません。',
      'reference-not-allowed':
        'この参照は許可されていません。SECRET_REFERENCES で許可された参照を、このアプリの運用担当者にご確認ください。',
    },
    username:
      'アプリケーション ユーザーのメール アドレス (例: sync@contoso.co.jp) または DOMAIN\\user を入力してください。確認場所: Power Platform 管理センター > 設定 > ユーザーとアクセス許可 > アプリケーション ユーザー',
  },
};

export const signIn: typeof englishSignIn = {
  label: 'サインインの方法',
  ways: {
    secret: 'シークレット',
    page: 'Web ページで入力',
    reference: 'サーバーに保管',
    certificate: '証明書',
  },
  wayNotes: {
    secret: 'ここに入力します。値は Slack を経由します。',
    page: 'シークレットをブラウザーで入力します。Slack は経由しません。',
    reference: 'このアプリの運用担当者がサーバーに置いたシークレットを使います。',
    certificate: 'このアプリの運用担当者がサーバーに置いた証明書を使います。',
  },
  link: {
    text: '*次の手順: Web ページでシークレットを入力*\nブラウザーでページが開きます。送信すると検証が自動的に始まり、結果がここに表示されます。',
    open: 'ページを開く',
    note: (time) =>
      `このリンクはあなた専用です。${time} まで、一度だけ使えます。このダイアログを閉じた場合、結果はメッセージで届きます。`,
    expired: '*リンクの有効期限が切れました*\n10 分以内に使われませんでした。何も保存していません。',
    again: {
      credentials: 'このダイアログを閉じ、`/dynamics 認証` からやり直してください。',
      validate: 'このダイアログを閉じ、`/dynamics 検証 新規` からやり直してください。',
    },
  },
};
