import type { homeFaults as english } from '../en/faults-home.ts';
import type { FaultText } from '../fault-text.ts';

const reasons: Readonly<Record<string, string>> = {
  'disk-full': 'ディスクの空き容量がありません',
  'disk-failed': 'ディスクでエラーが発生しました',
  'read-only': '読み取り専用です',
  'no-permission': 'アクセス権がありません',
  'no-directory': '保存先のフォルダーがありません',
  locked: 'ほかのプログラムが使用中です',
  damaged: 'ファイルが壊れています',
  'not-a-database': 'データベースのファイルではありません',
  gone: '同期の実行中にファイルが削除されました',
};

export const homeFaults: Record<keyof typeof english, FaultText> = {
  'destination-foreign': {
    cause: () => 'マーケティング データベースに、別の組織のデータが入っています。',
    remedy: () => 'このアプリの運用担当者に、この組織専用のデータベースの用意をご依頼ください。',
  },
  'destination-unwritable': {
    cause: (d) => {
      const reason = reasons[d.reason ?? ''];
      return `マーケティング データベースに書き込めません${reason ? ` (${reason})` : ''}。`;
    },
    remedy: () =>
      'このアプリの運用担当者に、空き容量、アクセス権、データベースへの接続の確認をご依頼ください。',
  },
  'state-unwritable': {
    cause: (d) => {
      const reason = reasons[d.reason ?? ''];
      return `このアプリの設定データを保存できません${reason ? ` (${reason})` : ''}。何も変更されていません。`;
    },
    remedy: () =>
      'このアプリの運用担当者に、データ フォルダーの空き容量とアクセス権の確認をご依頼のうえ、もう一度お試しください。',
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
