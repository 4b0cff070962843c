import { isLookup } from '../model/entity.ts';
import type { PeriodBounds } from '../model/period.ts';
import type { EntityPlan } from '../model/selection.ts';
import type { VersionRange } from '../ports/dynamics.ts';

/** `$select` of what is stored. The row's version comes with it anyway, as `@odata.etag`. */
export function selectOf(plan: EntityPlan): string {
  return `$select=${plan.columns.map(({ select }) => select).join(',')}`;
}

/** Rows in the order of their versions, which are unique and never change without going to the end. */
export function rangeQuery({ from, to }: VersionRange, within?: PeriodBounds): string {
  const below = to === null ? '' : ` and versionnumber lt ${to}`;
  const dated = within ? ` and ${periodFilter(within)}` : '';
  const filter = encodeURIComponent(`versionnumber ge ${from}${below}${dated}`);
  return `$filter=${filter}&$orderby=versionnumber${encodeURIComponent(' ')}asc`;
}

/** The first page of a plan's rows, or of a range of them. */
export function rowsQuery(plan: EntityPlan, range: VersionRange | undefined): string {
  const { within } = plan;
  if (range) return `${selectOf(plan)}&${rangeQuery(range, within)}`;
  return within ? `${selectOf(plan)}&$filter=${encodeURIComponent(periodFilter(within))}` : selectOf(plan);
}

const periodFilter = ({ by, from, before }: PeriodBounds): string =>
  `${by} ge ${from}${before === null ? '' : ` and ${by} lt ${before}`}`;

/**
 * Rows by when they were modified, the key deciding among those of one moment. What changes while they are read goes
 * to the end. @param since a comparison, or null for all.
 */
export function modifiedQuery({ primaryId }: Pick<EntityPlan, 'primaryId'>, since: string | null): string {
  const order = `$orderby=${encodeURIComponent(`modifiedon asc,${primaryId} asc`)}`;
  return since === null ? order : `$filter=${encodeURIComponent(`modifiedon ${since}`)}&${order}`;
}

/**
 * "Page results", "Select columns": Dataverse gives 5,000 rows a page at most. Labels double the size of a page, so
 * only the annotations that are used are asked for.
 */
export function preferOf(plan: EntityPlan, maxPageSize: number): string {
  const annotations = [
    ...(plan.columns.some(({ label }) => label) ? ['OData.Community.Display.V1.FormattedValue'] : []),
    ...(plan.columns.some(({ type }) => isLookup(type)) ? ['Microsoft.Dynamics.CRM.lookuplogicalname'] : []),
  ];
  const paging = `odata.maxpagesize=${maxPageSize}`;
  return annotations.length === 0 ? paging : `${paging},odata.include-annotations="${annotations.join(',')}"`;
}

/**
 * The same delta token with the plan's columns: a link taken with the primary id alone, or with columns chosen
 * earlier, leads to the changes of all of them. Columns too many count as well: one deleted since is refused.
 * @returns null where the link has just them, is the next page of a read under way, or is of a form that is not
 * documented and so cannot be changed.
 */
export function deltaTargetWithColumns(plan: EntityPlan, link: string): string | null {
  const token = deltaTokenOf(link);
  const url = URL.parse(link, 'https://unused.invalid');
  if (token === null || !url || !url.pathname.endsWith(`/${plan.entitySetName}`)) return null;
  if (/[?&](\$|%24)?skiptoken=/i.test(link)) return null;
  const selected = new Set((url.searchParams.get('$select') ?? '').split(',').map((name) => name.trim()));
  const wanted = new Set(plan.columns.map(({ select }) => select));
  if (selected.size === wanted.size && [...wanted].every((name) => selected.has(name))) return null;
  return `${plan.entitySetName}?${selectOf(plan)}&${token}`;
}

/**
 * The next page of a read under way, without columns that have been taken out of the plan since: one that is gone
 * is refused. The token says only after which row the page begins.
 */
export function pageWithoutOthers(plan: EntityPlan, link: string): string {
  const selected = /[?&](?:\$|%24)select=([^&#]*)/i.exec(link)?.[1];
  if (selected === undefined) return link;
  const wanted = new Set(plan.columns.map(({ select }) => select));
  const names = selected.split(/,|%2c/i).map((name) => name.replaceAll(/\+|%20/g, ''));
  if (names.every((name) => wanted.has(name))) return link;
  return link.replace(selected, [...wanted].join(','));
}

/** `$deltatoken=…`, written and encoded as it stands in the link. */
export function deltaTokenOf(link: string): string | null {
  return /[?&]((?:\$|%24)deltatoken=[^&#]*)/i.exec(link)?.[1] ?? null;
}

/** The version in it; null unless it is of the documented form: a version, and the day after a separator (`919042%2108%2f22%2f2017…`). */
export function deltaVersionOf(link: string): bigint | null {
  const version = /deltatoken=(\d{1,18})(?:%21|!)/i.exec(deltaTokenOf(link) ?? '')?.[1];
  return version === undefined ? null : BigInt(version);
}
