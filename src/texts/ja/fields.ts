import type { fields as english } from '../en/fields.ts';
import { format } from './format.ts';

export const fields: typeof english = {
  title: '同期する項目',
  submit: '保存',
  intro: '同期する項目を選択してください。表示名または論理名で検索できます。',
  deleteNote:
    'Dynamics 365 で同期中の項目を削除する場合は、先に同期を一時停止し、削除後にこの一覧を保存し直してください。',
  always: (names) => `常に同期される項目: ${names}`,
  label: (entity) => `「${entity}」の項目`,
  placeholder: '項目を検索',
  hidden: (count) =>
    `ほか ${format.number(count)} 項目はこの一覧に表示できません。保存しても選択されたままです。`,
  filterLabel: (entity) => `「${entity}」のフィルター`,
  filterOption: 'new_synctomkto が「いいえ」のデータを同期しない',
  filterDescription:
    '「はい」と空欄のデータは同期されます。後から「いいえ」にしたデータは、更新されずに残ります。',
  filterNote:
    '「いいえ」を「はい」に変えたデータは、次回の同期で取り込まれます。ワークフローで値を設定する場合は、既定値を「いいえ」にしてください。ワークフローは既存のデータには適用されません。',
  filterMissing:
    'データを絞り込むには、Dynamics 365 のテーブルに new_synctomkto という名前の「はい/いいえ」列を追加し、この一覧を開き直してください。',
  nothing: '読み取れるテーブルがありません。',
};
