import type { signInFaults as english } from '../en/faults-sign-in.ts';
import { type Details, type FaultText, named } from '../fault-text.ts';

const app = 'Microsoft Entra 管理センター > アプリの登録 > 対象のアプリ';
const overview = `${app} > 概要`;
const enterprise = 'Microsoft Entra 管理センター > エンタープライズ アプリケーション';
const users = 'Microsoft Entra 管理センター > ユーザー';
const tryLater = '数分後にもう一度お試しください。';

const home = (d: Details): string => named('組織が属するテナントは ', d.homeTenant, ' です。');

export const signInFaults: Record<keyof typeof english, FaultText> = {
  'app-unknown': {
    cause: () => 'このテナントには、この ID のアプリケーションがありません。',
    remedy: (d) =>
      `${home(d)}アプリケーション (クライアント) ID とディレクトリ (テナント) ID の両方をお確かめください: ${overview}`,
  },
  'app-disabled': {
    cause: () => 'このテナントで、アプリケーションが無効になっています。',
    remedy: () =>
      `「ユーザーのサインインが有効になっていますか?」を「はい」にしてください: ${enterprise} > 対象のアプリ > プロパティ`,
  },
  'app-not-installed': {
    cause: () => 'このテナントに、アプリケーションのサービス プリンシパルがありません。',
    remedy: (d) =>
      `${home(d)}組織のテナントで管理者の同意を与えるか (${app} > API のアクセス許可)、そのテナントのアプリケーションを入力してください。`,
  },
  'tenant-unknown': {
    cause: (d) => `テナント${named(' ', d.tenant, ' ')}が見つかりません。`,
    remedy: (d) => `${home(d)}ディレクトリ (テナント) ID をコピーし直してください: ${overview}`,
  },
  'tenant-malformed': {
    cause: () => 'ディレクトリ (テナント) ID の形式が正しくありません。',
    remedy: (d) => `${home(d)}ディレクトリ (テナント) ID をコピーし直してください: ${overview}`,
  },
  'cloud-wrong': {
    cause: () => 'テナントと組織の URL で、Microsoft クラウドの種類が異なります。',
    remedy: () =>
      '同じクラウド (グローバル、米国政府機関向け、中国) のテナント ID と URL をお使いください。どちらも正しい場合は、このアプリの運用担当者に AZURE_AUTHORITY_HOST の設定をご依頼ください。',
  },
  'organization-not-in-tenant': {
    cause: (d) => `組織${named(' (', d.host, ') ')}は、入力されたテナントのものではありません。`,
    remedy: (d) => `${home(d)}組織の URL とディレクトリ (テナント) ID をお確かめください: ${overview}`,
  },
  'consent-missing': {
    cause: () => 'このテナントで、アプリケーションへの同意が済んでいません。',
    remedy: () => `「管理者の同意を与えます」をクリックしてください: ${app} > API のアクセス許可`,
  },
  'service-missing': {
    cause: () => 'このテナントでは、Dynamics 365 または Power Platform が使われていません。',
    remedy: () =>
      `ディレクトリ (テナント) ID (${overview}) と、ライセンス (Microsoft 365 管理センター > 課金情報) をお確かめください。`,
  },
  'sign-in-blocked': {
    cause: () => '社内のポリシーにより、サインインがブロックされています。',
    remedy: () =>
      'Entra の管理者に、条件付きアクセスでこのアプリケーションを許可するようご依頼ください。該当するポリシーはサインイン ログで確認できます。',
  },
  'account-unknown': {
    cause: () => 'このテナントには、このアカウントがありません。',
    remedy: () =>
      `ディレクトリ (テナント) ID (${overview}) と、アカウントの有無 (${users}) をお確かめください。`,
  },
  'account-locked': {
    cause: () => 'サインインの失敗が続いたか、不審なサインインがあったため、アカウントがロックされています。',
    remedy: () =>
      '1 時間ほど待ってからお試しいただくか、Entra の管理者にご相談ください。理由はサインイン ログで確認できます。',
  },
  'account-disabled': {
    cause: () => 'Microsoft Entra ID で、アカウントが無効になっています。',
    remedy: () => `アカウントを有効にしてください: ${users}、または ${enterprise}`,
  },
  'sign-in-throttled': {
    cause: () => 'サインインの回数が多すぎたため、Microsoft Entra ID が一時的に受け付けていません。',
    remedy: () => tryLater,
  },
  'sign-in-unavailable': {
    cause: () => 'Microsoft Entra ID が一時的に利用できません。',
    remedy: () => `${tryLater}既知の障害は、Microsoft 365 管理センター > サービス正常性 で確認できます。`,
  },
  'sign-in-failed': {
    cause: () => 'Microsoft Entra ID にサインインできませんでした。',
    remedy: () => `ID をお確かめください: ${overview}。正しい場合は、下の情報をサポートにお送りください。`,
  },
  'token-empty': {
    cause: () => 'サインインはできましたが、Microsoft Entra ID からアクセス トークンが届きませんでした。',
    remedy: () => `${tryLater}解決しない場合は、下の情報をサポートにお送りください。`,
  },
  'not-entra': {
    cause: (d) => `応答はありましたが、Microsoft Entra ID ではありません${named(' (', d.host, ')')}。`,
    remedy: () => 'プロキシが代わりに応答していないか (認証ページなど)、ネットワーク担当者にご確認ください。',
  },
  'token-refused': {
    cause: () => 'サインインはできましたが、Dynamics 365 に受け付けられませんでした。',
    remedy: () => '組織の URL とテナントの組み合わせを確認し、もう一度お試しください。',
  },
};
