import type { EntityProgress, TimeLeft } from '../model/progress.ts';
import type { RateBounds } from './rate.ts';

/** What Dynamics says it holds is up to a day old: rows have come and gone since. */
const doubt = 0.05;
/** A guess that leaves everything open is none. */
const widest = 5;

/**
 * How long the copy still takes, by the rows that are to be read and the rate so far. Null where it cannot be said:
 * a total is not known or turns out to be wrong, or the rate says nothing or everything.
 */
export function timeLeft(entities: readonly EntityProgress[], rate: RateBounds | null): TimeLeft | null {
  const open = entities.filter(({ phase }) => phase !== 'current');
  if (open.length === 0) return null;
  let [least, most] = [0, 0];
  for (const { read, total } of open) {
    if (total === null || read > total * (1 + doubt)) return null;
    const left = Math.max(0, total - read);
    least += Math.max(0, left - total * doubt);
    most += left + total * doubt;
  }
  // Everything that was counted has been read; how much has come since will show.
  if (open.every(({ read, total }) => read >= (total ?? 0) && read > 0)) return 'soon';
  if (!rate || rate.fastest > rate.slowest * widest) return null;
  return { least: Math.floor(least / rate.fastest), most: Math.ceil(most / rate.slowest) };
}
