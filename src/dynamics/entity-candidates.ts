import { type EntityCandidate, linkedEntities, standardEntities } from '../model/entity.ts';
import { parseLabel } from './label.ts';
import { readPrivileges } from './privileges.ts';
import { nullIfRefused } from './refusal.ts';
import type { WebApi } from './web-api.ts';
import { candidatesAnswer, whoAmIAnswer } from './web-api-answers.ts';

const query = [
  '$select=LogicalName,EntitySetName,PrimaryIdAttribute,PrimaryNameAttribute,ChangeTrackingEnabled,DisplayName,IsIntersect,IsPrivate',
  `$filter=${encodeURIComponent('IsCustomEntity eq true')}`,
  '$expand=ManyToOneRelationships($select=ReferencedEntity)',
].join('&');

/** So many names fit into the address of the question who may read them. */
const namesAtOnce = 40;

/** Custom entities with a lookup to a lead, a contact or an account, in the order of their names. */
export async function findEntities(api: WebApi, signal: AbortSignal): Promise<EntityCandidate[]> {
  const options = { signal, fresh: true };
  const answer = await nullIfRefused(api.getJson(`EntityDefinitions?${query}`, candidatesAnswer, options));
  const candidates = (answer?.value ?? []).flatMap((definition): EntityCandidate[] => {
    const { LogicalName: name, EntitySetName, IsIntersect, IsPrivate, ManyToOneRelationships } = definition;
    const referenced = new Set(ManyToOneRelationships?.map(({ ReferencedEntity }) => ReferencedEntity));
    const linkedTo = linkedEntities.filter((target) => referenced.has(target));
    const isOffered = EntitySetName && !IsIntersect && !IsPrivate && linkedTo.length > 0;
    if (!isOffered || (standardEntities as readonly string[]).includes(name)) return [];
    const changeTracking = definition.ChangeTrackingEnabled ?? true;
    return [{ name, label: parseLabel(definition.DisplayName), linkedTo, changeTracking }];
  });
  const unreadable = await findUnreadable(
    api,
    candidates.map(({ name }) => name),
    signal,
  );
  return candidates.filter(({ name }) => !unreadable.has(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What is known not to be readable; where Dynamics does not tell, its copy would say so. */
async function findUnreadable(
  api: WebApi,
  names: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const unreadable = new Set<string>();
  if (names.length === 0) return unreadable;
  const me = await nullIfRefused(api.getJson('WhoAmI', whoAmIAnswer, { signal }));
  if (!me) return unreadable;
  for (let at = 0; at < names.length; at += namesAtOnce) {
    const some = names.slice(at, at + namesAtOnce);
    const privileges = await readPrivileges({ api, userId: me.UserId, names: some, signal });
    for (const [name, { depth }] of privileges ?? []) if (depth === null) unreadable.add(name);
  }
  return unreadable;
}
