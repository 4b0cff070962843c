/** How a language writes numbers, times and lists. */
export interface Format {
  number(value: number): string;
  /** @param value whole percent, 0 to 100. */
  percent(value: number): string;
  /** A guess with its bounds: "about 2 to 8 minutes". */
  aboutBetween(low: number, high: number): string;
  /** A measured time: "1 hour 12 minutes". */
  elapsed(seconds: number): string;
  /** A pause that was set: "5 minutes", "90 seconds". */
  interval(seconds: number): string;
  list(items: readonly string[]): string;
  /** The time of the day in somebody's zone. */
  time(iso: string, timeZone: string): string;
  /** A day of the calendar, `YYYY-MM-DD`. */
  day(day: string): string;
  /** An instant in UTC, for where Slack cannot show the reader's own time zone. */
  instant(iso: string): string;
}

export type TimeUnit = 'second' | 'minute' | 'hour' | 'day';

export interface FormatWords {
  locale: string;
  underAMinute: string;
  amount(value: string, unit: TimeUnit, isOne: boolean): string;
  about(amount: string): string;
  between(low: string, high: string, unit: TimeUnit): string;
  upTo(amount: string): string;
  joinAmounts: string;
}

const secondsIn: Record<TimeUnit, number> = { second: 1, minute: 60, hour: 3600, day: 86_400 };
const units: readonly TimeUnit[] = ['day', 'hour', 'minute', 'second'];

/** The unit in which people would say a time: minutes up to 90, hours up to 36. */
function unitOf(seconds: number): TimeUnit {
  if (seconds < 90 * 60) return 'minute';
  return seconds < 36 * 3600 ? 'hour' : 'day';
}

export function createFormat(words: FormatWords): Format {
  const numbers = new Intl.NumberFormat(words.locale, { maximumFractionDigits: 0 });
  const percents = new Intl.NumberFormat(words.locale, { style: 'percent', maximumFractionDigits: 0 });
  const lists = new Intl.ListFormat(words.locale, { type: 'conjunction' });
  const instants = new Intl.DateTimeFormat(words.locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  const days = new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const amount = (count: number, unit: TimeUnit) => words.amount(numbers.format(count), unit, count === 1);

  return {
    number: (value) => numbers.format(value),
    percent: (value) => percents.format(value / 100),
    aboutBetween(low, high) {
      if (high < 60) return words.underAMinute;
      const unit = unitOf(high);
      // Outward, so that the truth stays inside; by fives where nobody counts minutes.
      const step = unit === 'minute' && high >= 30 * 60 ? 5 : 1;
      const count = secondsIn[unit] * step;
      const [from, to] = [Math.floor(low / count) * step, Math.ceil(high / count) * step];
      if (from === 0) return words.upTo(amount(to, unit));
      if (from === to) return words.about(amount(to, unit));
      return words.between(numbers.format(from), numbers.format(to), unit);
    },
    elapsed(seconds) {
      const whole = Math.max(0, Math.round(seconds));
      const first = units.findIndex((unit) => whole >= secondsIn[unit]);
      const unit = units[first] ?? 'second';
      const smaller = units[first + 1];
      const rest = smaller && first >= 0 ? Math.floor((whole % secondsIn[unit]) / secondsIn[smaller]) : 0;
      const head = amount(Math.floor(whole / secondsIn[unit]), unit);
      return smaller && rest > 0 ? head + words.joinAmounts + amount(rest, smaller) : head;
    },
    interval(seconds) {
      const unit = units.find((each) => seconds >= secondsIn[each] && seconds % secondsIn[each] === 0);
      return amount(seconds / secondsIn[unit ?? 'second'], unit ?? 'second');
    },
    list: (items) => lists.format(items),
    time: (iso, timeZone) =>
      new Intl.DateTimeFormat(words.locale, { timeStyle: 'short', timeZone }).format(new Date(iso)),
    day: (day) => days.format(new Date(day)),
    instant: (iso) => `${instants.format(new Date(iso))} UTC`,
  };
}
