export interface Backlog {
  changes: number;
  /** When the row was changed that waits the longest, ISO 8601; null where that is not known. */
  oldestAt: string | null;
}

const none: Backlog = { changes: 0, oldestAt: null };

/** How many changes of each entity wait in Dynamics. */
export function createBacklogs() {
  const upToDate = new Set<string>();
  const counted = new Map<string, Backlog>();
  return {
    /** Null when it is not known. */
    of: (entity: string): Backlog | null => counted.get(entity) ?? (upToDate.has(entity) ? none : null),
    /** As Dynamics says; until everything has been fetched the next time. */
    set: (entity: string, backlog: Backlog): void => void counted.set(entity, backlog),
    /** All changes up to now have been fetched. @returns whether this is the first time. */
    setUpToDate(entity: string): boolean {
      counted.delete(entity);
      const before = upToDate.size;
      return upToDate.add(entity).size > before;
    },
  };
}

export type Backlogs = ReturnType<typeof createBacklogs>;
