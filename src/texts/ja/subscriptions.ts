import type { subscriptions as english } from '../en/subscriptions.ts';

export const subscriptions: typeof english = {
  kinds: {
    problems: '問題が起きたときの通知',
    daily: '毎朝のまとめ',
    all: '問題が起きたときの通知、毎朝のまとめ、管理者の操作',
  },
  begun: (what) => `このチャンネルに、Dynamics 365 との同期のお知らせが届くようになりました: ${what}`,
  by: (user) => `${user} が登録`,
  howToEnd: '`/dynamics 購読解除` で終了できます。',
  already: (what) => `このチャンネルはすでに登録されています: ${what}`,
  usage:
    'チャンネルで `/dynamics 購読 問題`、`/dynamics 購読 毎日`、`/dynamics 購読 すべて` のいずれかを入力してください。',
  noChannel: 'お知らせを受け取るチャンネルで入力してください。',
  external: '社外と共有されているチャンネルです。社内のチャンネルを選択してください。',
  ended: 'このチャンネルへのお知らせを終了しました。',
  none: 'このチャンネルは登録されていません。',
  problems: {
    not_in_channel: (channel) =>
      `ボットは ${channel} に投稿できません。チャンネルで \`/invite @Dynamics Sync\` と入力してから、もう一度お試しください。`,
    channel_not_found: (channel) =>
      `ボットは ${channel} を参照できません。チャンネルで \`/invite @Dynamics Sync\` と入力してから、もう一度お試しください。`,
    is_archived: (channel) => `${channel} はアーカイブされています。別のチャンネルを選択してください。`,
    external: (channel) =>
      `${channel} は社外と共有されるようになりました。社内のチャンネルで登録してください。`,
    restricted_action: (channel) =>
      `${channel} に投稿できるメンバーが制限されています。アプリの投稿を許可するよう、ワークスペースの管理者にご依頼ください。`,
    other: (channel) =>
      `ボットは ${channel} に投稿できません。チャンネルで \`/invite @Dynamics Sync\` と入力し、投稿の権限を確認してから、もう一度お試しください。`,
  },
  broken: (channel) => `登録いただいた ${channel} に、同期のお知らせを投稿できなくなりました。`,
};
