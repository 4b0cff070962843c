import type { fields as english } from '../en/fields.ts';
import { format, rows } from './format.ts';

export const fields: typeof english = {
  title: '同期する項目',
  submit: '保存',
  intro: '同期する項目を選択してください。表示名または論理名で検索できます。画像とファイルは同期できません。',
  deleteNote:
    'Dynamics 365 で同期中の項目を削除する場合は、先に同期を一時停止し、削除後にこの一覧を保存し直してください。',
  chosen: (chosen, all) => `${format.number(all)} 項目中 ${format.number(chosen)} 項目を選択`,
  always: (names) => `常に同期される項目: ${names}`,
  label: (entity) => `「${entity}」の項目`,
  labelOfPart: (entity, part, parts) =>
    `「${entity}」の項目 (${format.number(part)}/${format.number(parts)})`,
  placeholder: '項目を検索',
  hidden: (count) =>
    `ほか ${format.number(count)} 項目はこの一覧に表示できません。保存しても選択されたままです。`,
  tooMany: (count) =>
    `ほかの ${format.number(count)} 個のテーブルは、このダイアログに収まりません。設定はそのまま残ります。`,
  filterLabel: (entity) => `「${entity}」のフィルター`,
  filterOption: 'new_synctomkto が「いいえ」のデータを同期しない',
  filterDescription:
    '「はい」と空欄のデータは同期されます。後から「いいえ」にしたデータは、更新されずに残ります。',
  filterCount: (through, yes, empty, no) =>
    `同期対象 ${rows(through)} (「はい」${format.number(yes)}、空欄 ${format.number(empty)})、除外 ${rows(no)} (「いいえ」)`,
  filterCounting: '件数を集計しています…',
  filterUncounted: '現在、件数を集計できません。',
  filterNote:
    '「いいえ」を「はい」に変えたデータは、次回の同期で取り込まれます。ワークフローで値を設定する場合は、既定値を「いいえ」にしてください。ワークフローは既存のデータには適用されません。',
  filterMissing:
    'データを絞り込むには、Dynamics 365 のテーブルに new_synctomkto という名前の「はい/いいえ」列を追加し、この一覧を開き直してください。',
  nothing: '読み取れるテーブルがありません。',
  custom: 'カスタム エンティティを追加するには `/dynamics エンティティ` と入力してください。',
  changes: '変更点',
  noChanges: 'まだ変更はありません。',
  defaultsChosen: 'まだ保存されていません。このまま保存すると、標準の項目が同期されます。',
  whenRunning:
    '追加した項目は、すべてのデータについて取り込まれます。解除した項目はデータベースに残りますが、更新されなくなります。',
  whenRemoved: '解除した項目はデータベースに残りますが、更新されなくなります。',
  overtaken: (user, date) =>
    `この一覧を開いている間に、${user} が ${date} に項目を保存しました。今回の変更は保存されていません。現在の設定を表示しています。`,
  theirs: '保存された変更',
  yours: '今回の変更 (未保存)',
  saved: '項目を保存しました。',
  savedUnchanged: '項目を保存しました。変更はありません。',
  types: {
    BigInt: '整数',
    Boolean: 'はい/いいえ',
    Customer: '検索',
    DateOnly: '日付',
    DateTime: '日付と時刻',
    Decimal: '10 進数',
    Double: '浮動小数点数',
    EntityName: 'テーブル名',
    Integer: '整数',
    Lookup: '検索',
    Memo: '複数行テキスト',
    Money: '通貨',
    MultiSelectPicklist: '選択肢 (複数)',
    Owner: '所有者',
    Picklist: '選択肢',
    State: '状態',
    Status: 'ステータス',
    String: 'テキスト',
    Uniqueidentifier: '一意識別子',
  },
};
