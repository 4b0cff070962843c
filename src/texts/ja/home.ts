import type { access as englishAccess, home as englishHome } from '../en/home.ts';

export const home: typeof englishHome = {
  setup: '設定',
  marks: { done: '完了', next: '次の手順', later: '未実施' },
  steps: { connect: 'Dynamics 365 に接続', fields: '項目の選択', start: '同期の開始' },
  confirmNext: '組織の確認待ち',
  startNext: '開始の確認待ち',
  by: (user) => `${user} が実施`,
  status: '同期',
  news: '最近のお知らせ',
  noNews: 'お知らせはまだありません。',
  language: '言語 (Language)',
  languageHint: 'このアプリがあなたに表示する言語です。チャンネルへの投稿はチャンネルの言語で表示されます。',
  languages: { slack: 'Slack と同じ', en: 'English', ja: '日本語' },
  people: '管理者が許可したメンバー',
  peopleHint: 'このアプリでは、ワークスペースの管理者と同じ操作ができます。',
};

export const access: typeof englishAccess = {
  sent: (admins) => `${admins} に依頼を送信しました。回答があり次第、メッセージでお知らせします。`,
  notSent: '現在、依頼できる管理者が見つかりません。しばらくしてからもう一度お試しください。',
  waiting: 'すでに依頼済みです。回答があり次第、メッセージでお知らせします。',
  already: 'この操作はすでに許可されています。もう一度お試しください。',
  request: (user) => `${user} さんが、Dynamics 365 との同期の設定と操作の許可を求めています。`,
  requestNote: '許可は、このアプリのホームからいつでも取り消せます。',
  allowed: (user, by) => `${by} が ${user} に同期の設定と操作を許可しました。`,
  declined: (user, by) => `${by} が ${user} の依頼に「今はしない」と回答しました。`,
  youMay: (by) =>
    `${by} が同期の設定と操作を許可しました。\`/dynamics ヘルプ\` と入力すると、使えるコマンドを確認できます。`,
  youMayNot: (by) => `${by} がご依頼に「今はしない」と回答しました。直接ご相談ください。`,
  cannotBe: (user) => `${user} には許可できません。ゲスト、アプリ、社外のメンバーは対象外です。`,
  gone: 'この依頼は見つかりません。',
  withdrawn: (user) => `${user} への許可を取り消しました。`,
  notAllowed: (user) => `${user} への許可は、すでに取り消されています。`,
  withdrawTitle: '許可を取り消しますか？',
  withdrawText: 'このメンバーは、同期の状態の確認だけができるようになります。',
  withdrawYes: '取り消す',
  withdrawNo: 'キャンセル',
};
