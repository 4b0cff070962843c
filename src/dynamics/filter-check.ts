import type { CheckResult } from './checklist.ts';
import { dynamicsError } from './dynamics-error.ts';
import { definitionPath } from './entity-heads.ts';
import { nullIfRefused } from './refusal.ts';
import type { WebApi } from './web-api.ts';
import { attributesAnswer } from './web-api-answers.ts';

/** The column that keeps rows out of the sync, by Marketo's name for it. */
const column = 'new_synctomkto';

/** Entities that are never filtered. */
const unfiltered: readonly string[] = ['systemuser'];

type Finding = 'present' | 'absent' | 'unusable' | null;

/** Which entities can be filtered. @returns with a remark where a column of that name is of another kind. */
export async function checkFilter(
  api: WebApi,
  names: readonly string[],
  signal: AbortSignal,
): Promise<CheckResult<true>> {
  const asked = names.filter((name) => !unfiltered.includes(name));
  const found = await Promise.all(asked.map((name) => findColumn(api, name, signal)));
  const those = (finding: Finding) => asked.filter((_, index) => found[index] === finding);
  if (found.every((finding) => finding === null)) return { unread: { kind: 'not-readable' } };
  const unusable = those('unusable').join(', ');
  if (unusable) {
    const warning = dynamicsError('filter-unusable', `${column} is no two-option column`, {
      recovery: 'ask-admin',
      details: { entity: unusable },
    });
    return { value: true, warning };
  }
  return { value: true, note: { kind: 'filter', present: those('present'), absent: those('absent') } };
}

async function findColumn(api: WebApi, entity: string, signal: AbortSignal): Promise<Finding> {
  const query = `$select=LogicalName,AttributeType&$filter=LogicalName eq '${column}'`;
  const target = `${definitionPath(entity)}/Attributes?${query.replaceAll(' ', '%20')}`;
  const answer = await nullIfRefused(api.getJson(target, attributesAnswer, { signal, entity, fresh: true }));
  if (!answer) return null;
  // By its name once more: not every server filters.
  const found = answer.value.find(({ LogicalName }) => LogicalName === column);
  if (!found) return 'absent';
  return !found.AttributeType || found.AttributeType === 'Boolean' ? 'present' : 'unusable';
}
