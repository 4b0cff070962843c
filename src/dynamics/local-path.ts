import { dynamicsError } from './dynamics-error.ts';

/**
 * The path of a link on the connection's own host, as it stands: a link that is decoded and put together again is
 * another one.
 * @param link absolute, or a path.
 * @throws AppError `foreign-link` for another origin: the token would go there.
 */
export function localPath(link: string, origin: string): string {
  const base = new URL(origin).origin;
  const url = URL.parse(link, base);
  if (!url || url.origin !== base) {
    throw dynamicsError('foreign-link', 'A link of an answer leads to another host', {
      recovery: 'stop',
      details: { host: url?.host ?? '', expected: new URL(base).host },
    });
  }
  const raw = /^https:\/\/[^/?#]+(\/[^#]*)/i.exec(link)?.[1];
  const isSendable = raw !== undefined && /^[\u0021-\u007e]+$/.test(raw);
  return isSendable ? raw : url.pathname + url.search;
}
