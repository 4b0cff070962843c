import type { expiring as english } from '../en/expiring.ts';

export const expiring: typeof english = {
  header: {
    secret: 'クライアント シークレットの期限が近づいています',
    certificate: '証明書の期限が近づいています',
  },
  holds: { secret: 'クライアント シークレット', certificate: '証明書' },
  left: (days) => (days === 0 ? 'あと 1 日以内に' : `あと ${days} 日で`),
  text: (holds, name, left) => `${name} へのサインインに使う${holds}の有効期限が、${left}切れます。`,
  date: (date) => `有効期限: ${date}`,
  remedy: {
    secret:
      '新しいシークレットを作成し (Microsoft Entra 管理センター > アプリの登録 > 対象のアプリ > 証明書とシークレット)、その値を入力してください。古いシークレットは期限まで使えます。',
    certificate:
      '新しい証明書を作成してアップロードし (Microsoft Entra 管理センター > アプリの登録 > 対象のアプリ > 証明書とシークレット > 証明書)、古いものと差し替えてください。',
  },
  otherwise: '期限が切れると同期は停止します。保存済みのデータはそのまま残ります。',
};
