import type { Selection } from './selection.ts';

/** What a save of the fields changed of one entity. Fields by logical name. */
export interface SelectionChange {
  entity: string;
  added: readonly string[];
  removed: readonly string[];
  /** Null: the filter stays as it is. */
  filter: 'on' | 'off' | null;
}

/** @param before null when nothing was saved before: then all of `after` is new, which is no change to tell. */
export function selectionChanges(before: Selection | null, after: Selection): SelectionChange[] {
  if (!before) return [];
  const entities = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...entities]
    .map((entity) => changeOf(entity, before[entity], after[entity]))
    .filter(({ added, removed, filter }) => added.length > 0 || removed.length > 0 || filter !== null);
}

function changeOf(
  entity: string,
  before: Selection[string] | undefined,
  after: Selection[string] | undefined,
): SelectionChange {
  const [old, now] = [new Set(before?.fields), new Set(after?.fields)];
  const [wasOn, isOn] = [before?.filter ?? false, after?.filter ?? false];
  const switched = isOn ? 'on' : 'off';
  return {
    entity,
    added: [...now].filter((field) => !old.has(field)),
    removed: [...old].filter((field) => !now.has(field)),
    filter: wasOn === isOn ? null : switched,
  };
}
