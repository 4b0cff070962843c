import type { Dataverse } from './dataverse/server.ts';
import type { PanelState } from './slack/page-api.ts';
import type { Panel } from './slack/page-routes.ts';
import { countStoredRows, findStoredRow } from './stored-rows.ts';

export const sandboxEntities = ['account', 'contact', 'lead', 'opportunity', 'systemuser'] as const;

export interface PanelOptions {
  dataverse: Dataverse;
  credentials: Record<string, string>;
  databasePath: string;
}

type Words = { en: string; ja: string };

type Row = Record<string, unknown>;

/** What was played in the organization. */
interface Deed {
  words: Words;
  entity: string;
  id: string;
  /** Whether the stored row shows it; undefined where it cannot. */
  shows(row: Row | undefined): boolean | undefined;
}

interface PanelAction {
  label: Words;
  play(dataverse: Dataverse, turn: number): Deed;
}

/** What people do in Dynamics while they try the sync. Each turn takes another row. */
const actions: Record<string, PanelAction> = {
  'change-lead': {
    label: { en: 'Change a lead', ja: 'リードを変更' },
    play(dataverse, turn) {
      // One that no filter keeps out.
      const lead = rowAt(dataverse, 'lead', turn, (row) => row.new_synctomkto !== false);
      const id = String(lead.leadid);
      const subject = `Changed in Dynamics (${turn + 1})`;
      dataverse.update('lead', id, { subject });
      return {
        words: {
          en: `${lead.fullname}: the topic is now “${subject}”.`,
          ja: `${lead.fullname}: トピックを「${subject}」に変更しました。`,
        },
        entity: 'lead',
        id,
        // The column is missing when nobody has chosen the field.
        shows: (row) => (row && !('subject' in row) ? undefined : row?.subject === subject),
      };
    },
  },
  'create-contact': {
    label: { en: 'Create a contact', ja: '取引先担当者を作成' },
    play(dataverse, turn) {
      const lastname = `Nakamura ${turn + 1}`;
      const id = dataverse.create('contact', {
        firstname: 'Yui',
        lastname,
        emailaddress1: `yui.nakamura${turn + 1}@contoso.example`,
      });
      return {
        words: { en: `Yui ${lastname} has been created.`, ja: `Yui ${lastname} を作成しました。` },
        entity: 'contact',
        id,
        shows: (row) => row !== undefined,
      };
    },
  },
  'delete-contact': {
    label: { en: 'Delete a contact', ja: '取引先担当者を削除' },
    play(dataverse, turn) {
      const contact = rowAt(dataverse, 'contact', turn * 7);
      const id = String(contact.contactid);
      dataverse.delete('contact', id);
      return {
        words: { en: `${contact.fullname} has been deleted.`, ja: `${contact.fullname} を削除しました。` },
        entity: 'contact',
        id,
        // A row that was never stored has nothing to be marked.
        shows: (row) => row && row._deleted_at !== null,
      };
    },
  },
};

function rowAt(
  dataverse: Dataverse,
  entity: string,
  index: number,
  fits: (row: Row) => boolean = () => true,
) {
  const rows = dataverse.table(entity).all().filter(fits);
  const row = rows[index % rows.length];
  if (!row) throw new Error(`The organization has no ${entity}.`);
  return row;
}

export function createPanel({ dataverse, credentials, databasePath }: PanelOptions): Panel {
  let last: Deed | null = null;
  let turn = 0;

  function done(): PanelState['done'] {
    if (!last) return null;
    const row = findStoredRow(databasePath, last.entity, last.id);
    const stored = row === null ? undefined : last.shows(row);
    return { ...last.words, ...(stored === undefined ? {} : { stored }) };
  }

  async function state(): Promise<PanelState> {
    const rows = countStoredRows(databasePath, sandboxEntities);
    return {
      credentials,
      entities: sandboxEntities.map((name, index) => ({
        name,
        dynamics: dataverse.table(name).count(),
        stored: rows[index]?.stored ?? null,
        deleted: rows[index]?.deleted ?? null,
      })),
      actions: Object.entries(actions).map(([id, { label }]) => ({ id, label })),
      done: done(),
    };
  }

  return {
    state,
    async act(id) {
      const action = actions[id];
      if (!action) throw new Error(`The panel has no action "${id}".`);
      last = action.play(dataverse, turn++);
      return await state();
    },
  };
}
