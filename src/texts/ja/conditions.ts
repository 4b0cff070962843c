import type { conditions as english } from '../en/conditions.ts';
import { rows } from './format.ts';

export const conditions: typeof english = {
  throttled: (since) =>
    `${since} から Dynamics 365 が要求を制限しています。速度は落ちますが、同期は自動的に続行されます。`,
  waiting: (cause, since) => `${since} から待機中です。${cause}同期は自動的に続行されます。`,
  interposed: 'Dynamics 365 の代わりに、プロキシやメンテナンス ページなどが応答しています。',
  'fields-gone': (entity, fields) =>
    `「${entity}」: ${fields} を読み取れなくなったため、同期から外しました。この項目を外して、項目を保存し直してください。`,
  'entity-gone': (entity) => `「${entity}」: テーブルを読み取れなくなったため、同期から外しました。`,
  'type-changed': (entity, fields) =>
    `「${entity}」: Dynamics 365 で ${fields} の種類が変わりました。項目を保存し直すまで、値が合わないデータはエラーになります。`,
  'deletes-held': (entity, deletes, all) =>
    `「${entity}」: Dynamics 365 で ${rows(all)}のうち ${rows(deletes)}が一度に削除されました。管理者が確認するまで、こちらのデータは残します。`,
  rereading: (entity, reason) =>
    `「${entity}」: ${reason === '' ? '' : `${reason}、`}テーブル全体を読み直しています。ほかの同期は通常どおり続いています。`,
  reasons: {
    'link-expired': 'Dynamics 365 で前回の位置情報の期限が切れたため',
    'plan-changed': '項目またはフィルターが変わったため',
    'rows-differ': 'Dynamics 365 と異なるデータが多いため',
    'link-refused': '保存済みの位置情報を Dynamics 365 が受け付けなくなったため',
  },
  refreshing: (entity, fields, read, all) =>
    `「${entity}」: 取り込み済みのデータについて ${fields} を取り込んでいます${read === 0 ? '' : `（${all === null ? `現在 ${rows(read)}` : `${rows(all)}中 ${rows(read)}`}）`}。ほかの同期は通常どおり続いています。`,
  refreshingPeriod: (entity, fields, period, read) =>
    `「${entity}」: ${period} のデータについて ${fields} を取り込んでいます${read === 0 ? '' : `（現在 ${rows(read)}）`}。ほかの同期は通常どおり続いています。`,
};
