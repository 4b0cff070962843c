import { isoSeconds } from '../organization.ts';
import type { Values } from '../tables/row.ts';
import type { Random } from './random.ts';

/** What rows refer to while they are made. */
export interface AccountSketch {
  id: string;
  name: string;
  isJapanese: boolean;
  /** Of its e-mail addresses and web site. */
  domain: string;
}

export interface ContactSketch {
  id: string;
  account: AccountSketch | undefined;
}

export interface World {
  random: Random;
  businessUnitId: string;
  currencies: { yen: string; dollar: string };
  users: { id: string; isJapanese: boolean }[];
  accounts: AccountSketch[];
  contacts: ContactSketch[];
  leads: string[];
  /** The end of the recorded time, milliseconds since 1970. */
  until: number;
  hasFilterColumn: boolean;
}

const DAY_MS = 24 * 3600 * 1000;
const SPAN_DAYS = 6 * 365;

/** When the n-th of `count` rows was made: rising, in office hours, more of them the later. */
export function createdAt(world: World, n: number, count: number): number {
  const share = (n + world.random.fraction()) / count;
  const day = Math.floor(SPAN_DAYS * share ** 0.7);
  // 00:00 to 09:59 UTC are the office hours of Tokyo.
  const second = Math.floor((world.random.fraction() * 0.2 + (n % 2) * 0.2) * 86_400);
  return world.until - (SPAN_DAYS - day) * DAY_MS + second * 1000;
}

/**
 * The rows of one table that came in one bulk import share one `createdon`, to the second: what breaks
 * clients that page by time.
 */
export interface BulkImport {
  first: number;
  last: number;
  at: number;
  sequence: number;
}

export function planBulkImport(world: World, count: number, share: number, sequence: number): BulkImport {
  const first = Math.floor(count * 0.45);
  const last = first + Math.floor(count * share) - 1;
  return { first, last, at: createdAt(world, first, count), sequence };
}

/** Who made and owns a row, and when it was made and last changed. */
export function recordStamps(world: World, n: number, count: number, bulk?: BulkImport): Values {
  const { random, users, until } = world;
  const isImported = bulk !== undefined && n >= bulk.first && n <= bulk.last;
  const created = isImported ? bulk.at : createdAt(world, n, count);
  const isTouched = random.chance(0.6);
  const modified = isTouched
    ? Math.min(until, created + random.fraction() ** 3 * (until - created))
    : created;
  const owner = random.pick(users).id;
  const author = isImported ? (users[0]?.id ?? owner) : owner;
  return {
    createdon: isoSeconds(created),
    modifiedon: isoSeconds(modified),
    createdby: author,
    modifiedby: isTouched ? owner : author,
    ownerid: owner,
    owninguser: owner,
    owningbusinessunit: world.businessUnitId,
    importsequencenumber: isImported ? bulk.sequence : null,
  };
}

/** Yes for most, nothing for some, an explicit No for a few. */
export function synchronizeFlag(world: World): Values {
  if (!world.hasFilterColumn) return {};
  const fraction = world.random.fraction();
  return { new_synctomkto: fraction < 0.8 ? true : fraction < 0.92 ? null : false };
}

export function currencyOf(world: World, isJapanese: boolean): Values {
  return isJapanese
    ? { transactioncurrencyid: world.currencies.yen, exchangerate: 1 }
    : { transactioncurrencyid: world.currencies.dollar, exchangerate: DOLLARS_PER_YEN };
}

/** An amount in the row's currency and, as Dataverse keeps it, in the base currency (yen). */
export function money(name: string, yen: number, isJapanese: boolean): Values {
  const amount = isJapanese ? yen : Math.round(yen * DOLLARS_PER_YEN * 100) / 100;
  return { [name]: amount, [`${name}_base`]: isJapanese ? yen : Math.round(amount / DOLLARS_PER_YEN) };
}

const DOLLARS_PER_YEN = 0.0066;
