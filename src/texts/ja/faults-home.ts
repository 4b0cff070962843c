import type { homeFaults as english } from '../en/faults-home.ts';
import type { FaultText } from '../fault-text.ts';

export const homeFaults: Record<keyof typeof english, FaultText> = {
  'destination-foreign': {
    cause: () => 'マーケティング データベースに、別の組織のデータが入っています。',
    remedy: () => 'このアプリの運用担当者に、この組織専用のデータベースの用意をご依頼ください。',
  },
  'destination-unwritable': {
    cause: () => 'マーケティング データベースに書き込めません。',
    remedy: () =>
      'このアプリの運用担当者に、空き容量、アクセス権、データベースへの接続の確認をご依頼ください。',
  },
  'seal-broken': {
    cause: () => '暗号化キーが変わったため、保存済みの認証情報を復号できません。',
    remedy: () =>
      'このアプリの運用担当者に元のキーへ戻すようご依頼いただくか、`/dynamics 認証` で認証情報を入力し直してください。',
  },
  unexpected: {
    cause: () => '予期しない問題が発生しました。',
    remedy: () =>
      'もう一度お試しください。解決しない場合は、下の情報をこのアプリの運用担当者にお送りください。',
  },
};
