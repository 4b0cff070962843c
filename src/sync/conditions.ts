import type { Clock } from '../lib/clock.ts';
import type { Condition, ConditionKind } from '../model/condition.ts';
import type { Fault } from '../model/fault.ts';

/** What people must know of at present. One of a kind for each entity; it keeps the time it began. */
export interface Conditions {
  /** @param since ISO 8601, where it began before this run. */
  raise(kind: ConditionKind, entity: string | null, details?: Condition['details'], since?: string): void;
  clear(kind: ConditionKind, entity: string | null): void;
  list(): Condition[];
}

export function createConditions(clock: Clock): Conditions {
  const present = new Map<string, Condition>();
  const keyOf = (kind: ConditionKind, entity: string | null) => `${kind} ${entity ?? ''}`;
  return {
    raise(kind, entity, details = {}, since = new Date(clock.now()).toISOString()) {
      const key = keyOf(kind, entity);
      const began = present.get(key)?.since ?? since;
      present.set(key, { kind, ...(entity === null ? {} : { entity }), since: began, details });
    },
    clear: (kind, entity) => void present.delete(keyOf(kind, entity)),
    list: () => [...present.values()],
  };
}

/** What waits for a fault to pass: entities by their names, and whatever else is at work. */
export interface Waits {
  /** @param fault null: it goes on. */
  set(what: string, fault: Fault | null): void;
  first(): Fault | null;
}

export function createWaits(conditions: Conditions, entities: readonly string[]): Waits {
  const waiting = new Map<string, Fault>();
  return {
    set(what, fault) {
      const entity = entities.includes(what) ? what : null;
      const kind = fault?.code === 'throttled' ? 'throttled' : 'waiting';
      if (!fault || kind !== 'throttled') conditions.clear('throttled', entity);
      if (!fault || kind !== 'waiting') conditions.clear('waiting', entity);
      if (!fault) return void waiting.delete(what);
      waiting.set(what, fault);
      conditions.raise(kind, entity, { code: fault.code });
    },
    first: () => [...waiting.values()][0] ?? null,
  };
}
