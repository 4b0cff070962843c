import type { EntityProgress, InitialSummary } from '../model/progress.ts';
import type { Texts } from '../texts/catalogue.ts';
import { entityName } from './entity-name.ts';

type Counts = Pick<EntityProgress, 'stored' | 'filtered' | 'failed'>;

/** What an initial sync did, all entities together. */
export const totalOf = ({ entities }: InitialSummary): Counts => ({
  stored: entities.reduce((sum, { stored }) => sum + stored, 0),
  filtered: entities.reduce((sum, { filtered }) => sum + filtered, 0),
  failed: entities.reduce((sum, { failed }) => sum + failed, 0),
});

export const secondsOf = ({ startedAt, endedAt }: InitialSummary): number =>
  Math.max(0, (Date.parse(endedAt) - Date.parse(startedAt)) / 1000);

const counts = (t: Texts, { stored, filtered, failed }: Counts): string =>
  [
    t.completion.stored(stored),
    ...(filtered > 0 ? [t.completion.filtered(filtered)] : []),
    ...(failed > 0 ? [t.completion.failed(failed)] : []),
  ].join(t.entities.separator);

/** One line per entity, plain text: `Lead: 25,000 rows stored, 3 failed`. */
export const summaryLines = (t: Texts, { entities }: InitialSummary): string[] =>
  entities.map((entity) => t.entities.line(entityName(t, entity.entity), counts(t, entity)));

export const totalLine = (t: Texts, summary: InitialSummary): string =>
  t.entities.line(t.completion.total, counts(t, totalOf(summary)));
