import type { signInFaults as english } from '../en/faults-sign-in.ts';
import { type FaultText, named } from '../fault-text.ts';

const secrets = 'Microsoft Entra 管理センター > アプリの登録 > 対象のアプリ > 証明書とシークレット';
const overview = 'Microsoft Entra 管理センター > アプリの登録 > 対象のアプリ > 概要';
const tryLater = '数分後にもう一度お試しください。';

export const signInFaults: Record<keyof typeof english, FaultText> = {
  'host-unknown': {
    cause: (d) => `サーバー${named(' ', d.host, ' ')}が見つかりません。`,
    remedy: () => '組織の URL のつづりをお確かめください: Power Platform 管理センター > 環境 > 環境 URL',
  },
  'connection-failed': {
    cause: (d) => `サーバー${named(' ', d.host, ' ')}に接続できませんでした。`,
    remedy: () =>
      'もう一度お試しください。解決しない場合は、このサーバーから HTTPS で接続できるか、ネットワーク担当者にご確認ください。',
  },
  'tls-untrusted': {
    cause: (d) => `サーバー${named(' ', d.host, ' ')}の証明書を信頼できません。`,
    remedy: () =>
      '社内ネットワークで通信を検査している場合は、このアプリの運用担当者に認証局の追加 (NODE_EXTRA_CA_CERTS) をご依頼ください。',
  },
  'timed-out': {
    cause: (d) => `サーバー${named(' ', d.host, ' ')}から時間内に応答がありませんでした。`,
    remedy: () => tryLater,
  },
  'not-dynamics': {
    cause: (d) => `応答はありましたが、Dynamics 365 ではありません${named(' (', d.host, ')')}。`,
    remedy: () => '「環境 URL」をコピーしてください: Power Platform 管理センター > 環境',
  },
  'foreign-link': {
    cause: () => 'Dynamics 365 の応答に別のサーバーへのリンクが含まれていたため、接続を中止しました。',
    remedy: () => 'プロキシが応答を書き換えていないか確認し、もう一度お試しください。',
  },
  'answer-malformed': {
    cause: () => '応答を読み取れませんでした。',
    remedy: () => `${tryLater}解決しない場合は、下の情報をサポートにお送りください。`,
  },
  'secret-wrong': {
    cause: () => 'クライアント シークレットが正しくありません。',
    remedy: () =>
      `「シークレット ID」ではなく「値」をコピーするか、新しいシークレットを作成してください: ${secrets}`,
  },
  'secret-is-id': {
    cause: () => 'シークレットの値ではなく「シークレット ID」が入力されています。',
    remedy: () =>
      `値は作成時に一度しか表示されません。控えがない場合は、新しいシークレットを作成してください: ${secrets}`,
  },
  'secret-expired': {
    cause: () => 'クライアント シークレットの有効期限が切れています。',
    remedy: () => `新しいシークレットを作成し、その値を入力してください: ${secrets}`,
  },
  'app-unknown': {
    cause: () => 'このテナントには、この ID のアプリケーションがありません。',
    remedy: () =>
      `アプリケーション (クライアント) ID とディレクトリ (テナント) ID の両方をお確かめください: ${overview}`,
  },
  'tenant-unknown': {
    cause: (d) => `テナント${named(' ', d.tenant, ' ')}が見つかりません。`,
    remedy: () => `ディレクトリ (テナント) ID をコピーし直してください: ${overview}`,
  },
  'tenant-malformed': {
    cause: () => 'ディレクトリ (テナント) ID の形式が正しくありません。',
    remedy: () => `ディレクトリ (テナント) ID をコピーし直してください: ${overview}`,
  },
  'cloud-wrong': {
    cause: () => 'テナントと組織の URL で、Microsoft クラウドの種類が異なります。',
    remedy: () =>
      '同じクラウド (グローバル、米国政府機関向け、中国) のテナント ID と URL をお使いください。どちらも正しい場合は、このアプリの運用担当者に AZURE_AUTHORITY_HOST の設定をご依頼ください。',
  },
  'organization-not-in-tenant': {
    cause: () => 'この組織は、入力されたテナントのものではありません。',
    remedy: () => `組織の URL とディレクトリ (テナント) ID をお確かめください: ${overview}`,
  },
  'consent-missing': {
    cause: () => 'このテナントで、アプリケーションへの同意が済んでいません。',
    remedy: () =>
      'Microsoft Entra 管理センター > アプリの登録 > 対象のアプリ > API のアクセス許可 で「管理者の同意を与えます」をクリックしてください。',
  },
  'sign-in-blocked': {
    cause: () => '社内のポリシーにより、サインインがブロックされています。',
    remedy: () =>
      'Entra の管理者に、条件付きアクセスでこのアプリケーションを許可するようご依頼ください。該当するポリシーはサインイン ログで確認できます。',
  },
  'sign-in-throttled': {
    cause: () => 'サインインの回数が多すぎたため、Microsoft Entra ID が一時的に受け付けていません。',
    remedy: () => tryLater,
  },
  'sign-in-failed': {
    cause: () => 'Microsoft Entra ID にサインインできませんでした。',
    remedy: () => `ID をお確かめください: ${overview}。正しい場合は、下の情報をサポートにお送りください。`,
  },
  'token-refused': {
    cause: () => 'サインインはできましたが、Dynamics 365 に受け付けられませんでした。',
    remedy: () => '組織の URL とテナントの組み合わせを確認し、もう一度お試しください。',
  },
};
