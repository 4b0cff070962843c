import type { ActivityChart, ActivityStrip, ChartPoint } from '../model/chart.ts';
import type { Texts } from '../texts/catalogue.ts';
import { entityName, type Schemas } from './entity-name.ts';
import { shorten } from './limits.ts';

/** What was written of an entity during ten minutes. */
interface Activity {
  entity: string;
  at: string;
  changed: number;
  deleted: number;
}

export interface ActivityInput {
  points: readonly Activity[];
  /** Changes that waited, by entity. */
  waiting: Readonly<Record<string, readonly ChartPoint[]>>;
  /** Milliseconds since 1970. */
  now: number;
  /** Of whoever looks at it. */
  timeZone: string;
  schemas?: Schemas | undefined;
}

const spanMs = 24 * 3_600_000;
const hourMs = 3_600_000;
const hoursBetweenTicks = 3;
/** More strips make a picture that no message shows whole. */
const mostStrips = 6;
const nameLength = 32;

/** Since when there is something to be drawn. */
export const activitySince = (now: number): string => new Date(now - spanMs).toISOString();

/** The last 24 hours as a chart, and in words for whoever does not see it; null where nothing happened. */
export function activityChart(t: Texts, input: ActivityInput): { chart: ActivityChart; alt: string } | null {
  const { now, timeZone } = input;
  const strips = stripsOf(t, input);
  if (strips.length === 0) return null;
  const words = t.status.picture;
  const chart: ActivityChart = {
    from: activitySince(now),
    to: new Date(now).toISOString(),
    bars: words.perTenMinutes,
    line: words.backlog,
    strips: withoutIdleLines(strips),
    ticks: ticksOf(t, now, timeZone),
  };
  return { chart, alt: altOf(t, strips, timeZone) };
}

function stripsOf(t: Texts, { points, waiting, now, schemas }: ActivityInput): ActivityStrip[] {
  // A column that the left edge would cut is left out.
  const since = now - spanMs;
  const recent = points.filter(({ at }) => Date.parse(at) >= since);
  const byEntity = new Map<string, ChartPoint[]>();
  for (const { entity, at, changed, deleted } of recent) {
    byEntity.set(entity, [...(byEntity.get(entity) ?? []), { at, value: changed + deleted }]);
  }
  const all = [...byEntity].map(([entity, rows]) => ({
    name: shorten(entityName(t, entity, schemas), nameLength),
    rows,
    waiting: (waiting[entity] ?? []).filter(({ at }) => Date.parse(at) >= since),
  }));
  const sorted = all.sort((a, b) => totalOf(b) - totalOf(a));
  if (sorted.length <= mostStrips) return sorted;
  const others = sorted.slice(mostStrips - 1).flatMap(({ rows }) => rows);
  return [
    ...sorted.slice(0, mostStrips - 1),
    { name: t.status.picture.other, rows: summed(others), waiting: [] },
  ];
}

/** Where nothing has ever waited there is no line to look at. */
const withoutIdleLines = (strips: readonly ActivityStrip[]): ActivityStrip[] =>
  strips.map((strip) => (strip.waiting.some(({ value }) => value > 0) ? strip : { ...strip, waiting: [] }));

function summed(points: readonly ChartPoint[]): ChartPoint[] {
  const sums = new Map<string, number>();
  for (const { at, value } of points) sums.set(at, (sums.get(at) ?? 0) + value);
  return [...sums].map(([at, value]) => ({ at, value })).sort((a, b) => (a.at < b.at ? -1 : 1));
}

const totalOf = ({ rows }: Pick<ActivityStrip, 'rows'>): number =>
  rows.reduce((sum, { value }) => sum + value, 0);

/** Whole hours of the reader's clock; zones that are off by half an hour have theirs there. */
function ticksOf(t: Texts, now: number, timeZone: string): ActivityChart['ticks'] {
  const hours = Array.from({ length: 24 * 4 }, (_, quarter) => now - spanMs + (quarter * hourMs) / 4);
  const quarters = hours.map((time) => Math.ceil(time / (hourMs / 4)) * (hourMs / 4));
  return quarters
    .filter((time) => {
      const [hour, minute] = clockOf(time, timeZone);
      return minute === 0 && hour % hoursBetweenTicks === 0 && time > now - spanMs && time < now;
    })
    .map((time) => {
      const at = new Date(time).toISOString();
      return { at, label: t.format.time(at, timeZone) };
    });
}

function clockOf(time: number, timeZone: string): [hour: number, minute: number] {
  const parts = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone })
    .format(time)
    .split(':')
    .map(Number);
  return [parts[0] ?? 0, parts[1] ?? 0];
}

function altOf(t: Texts, strips: readonly ActivityStrip[], timeZone: string): string {
  const words = t.status.picture;
  const parts = strips.map((strip) => t.entities.line(strip.name, t.entities.rows(totalOf(strip))));
  const total = strips.reduce((sum, strip) => sum + totalOf(strip), 0);
  const sums = summed(strips.flatMap(({ rows }) => rows));
  const most = sums.reduce((best, point) => (point.value > best.value ? point : best));
  return words.alt(
    t.entities.rows(total),
    parts.join(t.entities.separator),
    words.most(most.value, t.format.time(most.at, timeZone)),
  );
}
