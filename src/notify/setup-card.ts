import { WebAPIPlatformError } from '@slack/web-api';
import type { Logger } from '../lib/log.ts';
import type { EntitySchema } from '../model/entity.ts';
import type { SelectionChange } from '../model/selection-change.ts';
import type { MessageRef } from '../model/setup.ts';
import type { ConnectionDocument, ConnectionStore } from '../ports/connection-store.ts';
import type { FilterCount } from '../ports/dynamics.ts';
import { setupCard } from '../views/setup-card.ts';
import type { Poster, Written } from './poster.ts';

/** What the card shows besides the setup itself; known as far as it has been asked for. */
export interface CardFacts {
  rows: Readonly<Record<string, number | null>> | null;
  schemas: readonly EntitySchema[] | null;
  /** Of the last save of the fields. */
  changes: readonly SelectionChange[] | null;
  filterCounts: Readonly<Record<string, FilterCount>> | null;
  /** Whether it takes a second admin to confirm the organization. */
  secondAdmin: boolean;
}

/** The one message that leads through the setup. */
export interface SetupCard {
  /** Posts it in the first of these conversations that takes it; later refreshes go there. */
  show(channels: readonly string[]): Promise<void>;
  /** Brings it up to date, or another message of the bot's that has been overtaken by it. */
  refresh(ref?: MessageRef): Promise<void>;
}

export interface SetupCardDeps {
  poster: Poster;
  store: ConnectionStore;
  facts: () => CardFacts;
  log: Logger;
}

/** Somebody waits for the card: what Slack says no to now counts, whatever it may say later. */
function refusedNow(error: unknown): 'refused' {
  if (!(error instanceof WebAPIPlatformError)) throw error;
  return 'refused';
}

export function createSetupCard({ poster, store, facts, log }: SetupCardDeps): SetupCard {
  const write = (document: ConnectionDocument): Written => {
    const { rows, schemas, changes, filterCounts, secondAdmin } = facts();
    const { setup } = document;
    return (t) =>
      setupCard(t, {
        setup,
        rows,
        secondAdmin,
        ...(schemas ? { schemas } : {}),
        ...(changes ? { changes } : {}),
        ...(filterCounts ? { filterCounts } : {}),
      });
  };
  async function show(channels: readonly string[]): Promise<void> {
    const card = await poster.postFirst(channels, write(await store.read()), true);
    if (card) await store.update((document) => ({ document: { ...document, card } }));
    else log.error('The setup card cannot be posted anywhere', { channels });
  }
  return {
    show,
    async refresh(ref) {
      const document = await store.read();
      const { card, setup } = document;
      const target = ref ?? card;
      if (!target) return;
      const outcome = await poster.edit(target, write(document)).catch(refusedNow);
      // The setup cannot go on without its card: where it cannot be edited, a new one takes its place.
      if (outcome === 'edited' || ref) return;
      await show([target.channel, ...('enteredBy' in setup ? [setup.enteredBy] : [])]);
    },
  };
}
