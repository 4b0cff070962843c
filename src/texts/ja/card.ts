import type { card as english } from '../en/card.ts';
import { format, rows } from './format.ts';

export const card: typeof english = {
  steps: {
    connect: '手順 1/3: 接続',
    fields: '手順 2/3: 項目の選択',
    start: '手順 3/3: 開始',
  },
  new: {
    header: 'Dynamics 365 に接続',
    text: 'マーケティング データベースを Dynamics 365 と同期します。組織の URL、テナント ID、クライアント ID、クライアント シークレット、アプリケーション ユーザーをご用意ください。',
    warning: '接続できる組織は 1 つだけで、後から変更できません。正しい組織の URL をお手元にご用意ください。',
    summary: 'Dynamics 365 はまだ接続されていません。',
  },
  unconfirmed: {
    header: 'この組織でよろしいですか？',
    intro: 'Dynamics 365 から読み取った組織の情報です。',
    warning:
      'この操作は取り消せません。確定すると、このワークスペースの接続先はこの組織に固定されます。別の組織を使うには、アプリを別途インストールする必要があります。',
    summary: (name) => `組織「${name}」を確認してください。確定後は取り消せません。`,
    secondAdmin: (user) => `取り消せない操作のため、${user} 以外の管理者が確定してください。`,
    enteredBy: (user) => `認証情報の入力者: ${user}`,
    confirmTitle: 'この組織で確定しますか？',
    confirmText: (name, url) =>
      `このワークスペースの接続先を「${name}」(${url}) に固定します。この操作は取り消せません。`,
    confirmYes: '確定する',
    confirmNo: 'キャンセル',
  },
  organization: {
    friendlyName: '名前',
    uniqueName: '一意の名前',
    id: 'ID',
    url: 'URL',
    rows: 'Dynamics 365 の件数',
    rowsNote: 'Dynamics 365 による集計です。最大 1 日前の数値の場合があります。',
  },
  locked: (name, url) => `接続先を ${name} (${url}) に固定済み`,
  lockedBy: (user, date) => `${user} が ${date} に確定`,
  confirmed: {
    header: '組織を確定しました',
    text: '次に、同期する項目を選択してください。標準的な項目があらかじめ選択されています。',
    summary: (name) => `組織「${name}」を確定しました。次は項目の選択です。`,
  },
  chosen: {
    header: '項目を選択しました',
    text: '次に、注意事項を確認して同期を開始してください。',
    summary: (name) => `「${name}」の項目を選択しました。次は同期の開始です。`,
    selected: '選択した項目',
    fields: (chosen, always) =>
      always > 0
        ? `選択 ${format.number(chosen)} 項目、常に同期 ${format.number(always)} 項目`
        : `選択 ${format.number(chosen)} 項目`,
    filterOn: 'フィルター有効',
    changes: '変更点',
    added: (count, names) => `${format.number(count)} 項目を追加 (${names})`,
    removed: (count, names) => `${format.number(count)} 項目を解除 (${names})`,
    filterTurned: { on: 'フィルターを有効化', off: 'フィルターを無効化' },
    filter: 'フィルター',
    filterCount: (through, yes, empty, no) =>
      `同期対象 ${rows(through)} (「はい」${format.number(yes)}、空欄 ${format.number(empty)})、除外 ${rows(no)} (「いいえ」)`,
  },
  requested: {
    header: '開始の準備ができました',
    summary: (name) => `「${name}」の同期を開始できます。確認をお待ちしています。`,
    by: (user) => `依頼者: ${user}`,
    channel: (channel) => `進捗の投稿先: ${channel}`,
    email: (address) => `完了メールの宛先: ${address}`,
    warning: '選択したデータをすべてコピーします。重複はチェックされません。組織は変更できません。',
    confirmTitle: '同期を開始しますか？',
    confirmText: (name) =>
      `「${name}」の選択したデータをすべてマーケティング データベースにコピーします。数時間かかる場合があります。`,
    confirmYes: '開始する',
    confirmNo: 'キャンセル',
  },
  started: {
    headers: {
      copying: '初回同期を実行中',
      running: '同期を実行中',
      paused: '同期を一時停止中',
      stopped: '同期が停止しました',
    },
    by: (user, date) => `${user} が ${date} に開始`,
    copying: (channel) => `進捗は ${channel} でご覧いただけます。`,
    running: (rowCount, date) =>
      `${date} に初回同期 (${rows(rowCount)}) が完了しました。以降の変更は自動的に反映されます。`,
    paused: (user, date) => `${user} が ${date} に一時停止しました。その間の変更は、再開後に反映されます。`,
    fieldsLater: '初回同期の実行中は、項目を変更できません。',
    summary: (state, name) => `${state}: ${name}`,
  },
};
