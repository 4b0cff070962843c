import { isObject } from './fields.ts';
import {
  type Exchange,
  type Route,
  readBody,
  refuseMethod,
  send,
  sendJson,
  sendText,
} from './http-exchange.ts';
import type { PageAct, PageActResult, PageState, PanelState } from './page-api.ts';
import { createStreams, type Streams } from './page-stream.ts';
import { pictureType } from './picture-type.ts';
import type { Workspace } from './workspace.ts';

/** Gives a file of the page by URL path (`/` or `/page/…`), or null when there is none. */
export interface PageReader {
  read(path: string): Promise<{ type: string; body: string | Uint8Array } | null>;
}

/** What the panel beside the workspace shows and does. */
export interface Panel {
  state(): Promise<PanelState>;
  act(id: string): Promise<PanelState>;
}

export interface PageRoutesOptions {
  workspace: Workspace;
  page: PageReader | undefined;
  panel: Panel | undefined;
  act(act: PageAct): Promise<PageActResult>;
  state(user: string): PageState;
  /** Whether a Host header names this server. */
  isOwnHost(host: string): boolean;
}

/** A page of another site must neither act here nor read along, nor a name that only resolves to this machine. */
function isForeign({ request }: Exchange, isOwnHost: (host: string) => boolean): boolean {
  const { host = '', origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (!isOwnHost(host)) return true;
  if (origin !== undefined && origin !== `http://${host}`) return true;
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

/** The workspace's own endpoints, for its page alone. */
async function serveSandbox(
  exchange: Exchange,
  options: PageRoutesOptions,
  streams: Streams,
): Promise<boolean> {
  const { workspace, state, isOwnHost } = options;
  if (isForeign(exchange, isOwnHost)) return sendJson(exchange, 403, { error: 'cross_origin' });
  const [name = '', ...rest] = exchange.url.pathname.split('/').slice(2);
  if (name === 'act') return refuseMethod(exchange, 'POST') || serveAct(exchange, options);
  if (name === 'panel') return servePanel(exchange, options.panel, rest.join('/'));
  if (!['events', 'state', 'files'].includes(name)) return sendText(exchange, 404, 'Not found');
  if (refuseMethod(exchange, 'GET', 'HEAD')) return true;
  if (name === 'files') return serveFile(exchange, workspace, rest[0] ?? '');
  const user = exchange.url.searchParams.get('user') ?? '';
  if (!workspace.users.has(user)) return sendJson(exchange, 404, { error: 'user_not_found' });
  return name === 'events' ? streams.open(exchange, () => state(user)) : sendJson(exchange, 200, state(user));
}

/** What the web page of the workspace is made of and speaks to. */
export function createPageRoutes(options: PageRoutesOptions): { route: Route; close(): void } {
  const streams = createStreams(options.workspace.onChange);
  const route: Route = async (exchange) => {
    const { pathname } = exchange.url;
    if (pathname.startsWith('/sandbox/')) return serveSandbox(exchange, options, streams);
    if (pathname !== '/' && !pathname.startsWith('/page/')) return false;
    if (refuseMethod(exchange, 'GET', 'HEAD')) return true;
    const file = await options.page?.read(pathname);
    return file ? send(exchange, 200, file.body, { 'content-type': file.type }) : false;
  };
  return { route, close: streams.close };
}

async function serveAct(exchange: Exchange, { act }: PageRoutesOptions): Promise<boolean> {
  if (!exchange.request.headers['content-type']?.startsWith('application/json'))
    return sendJson(exchange, 415, { ok: false, error: 'json_wanted' });
  const given = parseAct((await readBody(exchange.request)).toString());
  if (!given) return sendJson(exchange, 400, { ok: false, error: 'invalid_json' });
  return sendJson(exchange, 200, await act(given));
}

function parseAct(text: string): PageAct | undefined {
  try {
    const act: unknown = JSON.parse(text);
    return isObject(act) && typeof act.type === 'string' ? (act as unknown as PageAct) : undefined;
  } catch {
    return undefined;
  }
}

async function servePanel(exchange: Exchange, panel: Panel | undefined, action: string): Promise<boolean> {
  if (!panel) return sendText(exchange, 404, 'Not found');
  if (action === '') return refuseMethod(exchange, 'GET') || sendJson(exchange, 200, await panel.state());
  return (
    refuseMethod(exchange, 'POST') || sendJson(exchange, 200, await panel.act(decodeURIComponent(action)))
  );
}

function serveFile(exchange: Exchange, workspace: Workspace, id: string): boolean {
  const file = workspace.files.get(id);
  if (!file?.content || !file.complete) return sendText(exchange, 404, 'Not found');
  const picture = pictureType(file.content);
  if (picture) return send(exchange, 200, file.content, { 'content-type': picture });
  // Nothing else is shown in place: what the app uploads must not run as part of the page.
  const name = encodeURIComponent(file.name);
  const disposition = `attachment; filename*=UTF-8''${name}`;
  const headers = { 'content-type': 'application/octet-stream', 'content-disposition': disposition };
  return send(exchange, 200, file.content, headers);
}
