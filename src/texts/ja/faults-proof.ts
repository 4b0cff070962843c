import type { proofFaults as english } from '../en/faults-proof.ts';
import { type FaultText, named } from '../fault-text.ts';

const secrets = 'Microsoft Entra 管理センター > アプリの登録 > 対象のアプリ > 証明書とシークレット';

const reasons: Readonly<Record<string, string>> = {
  'no-key': '秘密キーが含まれていません',
  'no-certificate': '秘密キーはありますが、証明書が含まれていません',
  'key-encrypted': '秘密キーがパスフレーズで保護されています',
  'key-damaged': '秘密キーを読み取れません',
  'key-not-rsa': '秘密キーが RSA ではありません',
  'key-of-another': '秘密キーが証明書のものと一致しません',
  'certificate-damaged': '証明書を読み取れません',
};

const days = (count: string | undefined): string =>
  count === undefined ? 'まもなく' : count === '0' ? '今日' : count === '1' ? '明日' : `あと ${count} 日で`;

export const proofFaults: Record<keyof typeof english, FaultText> = {
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
  'secret-expiring': {
    cause: (d) =>
      `${d.holds === 'certificate' ? '証明書' : 'クライアント シークレット'}の有効期限が${days(d.days)}切れます${named(' (', d.date, ')')}。`,
    remedy: () =>
      `早めに新しいものを作成し (${secrets})、\`/dynamics 認証\` で入力してください。期限が切れると同期は停止します。`,
  },
  'certificate-unknown': {
    cause: () => 'この証明書は、アプリケーションに登録されていません。',
    remedy: () => `証明書 (秘密キーを除く) をアップロードしてください: ${secrets} > 証明書`,
  },
  'certificate-expired': {
    cause: () => 'サインインに使う証明書の有効期限が切れています。',
    remedy: () =>
      `新しい証明書を作成してアップロードし (${secrets} > 証明書)、古いものと差し替えてください。`,
  },
  'certificate-unusable': {
    cause: (d) => {
      const reason = reasons[d.reason ?? ''];
      return `証明書をサインインに使えません${reason ? ` (${reason})` : ''}。`;
    },
    remedy: () =>
      'パスフレーズのない RSA の秘密キーとその証明書を、続けて書いた PEM 形式のテキストが必要です。',
  },
  'clock-wrong': {
    cause: () => 'Microsoft Entra ID によると、サインインの時刻がずれています。',
    remedy: () => 'このアプリの運用担当者に、サーバーの時計の確認をご依頼ください。',
  },
  'reference-refused': {
    cause: (d) => `参照${named(' ', d.reference, ' ')}は、このアプリの運用担当者に許可されていません。`,
    remedy: () => '許可された参照を使うか、運用担当者に SECRET_REFERENCES への追加をご依頼ください。',
  },
  'reference-missing': {
    cause: (d) => `参照先${named(' ', d.reference, ' ')}が、このアプリのサーバーにありません。`,
    remedy: () => 'つづりをお確かめいただくか、このアプリの運用担当者にシークレットの配置をご依頼ください。',
  },
  'reference-unreadable': {
    cause: (d) => `参照先${named(' ', d.reference, ' ')}のシークレットを読み取れないか、内容が空です。`,
    remedy: () => 'このアプリの運用担当者に、ファイルとそのサイズ、アクセス権の確認をご依頼ください。',
  },
};
