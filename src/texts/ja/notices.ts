import type { notices as english } from '../en/notices.ts';

const by = (user: string | undefined): string => (user ? ` ${user} によって` : '');

export const notices: typeof english = {
  notConnected: () => 'Dynamics 365 はまだ接続されていません。管理者は `/dynamics 設定` から始められます。',
  nothingToPause: () => '同期が実行されていないため、一時停止できません。',
  nothingToResume: () => '同期は一時停止されていません。',
  alreadyPaused: ({ user }) => `同期はすでに${by(user)}一時停止されています。`,
  alreadyConfirmed: ({ user }) => `組織はすでに${by(user)}確定されています。変更はできません。`,
  alreadyStarted: ({ user }) => `同期はすでに${by(user)}開始されています。`,
  outdated: () => 'このボタンは無効になっています。現在の状態は次のとおりです。',
  notNow: () => '現在、この操作は行えません。',
  otherOrganization: () => '別の組織に対する操作です。設定は変わっていません。',
  confirmFirst: () => '先に組織を確認してください。',
  secondAdmin: ({ user }) =>
    `認証情報を入力した方 (${user ?? 'ご本人'}) 以外の管理者が、組織を確定する必要があります。設定は変わっていません。`,
  fieldsFirst: () => '先に項目を選択してください。',
  fieldsLocked: () => '初回同期の実行中は、項目を変更できません。',
  cannotPost: ({ channel }) =>
    `ボットは${channel ? ` ${channel} ` : 'このチャンネル'}に投稿できません。チャンネルで \`/invite @Dynamics Sync\` と入力してから、もう一度お試しください。`,
  unknownWord: ({ word }) => `「${word ?? ''}」というコマンドは見つかりませんでした。`,
  pressToOpen: () => 'ボタンを押して進めてください。',
  checking: () => '保存済みの認証情報を検証しています。結果はまもなく届きます。',
  exported: () => '保存できなかったデータの一覧を、このアプリとのダイレクトメッセージに送りました。',
  personUnknown: () =>
    'どなたの操作かを Slack で確認できなかったため、何も実行していません。もう一度お試しください。同じ状態が続く場合は、このアプリの運用担当者にお知らせください。',
  tooLate: () => '時間切れになりました。もう一度お試しください。',
};
