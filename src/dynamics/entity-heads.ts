import type { z } from 'zod';
import { AppError } from '../lib/errors.ts';
import type { EntitySchema } from '../model/entity.ts';
import { dynamicsError } from './dynamics-error.ts';
import { parseLabel } from './label.ts';
import { isNotFound, isRefusal, nullIfRefused } from './refusal.ts';
import type { WebApi } from './web-api.ts';
import { type EntityDefinition, entityDefinitionAnswer, entityDefinitionsAnswer } from './web-api-answers.ts';

const definitionColumns =
  'LogicalName,EntitySetName,PrimaryIdAttribute,PrimaryNameAttribute,ChangeTrackingEnabled,DisplayName';

/** An entity without its fields, which take a request of their own. */
export type EntityHead = Omit<EntitySchema, 'fields'>;

/** What every organization calls the standard entities, for definitions that leave it out. */
const wellKnown: Readonly<Record<string, Pick<EntityHead, 'entitySetName' | 'primaryName'>>> = {
  account: { entitySetName: 'accounts', primaryName: 'name' },
  contact: { entitySetName: 'contacts', primaryName: 'fullname' },
  lead: { entitySetName: 'leads', primaryName: 'fullname' },
  opportunity: { entitySetName: 'opportunities', primaryName: 'name' },
  systemuser: { entitySetName: 'systemusers', primaryName: 'fullname' },
};

/**
 * The entities that exist among `names` and can be reached by the Web API, in their order ("Query table
 * definitions using the Web API"; metadata answers are never paged). Where the list is refused or empty each is
 * asked for by itself.
 */
export async function readEntityHeads(
  api: WebApi,
  names: readonly string[],
  signal: AbortSignal,
): Promise<EntityHead[]> {
  if (names.length === 0) return [];
  const filter = names.map((name) => `LogicalName eq '${quoted(name)}'`).join(' or ');
  const query = `$select=${definitionColumns}&$filter=${encodeURIComponent(filter)}`;
  const options = { signal, fresh: true };
  const list = api.getJson(`EntityDefinitions?${query}`, entityDefinitionsAnswer, options);
  const listed = toHeads(names, (await nullIfRefused(list))?.value ?? []);
  if (listed.length > 0) return listed;
  const isListed = await list.then(
    () => true,
    (thrown: unknown) => !isPassing(thrown),
  );
  return toHeads(names, await readOneByOne(api, names, isListed, signal));
}

/** What may be of the moment, or of a gateway that knows none of Dataverse's addresses. */
function isPassing(thrown: unknown): boolean {
  const codes = ['not-dynamics', 'answer-malformed', 'server-failed'];
  return thrown instanceof AppError && codes.includes(thrown.code);
}

/**
 * @param isListed false where the list failed in a way that may pass: then only Dataverse's own word counts for one
 * being missing.
 * @throws AppError the first refusal, where none was found and one of them was not for being missing.
 */
async function readOneByOne(
  api: WebApi,
  names: readonly string[],
  isListed: boolean,
  signal: AbortSignal,
): Promise<EntityDefinition[]> {
  const found: EntityDefinition[] = [];
  const refusals: unknown[] = [];
  const unlikes: AppError[] = [];
  const readOne = async (name: string): Promise<void> => {
    const target = `${definitionPath(name)}?$select=${definitionColumns}`;
    try {
      const definition = await api.getJson(target, entityDefinitionAnswer, { signal, fresh: true });
      if (isAbout(name, definition)) found.push({ ...definition, LogicalName: name });
      else unlikes.push(unlike(name));
    } catch (thrown) {
      if (!isRefusal(thrown) || (!isListed && isPassing(thrown))) throw thrown;
      if (!isNotFound(thrown)) refusals.push(thrown);
    }
  };
  await Promise.all(names.map(readOne));
  if (found.length === 0 && refusals.length > 0) throw refusals[0];
  // A list that is empty though there is one was none, and what is something else says nothing.
  if (unlikes.length > 0 && (!isListed || found.length > 0)) throw unlikes[0];
  return found;
}

function unlike(entity: string): AppError {
  return dynamicsError('answer-malformed', `What should be the definition of ${entity} is something else`, {
    recovery: 'retry',
    details: { entity },
  });
}

/** An answer to something else has none of these. */
function isAbout(name: string, definition: z.infer<typeof entityDefinitionAnswer>): boolean {
  const { LogicalName, EntitySetName, PrimaryIdAttribute } = definition;
  return LogicalName ? LogicalName === name : Boolean(EntitySetName || PrimaryIdAttribute);
}

/** Below the Web API's root. */
export function definitionPath(name: string): string {
  return `EntityDefinitions(LogicalName='${encodeURIComponent(quoted(name))}')`;
}

function quoted(name: string): string {
  return name.replaceAll("'", "''");
}

function toHeads(names: readonly string[], definitions: readonly EntityDefinition[]): EntityHead[] {
  const byName = new Map(definitions.map((definition) => [definition.LogicalName, definition]));
  return names.flatMap((name) => {
    const definition = byName.get(name);
    const entitySetName = definition?.EntitySetName || wellKnown[name]?.entitySetName;
    return definition && entitySetName ? [entityHead(name, entitySetName, definition)] : [];
  });
}

function entityHead(name: string, entitySetName: string, definition: EntityDefinition): EntityHead {
  return {
    name,
    entitySetName,
    primaryId: definition.PrimaryIdAttribute || `${name}id`,
    primaryName: definition.PrimaryNameAttribute || (wellKnown[name]?.primaryName ?? ''),
    // Where nothing is said it is tried: a table that turns out not to be tracked has no delta link.
    changeTracking: definition.ChangeTrackingEnabled ?? true,
    label: parseLabel(definition.DisplayName),
  };
}
