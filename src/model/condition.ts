/**
 * Something about the sync that people must know of for as long as it lasts.
 * - `throttled`: Dynamics holds the sync back. `waiting`: something else does, which may pass by itself.
 * - `fields-gone`, `entity-gone`: what was chosen cannot be read any more and is left out.
 * - `type-changed`: fields have another type in Dynamics than they are stored with.
 * - `deletes-held`: so many rows were deleted in Dynamics at once that somebody has to say that it was meant.
 * - `rereading`: the whole table is read again, or was with the last cycle. `refreshing`: fields are fetched for the rows that are there.
 */
export const conditionKinds = [
  'throttled',
  'waiting',
  'fields-gone',
  'entity-gone',
  'type-changed',
  'deletes-held',
  'rereading',
  'refreshing',
] as const;

export type ConditionKind = (typeof conditionKinds)[number];

export interface Condition {
  kind: ConditionKind;
  /** Logical name; absent where it is not about one. */
  entity?: string;
  /** ISO 8601. */
  since: string;
  /**
   * Values for the text. `waiting`: `code`; `fields-gone`, `type-changed`, `refreshing`: `fields`, comma separated;
   * `type-changed` also: of each field its stored and its new type, as `types`;
   * `refreshing` also: rows `read`, of how many `rows` where that is known, and the `period` as JSON where it is not
   * all rows; `deletes-held`: `deletes`, `rows`;
   * `rereading`: `reason`.
   */
  details: Readonly<Record<string, string>>;
}

/** Why a table is read again; `unknown` after a restart in the middle of it. */
export type RereadReason = 'link-expired' | 'plan-changed' | 'rows-differ' | 'link-refused' | 'unknown';
