import type { Clock } from '../../lib/clock.ts';
import { ApiError } from './api-error.ts';
import type { Faults } from './fault-list.ts';
import { objectOf } from './fields.ts';
import { storeUpload } from './file-methods.ts';
import { type Exchange, type Route, readBody, refuseMethod, sendJson, sendText } from './http-exchange.ts';
import type { Json } from './page-api.ts';
import type { ResponseUrls } from './response-url.ts';
import { type Call, TORN_OFF, type WebAnswer, type WebRequest } from './web-api.ts';
import { readArguments } from './web-arguments.ts';
import type { Workspace } from './workspace.ts';

export interface ApiRoutesOptions {
  workspace: Workspace;
  callApi(request: WebRequest): Promise<WebAnswer>;
  responseUrls: ResponseUrls;
  faults: Faults;
  clock: Clock;
  log(call: Call): void;
}

/** What the app reaches over HTTP: the Web API, uploads and the response URLs. */
export function createApiRoutes(options: ApiRoutesOptions): Route {
  const { workspace, callApi } = options;

  const api = async (exchange: Exchange, method: string): Promise<boolean> => {
    if (refuseMethod(exchange, 'POST', 'GET')) return true;
    const { headers } = exchange.request;
    const answer = await callApi({
      method,
      query: exchange.url.searchParams,
      body: (await readBody(exchange.request)).toString(),
      contentType: headers['content-type'] ?? '',
      authorization: headers.authorization ?? '',
    });
    if (answer.status === TORN_OFF) {
      exchange.request.socket.destroy();
      return true;
    }
    return sendJson(exchange, answer.status, answer.body, answer.headers);
  };

  const upload = async (exchange: Exchange, id: string): Promise<boolean> => {
    if (refuseMethod(exchange, 'POST')) return true;
    const sent = await readBody(exchange.request);
    const content = await uploadedContent(sent, exchange.request.headers['content-type'] ?? '');
    if (!storeUpload(workspace, id, content)) return sendText(exchange, 404, 'file_not_found');
    return sendText(exchange, 200, `OK - ${content.length}`);
  };

  return async (exchange) => {
    const [, kind = '', ...rest] = exchange.url.pathname.split('/');
    if (kind === 'api') return api(exchange, rest.join('/'));
    if (kind === 'upload') return upload(exchange, rest[1] ?? '');
    if (kind === 'response') return answerUrl(options, exchange, rest[0] ?? '');
    return false;
  };
}

/** The file in an upload: the body itself, or the first file of a form, as Slack's own client sends it. */
async function uploadedContent(body: Buffer, type: string): Promise<Buffer> {
  if (!type.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const file = [...form.values()].find((value) => typeof value !== 'string');
  return file ? Buffer.from(await file.arrayBuffer()) : Buffer.alloc(0);
}

/** A `POST` to a response_url. */
async function answerUrl(
  { responseUrls, faults, clock, log }: ApiRoutesOptions,
  exchange: Exchange,
  token: string,
): Promise<boolean> {
  if (refuseMethod(exchange, 'POST')) return true;
  const fault = faults.take('response_url');
  if (fault?.delayMs) await clock.sleep(fault.delayMs);
  const text = (await readBody(exchange.request)).toString();
  let body: Json = {};
  const record = (error?: string, messages?: unknown) =>
    log({
      method: 'response_url',
      args: body,
      ok: error === undefined,
      ...(error !== undefined && { error }),
      ...(Array.isArray(messages) && { messages }),
      at: clock.now(),
    });
  try {
    if (fault?.error || fault?.status) throw new ApiError(fault.error ?? 'internal_error');
    body = readArguments(new URLSearchParams(), text, exchange.request.headers['content-type'] ?? '');
    responseUrls.use(token, body);
    record();
    return sendText(exchange, 200, 'ok');
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    record(error.code, objectOf(error.details.response_metadata).messages);
    const gone = ['invalid_url', 'expired_url', 'used_url', 'message_not_found'].includes(error.code);
    const status = fault?.status ?? (gone ? 404 : 400);
    return sendJson(exchange, status, { ok: false, error: error.code, ...error.details });
  }
}
