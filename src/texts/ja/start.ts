import type { start as english } from '../en/start.ts';
import { rows } from './format.ts';

export const start: typeof english = {
  title: '同期の開始',
  submit: '次へ',
  intro: (name) => `「${name}」のコピーを始める前にお読みください。`,
  overtaken: (user, date) =>
    `この画面を開いている間に、${user} さんが項目または開始の内容を変更しました (${date})。以下が現在の内容です。確認のうえ、もう一度続けてください。`,
  warningsTitle: '注意事項',
  warnings: {
    irreversible: '組織は変更できません。別の組織を使うには、アプリを別途インストールする必要があります。',
    address: (url) => `データはすべて ${url} から読み取ります。URL をもう一度お確かめください。`,
    filter: (names) =>
      `フィルターが有効です (${names})。「いいえ」のデータだけが除外され、空欄のデータは同期されます。`,
    duplicates: 'Dynamics 365 内の重複も、データベースに登録済みの人物との重複もチェックされません。',
    duration:
      '初回同期には数時間、データが多い場合は数日かかることがあります。完了したら Slack でお知らせします。',
    customEntities: 'カスタム エンティティは初回同期の対象外です。',
    direction: '同期は Dynamics 365 からマーケティング データベースへの一方向です。',
    deletes: 'Dynamics 365 で削除されたデータは、削除済みとしてデータベースに残ります。',
  },
  rowsTitle: 'コピーする件数',
  total: (count) => `合計: ${rows(count)}`,
  duration: (time) => `所要時間の目安: ${time}`,
  durationNote: 'Dynamics 365 が要求を制限している間は、さらに時間がかかります。',
  durationUnknown: 'Dynamics 365 から件数を取得できないため、所要時間を見積もれません。',
  durationAtLeast: '件数のわからないテーブルがあるため、さらに時間がかかる場合があります。',
  channelLabel: '進捗の投稿先',
  channelHint:
    'ボットがメンバーになっている必要があります。プライベートチャンネルでは、先に /invite @Dynamics Sync と入力してください。',
  emailLabel: '完了通知のメール アドレス',
  emailHint: 'メールを指定しなくても、Slack には必ず通知されます。',
  emailOff: 'メール サーバーが設定されていないため、通知は Slack でのみお届けします。',
  acknowledgeLabel: 'すべてにチェックを入れてください',
  acknowledgements: [
    '正しい組織であることを確認しました。後から変更できないことを理解しています。',
    '項目とフィルターを確認しました。',
    '重複がチェックされないことを理解しています。',
  ],
  errors: {
    acknowledge: '続けるには、すべてにチェックを入れてください。',
    email: 'name@contoso.co.jp のような形式で入力するか、空欄にしてください。',
    channelUnreachable:
      'ボットはここに投稿できません。チャンネルで /invite @Dynamics Sync と入力してから、もう一度お試しください。',
    channelExternal: '社外と共有されているチャンネルです。社内のチャンネルを選択してください。',
    channel: '進捗の投稿先を選択してください。',
  },
};
