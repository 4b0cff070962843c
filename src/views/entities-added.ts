import type { EntityCounts } from '../model/progress.ts';
import type { Texts } from '../texts/catalogue.ts';
import { actions, button, context, header, section } from './blocks.ts';
import { entityName, type Schemas } from './entity-name.ts';
import { bulletLines, escapeText } from './markup.ts';
import { type Message, message } from './message.ts';
import { buttons } from './names.ts';

export interface EntitiesAddedInput {
  /** By logical name. */
  entities: readonly string[];
  schemas: Schemas;
  /** Nothing is copied before somebody resumes the sync. */
  isPaused: boolean;
}

/** Says to the one who added entities what comes of it. */
export function entitiesAdded(t: Texts, { entities, schemas, isPaused }: EntitiesAddedInput): Message {
  const names = entities.map((entity) => escapeText(entityName(t, entity, schemas)));
  const text = t.customEntities.added(names.join(t.entities.separator));
  const next = isPaused ? t.customEntities.copiedLater : t.customEntities.copiedNow;
  return message(text, [
    section(`${text}\n${next}`),
    actions(button(buttons.fieldsEdit, t.buttons.fieldsAgain)),
  ]);
}

export interface EntitiesCopiedInput {
  entities: readonly EntityCounts[];
  schemas: Schemas;
}

/** The reply in the thread of the initial sync when entities that were added later have been copied. */
export function entitiesCopied(t: Texts, { entities, schemas }: EntitiesCopiedInput): Message {
  const lines = entities.map(({ entity, stored, failed }) => {
    const counts = [t.completion.stored(stored), ...(failed > 0 ? [t.completion.failed(failed)] : [])];
    return t.entities.line(entityName(t, entity, schemas), counts.join(t.entities.separator));
  });
  const { copiedHeader, copied } = t.customEntities;
  return message([copiedHeader, ...lines].join('\n'), [
    header(copiedHeader),
    section(bulletLines(lines.map(escapeText))),
    ...(entities.some(({ failed }) => failed > 0) ? [section(t.completion.errors)] : []),
    context(copied),
  ]);
}
