/** Values of a fault; any of them may be missing. */
export type Details = Readonly<Record<string, string | undefined>>;

/** What a person reads about a fault: why it happened, and what they can do. */
export interface FaultText {
  cause(details: Details): string;
  remedy(details: Details): string;
}

/** The value with what goes before and after it, or nothing where it is not known. */
export const named = (before: string, value: string | undefined, after = ''): string =>
  value ? `${before}${value}${after}` : '';
