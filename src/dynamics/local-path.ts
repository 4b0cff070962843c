import { dynamicsError } from './dynamics-error.ts';

export const webApiRoot = '/api/data/v9.2';

/**
 * The path of a link on the connection's own host, as it stands: a link that is decoded and put together again is
 * another one.
 * @param link absolute, a path from the host's root, or one below `webApiRoot` (`WhoAmI`).
 * @throws AppError `foreign-link` for another origin: the token would go there.
 */
export function localPath(link: string, origin: string): string {
  const base = new URL(origin).origin;
  const url = URL.parse(link, `${base}${webApiRoot}/`);
  if (!url || url.origin !== base) {
    throw dynamicsError('foreign-link', 'A link of an answer leads to another host', {
      recovery: 'stop',
      details: { host: url?.host ?? '', expected: new URL(base).host },
    });
  }
  const raw = rawPath(link);
  const isSendable = raw !== undefined && /^[\u0021-\u007e]+$/.test(raw);
  return isSendable ? raw : url.pathname + url.search;
}

/**
 * A link that was stored, as a path from the root of whatever host the connection has now: an organization that is
 * renamed keeps its rows and tokens under another URL. Spelled as it was. Links inside answers are not for this.
 */
export function storedPath(link: string): string {
  return (/^https:\/\//i.test(link) ? rawPath(link) : undefined) ?? link;
}

/** Undefined where only parsing tells, as with `?…`, `../` or a link to another part of the page. */
function rawPath(link: string): string | undefined {
  const absolute = /^https:\/\/[^/?#]+(\/[^#]*)/i.exec(link)?.[1];
  if (absolute !== undefined) return absolute;
  if (/^\/(?![/\\])[^#]*$/.test(link)) return link;
  return /^[a-z_$][\w$]*(?:[/(?][^#]*)?$/i.test(link) ? `${webApiRoot}/${link}` : undefined;
}
