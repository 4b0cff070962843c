/** How many changes of each entity wait in Dynamics. */
export function createBacklogs() {
  const upToDate = new Set<string>();
  const counted = new Map<string, number>();
  return {
    /** Null when it is not known. */
    of: (entity: string): number | null => counted.get(entity) ?? (upToDate.has(entity) ? 0 : null),
    /** As Dynamics says; until everything has been fetched the next time. */
    set: (entity: string, changes: number): void => void counted.set(entity, changes),
    /** All changes up to now have been fetched. @returns whether this is the first time. */
    setUpToDate(entity: string): boolean {
      counted.delete(entity);
      const before = upToDate.size;
      return upToDate.add(entity).size > before;
    },
  };
}

export type Backlogs = ReturnType<typeof createBacklogs>;
