import type { dynamicsFaults as english } from '../en/faults-dynamics.ts';
import { type FaultText, named } from '../fault-text.ts';

const appUsers =
  'Power Platform 管理センター > 環境 > 対象の環境 > 設定 > ユーザーとアクセス許可 > アプリケーション ユーザー';

export const dynamicsFaults: Record<keyof typeof english, FaultText> = {
  'user-missing': {
    cause: () => 'この組織に、このアプリケーションのアプリケーション ユーザーがいません。',
    remedy: () =>
      `「新しいアプリ ユーザー」で、アプリとセキュリティ ロールを選んで追加してください: ${appUsers}`,
  },
  'user-disabled': {
    cause: () => 'アプリケーション ユーザーが無効になっています。',
    remedy: () => `アプリケーション ユーザーを有効にしてください: ${appUsers}`,
  },
  'user-mismatch': {
    cause: (d) =>
      `入力されたユーザー${named(' (', d.username, ') ')}と、実際のアプリケーション ユーザー${named(' (', d.actual, ') ')}が一致しません。`,
    remedy: () => `次の画面に表示されているメール アドレスを入力してください: ${appUsers}`,
  },
  'role-missing': {
    cause: () => 'アプリケーション ユーザーにセキュリティ ロールが割り当てられていません。',
    remedy: () =>
      `「セキュリティ ロールの編集」で、組織全体を読み取れるロールを割り当ててください: ${appUsers}`,
  },
  'privilege-missing': {
    cause: (d) =>
      d.partial
        ? `アプリケーション ユーザーは${d.entity ? `「${d.entity}」` : 'データ'}の一部しか読み取れません (組織全体の権限がありません)${named(' (', d.privilege, ')')}。`
        : `アプリケーション ユーザーに${d.entity ? `「${d.entity}」` : '一部のデータ'}の読み取り権限がありません${named(' (', d.privilege, ')')}。`,
    remedy: () =>
      'アプリケーション ユーザーのセキュリティ ロールで、このテーブルの「読み取り」を「組織」にしてください: 設定 > ユーザーとアクセス許可 > セキュリティ ロール',
  },
  'privilege-unclear': {
    cause: (d) =>
      `「${d.entity ?? 'データ'}」は読み取れますが、アプリケーション ユーザーのロールには組織全体の読み取り権限がありません${named(' (', d.privilege, ')')}。`,
    remedy: () =>
      'チームの権限による可能性があります。念のため、アプリケーション ユーザー自身のセキュリティ ロールで、このテーブルの「読み取り」を「組織」にしてください。',
  },
  'access-denied': {
    cause: () => 'Dynamics 365 へのアクセスが拒否されました。対象は示されていません。',
    remedy: () =>
      `アプリケーション ユーザーのセキュリティ ロールをお確かめください: ${appUsers}。列のセキュリティ プロファイルが原因の場合もあります。`,
  },
  'location-blocked': {
    cause: () => 'この組織は、特定のネットワークからの接続だけを許可しています。',
    remedy: () =>
      'Power Platform の管理者に、このアプリの IP アドレスの追加をご依頼ください: 対象の環境 > 設定 > プライバシー + セキュリティ > IP ファイアウォール',
  },
  'tenant-restricted': {
    cause: () => 'この組織では、このテナントからのアクセスが許可されていません。',
    remedy: () =>
      'テナント分離 (Power Platform 管理センター > ポリシー) とテナント制限について、Power Platform の管理者にご確認ください。',
  },
  'application-blocked': {
    cause: () => 'この組織では、このアプリケーションによるデータへのアクセスが許可されていません。',
    remedy: () =>
      'Power Platform の管理者に、環境のクライアント アプリケーションのアクセス制御でこのアプリケーション ID を許可するようご依頼ください。',
  },
  'administration-mode': {
    cause: () => '環境が管理モードになっています。',
    remedy: () =>
      'メンテナンスが終わったら、管理モードを解除してください: Power Platform 管理センター > 環境 > 対象の環境 > 編集',
  },
  'organization-disabled': {
    cause: () => 'この組織は無効になっています。',
    remedy: () => '状態とライセンスをお確かめください: Power Platform 管理センター > 環境',
  },
  'organization-other': {
    cause: (d) =>
      `別の組織${named(' (', d.organization, ') ')}の認証情報です。このワークスペースの接続先は、確認済みの組織に固定されています。`,
    remedy: () =>
      '確認済みの組織の URL を入力してください。別の組織を使うには、アプリを別途インストールする必要があります。',
  },
  'change-tracking-off': {
    cause: (d) => {
      const tables = d.entity;
      return `${tables ? `「${tables}」` : '一部のテーブル'}で変更の追跡が無効になっています。`;
    },
    remedy: () =>
      '同期はできます。変更は更新日時をもとに毎回取り込みますが、削除の反映は 1 日 1 回になります。削除も毎回反映するには、Power Apps > テーブル > 対象のテーブル > プロパティ で「変更の追跡」を有効にしてください。',
  },
  'filter-unusable': {
    cause: (d) =>
      `${d.entity ? `「${d.entity}」の` : ''}列 new_synctomkto が「はい/いいえ」型ではないため、フィルターに使えません。`,
    remedy: () =>
      '「はい/いいえ」型の列として作り直すか、フィルターなしで続けてください。その場合はすべてのデータが同期されます。',
  },
  'marketo-user-unset': {
    cause: () => 'Marketo ソリューションがありますが、Marketo User が設定されていません。',
    remedy: () =>
      'このアプリには不要です。Marketo 本体もまだ接続している場合は、Dynamics の Marketo Config > Default でユーザーを選び、保存して公開してください。',
  },
  'marketo-user-other': {
    cause: (d) => `Marketo ソリューションには、別のユーザー${named(' (', d.name, ') ')}が設定されています。`,
    remedy: () =>
      'このアプリには影響ありません。同じユーザーに揃える場合は、Dynamics の Marketo Config > Default でアプリケーション ユーザーを選び、保存して公開してください。',
  },
  throttled: {
    cause: () => 'Dynamics 365 が要求の数を一時的に制限しています。',
    remedy: () => '操作は不要です。同期は自動的に続行されます。',
  },
  'server-failed': {
    cause: () => 'Dynamics 365 で内部エラーが発生しました。',
    remedy: () =>
      '数分後にもう一度お試しください。既知の障害は、Microsoft 365 管理センター > サービス正常性 で確認できます。',
  },
  'delta-expired': {
    cause: (d) =>
      `前回の同期以降の${d.entity ? `「${d.entity}」の` : ''}変更履歴が、Dynamics 365 に残っていません。`,
    remedy: () => '操作は不要です。テーブル全体を読み直します。変更のないデータはそのまま残ります。',
  },
  'field-unknown': {
    cause: (d) =>
      `同期対象の項目${named('「', d.field, '」')}が Dynamics 365 にありません${named(' (', d.entity, ')')}。`,
    remedy: () =>
      '`/dynamics 項目` を開き、内容を確認して (変更がなくても) 保存してから、同期を再開してください。次回からは、項目を削除する前に同期を一時停止してください。',
  },
  'entity-unknown': {
    cause: (d) => `同期対象のテーブル${named('「', d.entity, '」')}がこの組織にありません。`,
    remedy: () => 'テーブルが削除されていないか、必要なアプリがインストールされているかをお確かめください。',
  },
  'request-refused': {
    cause: () => 'Dynamics 365 が要求を拒否しました。',
    remedy: () => 'もう一度お試しください。解決しない場合は、下の情報をサポートにお送りください。',
  },
};
