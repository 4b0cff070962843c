import type { customEntities as english } from '../en/custom-entities.ts';

export const customEntities: typeof english = {
  title: 'カスタム エンティティを追加',
  submit: '追加',
  intro: 'リード、取引先担当者、取引先企業に関連付けられたカスタム エンティティも同期できます。',
  label: 'カスタム エンティティ',
  placeholder: '表示名または論理名で検索',
  note: '既存の同期を続けたまま、データを取り込みます。追加したエンティティは同期から外せません。項目は後から変更できます。',
  none: 'リード、取引先担当者、取引先企業に関連付けられ、同期ユーザーが読み取れるカスタム エンティティは、ほかにありません。Dynamics 365 で設定を変更した場合は、1 分ほど待ってから開き直してください。',
  linkedTo: (entities) => `関連先: ${entities}`,
  added: (names) => `同期に追加しました: ${names}`,
  copiedNow: 'データを取り込んでいます。完了すると、初回同期のスレッドでお知らせします。',
  copiedLater: '同期を再開すると、データの取り込みが始まります。',
  copiedHeader: 'カスタム エンティティの取り込みが完了しました',
  copied: '今後は、毎回の同期で変更を取り込みます。',
  reply:
    'リード、取引先担当者、取引先企業に関連付けられたカスタム エンティティを追加できるようになりました。',
};
