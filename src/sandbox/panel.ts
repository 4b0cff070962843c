import type { Dataverse } from './dataverse/server.ts';
import type { PanelState } from './slack/page-api.ts';
import type { Panel } from './slack/page-routes.ts';
import { countStoredRows } from './stored-rows.ts';

export const sandboxEntities = ['account', 'contact', 'lead', 'opportunity', 'systemuser'] as const;

export interface PanelOptions {
  dataverse: Dataverse;
  credentials: Record<string, string>;
  databasePath: string;
}

type Words = { en: string; ja: string };

interface PanelAction {
  label: Words;
  /** Plays it in the organization and says what it did. */
  play(dataverse: Dataverse, turn: number): Words;
}

/** What people do in Dynamics while they try the sync. Each turn takes another row. */
const actions: Record<string, PanelAction> = {
  'change-lead': {
    label: { en: 'Change a lead', ja: 'リードを変更' },
    play(dataverse, turn) {
      const lead = rowAt(dataverse, 'lead', turn);
      const subject = `Changed in Dynamics (${turn + 1})`;
      dataverse.update('lead', String(lead.leadid), { subject });
      return {
        en: `${lead.fullname}: topic is now “${subject}”.`,
        ja: `${lead.fullname}：件名を「${subject}」にしました。`,
      };
    },
  },
  'create-contact': {
    label: { en: 'Create a contact', ja: '取引先担当者を作成' },
    play(dataverse, turn) {
      const lastname = `Nakamura ${turn + 1}`;
      dataverse.create('contact', {
        firstname: 'Yui',
        lastname,
        emailaddress1: `yui.nakamura${turn + 1}@contoso.example`,
      });
      return { en: `Yui ${lastname} is new.`, ja: `Yui ${lastname} を作成しました。` };
    },
  },
  'delete-contact': {
    label: { en: 'Delete a contact', ja: '取引先担当者を削除' },
    play(dataverse, turn) {
      const contact = rowAt(dataverse, 'contact', turn * 7);
      dataverse.delete('contact', String(contact.contactid));
      return { en: `${contact.fullname} is deleted.`, ja: `${contact.fullname} を削除しました。` };
    },
  },
};

function rowAt(dataverse: Dataverse, entity: string, index: number) {
  const rows = dataverse.table(entity).all();
  const row = rows[index % rows.length];
  if (!row) throw new Error(`The organization has no ${entity}.`);
  return row;
}

export function createPanel({ dataverse, credentials, databasePath }: PanelOptions): Panel {
  let done: Words | null = null;
  let turn = 0;

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
      done,
    };
  }

  return {
    state,
    async act(id) {
      const action = actions[id];
      if (!action) throw new Error(`The panel has no action "${id}".`);
      done = action.play(dataverse, turn++);
      return await state();
    },
  };
}
