import type { Organization } from '../organization.ts';
import { isoSeconds } from '../organization.ts';
import type { Column, ColumnType, TableSchema } from '../tables/column.ts';
import { completeColumn } from '../tables/column.ts';
import { createRandom } from './random.ts';

/** A table that the organization's people have made themselves: who comes to which event. */
export const eventTable = 'new_event';

export function eventSchema(untracked: readonly string[]): TableSchema {
  const columns = [
    column('new_eventid', 'Uniqueidentifier', ['Event registration', 'イベント申込']),
    column('new_name', 'String', ['Event', 'イベント']),
    column('new_contactid', 'Lookup', ['Attendee', '参加者'], ['contact']),
    column('new_attended', 'Boolean', ['Attended', '出席']),
    column('new_fee', 'Money', ['Fee', '参加費']),
    column('new_seats', 'Integer', ['Seats', '席数']),
    column('new_startson', 'DateTime', ['Starts on', '開始日時']),
    column('createdon', 'DateTime', ['Created On', '作成日']),
    column('modifiedon', 'DateTime', ['Modified On', '修正日']),
    column('createdby', 'Lookup', ['Created By', '作成者'], ['systemuser']),
    column('modifiedby', 'Lookup', ['Modified By', '修正者'], ['systemuser']),
    column('ownerid', 'Owner', ['Owner', '所有者'], ['systemuser']),
  ];
  return {
    name: eventTable,
    schemaName: 'new_Event',
    set: 'new_events',
    primaryId: 'new_eventid',
    primaryName: 'new_name',
    typeCode: 10_501,
    tracksChanges: !untracked.includes(eventTable),
    labels: { en: 'Event registration', ja: 'イベント申込' },
    columns: new Map(columns.map((one) => [one.name, one])),
    properties: new Map(columns.map((one) => [one.property, one])),
  };
}

const events: readonly string[] = ['Spring Forum', '製造DXセミナー', 'Partner Day', '秋の展示会'];

/** One registration for every fourth contact. */
export function seedEvents(organization: Organization, seed: number, until: number): void {
  // A chance of its own, so that the ids of the other tables do not move.
  const random = createRandom(seed ^ 0xe7e7);
  const owner = [...(organization.tables.get('systemuser')?.rows() ?? [])].at(-1)?.id ?? null;
  const contacts = [...(organization.tables.get('contact')?.rows() ?? [])].filter((_, n) => n % 4 === 0);
  for (const { id } of contacts) {
    const at = isoSeconds(until - random.between(1, 500) * 86_400_000);
    organization.load(eventTable, random.guid(), {
      new_name: random.pick(events),
      new_contactid: id,
      new_attended: random.chance(0.7),
      new_fee: random.between(0, 40) * 500,
      new_seats: random.between(1, 4),
      new_startson: at,
      ...{ createdon: at, modifiedon: at, createdby: owner, modifiedby: owner, ownerid: owner },
    });
  }
}

function column(name: string, type: ColumnType, [en, ja]: [string, string], targets: string[] = []): Column {
  const choices = [
    { value: 0, labels: { en: 'No', ja: 'いいえ' } },
    { value: 1, labels: { en: 'Yes', ja: 'はい' } },
  ];
  return completeColumn({
    name,
    schemaName: name.replace(/_(\w)/, (_, letter: string) => `_${letter.toUpperCase()}`),
    type,
    format: type === 'DateTime' ? 'DateAndTime' : '',
    maxLength: undefined,
    requiredLevel: 'None',
    isCreatable: true,
    isUpdatable: true,
    targets,
    attributeOf: '',
    labels: { en, ja },
    choices: type === 'Boolean' ? choices : [],
    isCustom: name.startsWith('new_'),
  });
}
