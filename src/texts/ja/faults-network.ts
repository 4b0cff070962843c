import type { networkFaults as english } from '../en/faults-network.ts';
import { type FaultText, named } from '../fault-text.ts';

const urlPlace = 'Power Platform 管理センター > 環境 > 環境 URL';
const tryLater = '数分後にもう一度お試しください。';

export const networkFaults: Record<keyof typeof english, FaultText> = {
  'host-unknown': {
    cause: (d) => `サーバー${named(' ', d.host, ' ')}が見つかりません。`,
    remedy: () =>
      `組織の URL のつづりをお確かめください: ${urlPlace}。組織が削除されたか、URL が変わった可能性もあります。`,
  },
  'dns-failed': {
    cause: (d) =>
      `サーバー${named(' ', d.host, ' ')}のアドレスを調べられませんでした (DNS の応答がありません)。`,
    remedy: () =>
      'もう一度お試しください。解決しない場合は、このアプリの運用担当者に DNS の設定の確認をご依頼ください。',
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
  'tls-dates': {
    cause: (d) => `サーバー${named(' ', d.host, ' ')}の証明書が有効期間外です。`,
    remedy: () =>
      'プロキシの証明書が古くないかネットワーク担当者に、サーバーの時計が正しいかこのアプリの運用担当者にご確認ください。',
  },
  'tls-wrong-host': {
    cause: (d) => `証明書の名前がサーバー${named(' ', d.host, ' ')}と一致しません。`,
    remedy: () =>
      `組織の URL をお確かめください: ${urlPlace}。正しい場合は、プロキシについてネットワーク担当者にご確認ください。`,
  },
  'tls-failed': {
    cause: (d) => `サーバー${named(' ', d.host, ' ')}と暗号化された接続を確立できませんでした。`,
    remedy: () =>
      'もう一度お試しください。解決しない場合は、プロキシが TLS を妨げていないか、ネットワーク担当者にご確認ください。',
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
};
