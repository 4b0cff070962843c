import type { Clock } from '../lib/clock.ts';
import type { Credentials } from '../model/credentials.ts';
import type { EntityCandidate, EntitySchema } from '../model/entity.ts';
import type { Connection, Dynamics, FilterCount } from '../ports/dynamics.ts';

/** What Dynamics says about its own structure. Asked for once, then answered from here for a while. */
export interface SchemaCache {
  schemas(): Promise<readonly EntitySchema[]>;
  /** Whatever is at hand, at once; null when nothing is. */
  atHand(): readonly EntitySchema[] | null;
  /** Of entities that are not synced yet; asked for anew each time. */
  describe(names: readonly string[]): Promise<readonly EntitySchema[]>;
  /** Custom entities that can be added, synced ones among them. */
  candidates(): Promise<readonly EntityCandidate[]>;
  candidatesAtHand(): readonly EntityCandidate[] | null;
  rows(): Promise<Readonly<Record<string, number | null>>>;
  rowsAtHand(): Readonly<Record<string, number | null>> | null;
  /** On a large table it takes a while: Dynamics does not count more than 50,000 rows at once. */
  countFilter(schema: EntitySchema): Promise<FilterCount>;
  /** By entity, as far as it has been counted lately. */
  filterCountsAtHand(): Readonly<Record<string, FilterCount>>;
  /** There are more entities than before: the next one who asks for schemas or rows hears of them, too. */
  outdate(): void;
  /** Forgets everything, e.g. because there are other credentials. */
  clear(): void;
  close(): Promise<void>;
}

export interface SchemaCacheDeps {
  dynamics: Pick<Dynamics, 'connect'>;
  credentials: () => Promise<Credentials>;
  /** Names of those that can be chosen from now. */
  entities: () => Promise<readonly string[]>;
  clock: Clock;
}

/** Somebody who has just made a column in Dynamics opens the list of fields again to find it there. */
const schemasFreshMs = 60_000;
const countsFreshMs = 10 * 60_000;

export function createSchemaCache({ dynamics, credentials, entities, clock }: SchemaCacheDeps): SchemaCache {
  const closing = new AbortController();
  const line = holdConnection({ dynamics, credentials });
  const { ask } = line;
  const schemas = remember(clock, schemasFreshMs, async () => {
    const names = await entities();
    return await ask((connection) => connection.readSchemas(names, closing.signal));
  });
  const candidates = remember(clock, schemasFreshMs, () =>
    ask((connection) => connection.findEntities(closing.signal)),
  );
  const rows = remember(clock, countsFreshMs, async () => {
    const known = await schemas.get();
    return await ask((connection) => connection.countRows(known, closing.signal));
  });
  const filterCounts = new Map<string, Remembered<FilterCount>>();

  function countFilter(schema: EntitySchema): Promise<FilterCount> {
    const known =
      filterCounts.get(schema.name) ??
      remember(clock, countsFreshMs, () =>
        ask((connection) => connection.countFilter(schema, closing.signal)),
      );
    filterCounts.set(schema.name, known);
    return known.get();
  }

  return {
    schemas: schemas.get,
    atHand: schemas.atHand,
    describe: (names) => ask((connection) => connection.readSchemas(names, closing.signal)),
    candidates: candidates.get,
    candidatesAtHand: candidates.atHand,
    rows: rows.get,
    rowsAtHand: rows.atHand,
    countFilter,
    filterCountsAtHand: () =>
      Object.fromEntries(
        [...filterCounts].flatMap(([entity, count]) => {
          const value = count.atHand();
          return value ? [[entity, value]] : [];
        }),
      ),
    outdate() {
      schemas.outdate();
      rows.outdate();
    },
    clear() {
      filterCounts.clear();
      schemas.clear();
      candidates.clear();
      rows.clear();
      line.retire();
    },
    async close() {
      closing.abort();
      await line.close();
    },
  };
}

interface Held {
  connection: Promise<Connection>;
  /** Questions that wait for their answer. */
  asked: number;
}

/** One connection for all questions, so that a token and a pool serve them all; with other credentials another one. */
function holdConnection({ dynamics, credentials }: Pick<SchemaCacheDeps, 'dynamics' | 'credentials'>) {
  let held: Held | null = null;
  const closings = new Set<Promise<void>>();

  function close({ connection }: Held): void {
    const closing = connection.then((open) => open.close()).catch(() => {});
    closings.add(closing);
    void closing.then(() => closings.delete(closing));
  }

  async function ask<T>(question: (connection: Connection) => Promise<T>): Promise<T> {
    held ??= { connection: credentials().then((known) => dynamics.connect(known)), asked: 0 };
    const mine = held;
    mine.asked += 1;
    try {
      return await question(await mine.connection);
    } catch (error) {
      // Credentials that could not be opened may be there the next time.
      if (held === mine) held = null;
      throw error;
    } finally {
      mine.asked -= 1;
      if (mine !== held && mine.asked === 0) close(mine);
    }
  }

  function retire(): void {
    if (held?.asked === 0) close(held);
    held = null;
  }

  return {
    ask,
    /** The next question opens another one; those under way get their answers first. */
    retire,
    async close(): Promise<void> {
      retire();
      await Promise.all(closings);
    },
  };
}

interface Remembered<T> {
  get(): Promise<T>;
  atHand(): T | null;
  /** What is at hand stays so until there is something newer. */
  outdate(): void;
  clear(): void;
}

/** One answer for all who ask at the same time; a failed one is not kept. */
function remember<T>(clock: Clock, freshMs: number, ask: () => Promise<T>): Remembered<T> {
  let kept: { value: T; at: number } | null = null;
  let asking: Promise<T> | null = null;
  /** Counts the clearings: an answer that was asked for before one is about another organization. */
  let generation = 0;
  async function renew(): Promise<T> {
    const mine = generation;
    const value = await ask();
    if (mine === generation) kept = { value, at: clock.now() };
    return value;
  }
  return {
    async get() {
      if (kept && clock.now() - kept.at < freshMs) return kept.value;
      const mine = asking ?? renew();
      asking = mine;
      try {
        return await mine;
      } finally {
        if (asking === mine) asking = null;
      }
    },
    atHand: () => kept?.value ?? null,
    outdate() {
      generation++;
      if (kept) kept.at = Number.NEGATIVE_INFINITY;
      asking = null;
    },
    clear() {
      generation++;
      kept = null;
      asking = null;
    },
  };
}
