import { type Clock, systemClock } from '../../lib/clock.ts';
import type { ActContext } from './act-context.ts';
import { playAct } from './acts.ts';
import { createApiRoutes } from './api-routes.ts';
import { createCallLog } from './call-log.ts';
import { createChatMethods } from './chat-methods.ts';
import { createConversationMethods } from './conversation-methods.ts';
import { createDelivery } from './delivery.ts';
import { createFaults, type Fault } from './fault-list.ts';
import { createFileMethods } from './file-methods.ts';
import { openServer } from './http-server.ts';
import { createHttpTransport } from './http-transport.ts';
import { createIdentityMethods } from './identity-methods.ts';
import { changeUser, sendEvent } from './message-act.ts';
import { createMessages } from './message-store.ts';
import type { Json, PageAct, PageActResult, PageState, SandboxUser } from './page-api.ts';
import { createPageRoutes, type PageReader, type Panel } from './page-routes.ts';
import { pageState } from './page-state.ts';
import { createResponseUrls } from './response-url.ts';
import { createSocketTransport } from './socket-transport.ts';
import { createTriggers } from './trigger-store.ts';
import { createViewMethods } from './view-methods.ts';
import { createViews } from './view-store.ts';
import { until } from './waiting.ts';
import { type Call, createWebApi } from './web-api.ts';
import { createWorkspace, type Workspace, type WorkspaceSeed } from './workspace.ts';

export interface SlackOptions extends WorkspaceSeed {
  /** 0, a free one, when missing. */
  port?: number;
  /** `127.0.0.1` when missing. */
  host?: string;
  signingSecret: string;
  botToken: string;
  appToken: string;
  /** Scopes the app was granted; when given, methods that need others answer `missing_scope`. */
  scopes?: string[];
  /** Must start near the real time: Bolt refuses requests signed more than five minutes ago. */
  clock?: Clock;
  page?: PageReader;
  panel?: Panel;
}

/** The running workspace. */
export interface Slack {
  origin: string;
  /** What the app takes as `SLACK_API_URL`. */
  apiUrl: string;
  port: number;
  workspace: Workspace;
  /** Where the app takes deliveries over HTTP; null when it no longer does. Sockets, once open, come first. */
  connectBot(options: { requestUrl: string | null }): void;
  /** How many sockets the app has open. */
  sockets(): number;
  /** Ends the app's sockets, or only the oldest: torn off, or announced with a reason. */
  dropSocket(reason?: 'warning' | 'refresh_requested' | 'link_disabled', which?: 'oldest'): void;
  act(act: PageAct): Promise<PageActResult>;
  /** What one person sees. */
  state(user: string): PageState;
  onChange(listener: () => void): () => void;
  /** Resolves with the predicate's first truthy value; rejects when the signal aborts. */
  until<T>(predicate: (workspace: Workspace) => T, signal?: AbortSignal): Promise<NonNullable<T>>;
  /** Web API calls of the app, uses of response URLs, and acknowledgements Slack could not use; newest last. */
  calls: readonly Call[];
  play(fault: Fault): void;
  /** Ends every fault that is being played. */
  calm(): void;
  /** Changes a person and sends `user_change`. */
  changeUser(id: string, change: Partial<SandboxUser>): void;
  /** Sends any event to the app. */
  emit(event: Json): void;
  close(): Promise<void>;
}

function createParts(options: SlackOptions, clock: Clock, origin: () => string) {
  const workspace = createWorkspace(options, clock);
  const messages = createMessages(workspace);
  const views = createViews(workspace);
  const triggers = createTriggers(clock);
  const http = createHttpTransport(options.signingSecret, clock);
  const socket = createSocketTransport(workspace.app.id, clock, workspace.changed);
  const { calls, log } = createCallLog();
  const responseUrls = createResponseUrls(workspace, messages, origin);
  const delivery = createDelivery([socket, http], clock);
  const context: ActContext = { workspace, messages, views, triggers, responseUrls, delivery, log };
  const openSocket = () => {
    const url = `${origin().replace('http', 'ws')}/link/?ticket=${socket.ticket()}&app_id=${workspace.app.id}`;
    return { url };
  };
  const methods = {
    ...createIdentityMethods(workspace),
    ...createChatMethods(workspace, messages),
    ...createConversationMethods(workspace, messages, options.scopes),
    ...createViewMethods(workspace, views, triggers),
    ...createFileMethods(workspace, messages, origin),
    'apps.connections.open': openSocket,
  };
  return { context, http, socket, methods, calls, faults: createFaults() };
}

type Parts = ReturnType<typeof createParts>;
type People = Pick<Slack, 'act' | 'state'>;

/** Opens the one port everything is reached by: API, sockets and page. */
async function openDoors(options: SlackOptions, clock: Clock, parts: Parts, people: People) {
  const { port = 0, host = '127.0.0.1', botToken, appToken, scopes, page, panel } = options;
  const { context, methods, faults, socket } = parts;
  const { workspace, responseUrls, log } = context;
  const callApi = createWebApi({ methods, faults, clock, botToken, appToken, scopes, log });
  const isOwnHost = (header: string) => server.isOwnHost(header);
  const pages = createPageRoutes({ workspace, page, panel, ...people, isOwnHost });
  const apis = createApiRoutes({ workspace, callApi, responseUrls, faults, clock, log });
  const routes = [apis, pages.route];
  const server = await openServer({ port, host, routes, upgrade: socket.upgrade });
  const close = async () => {
    pages.close();
    await server.close();
  };
  return { port: server.port, origin: server.origin, close };
}

/** Starts a Slack workspace that exists only here: its API, its people, its page. */
export async function startSlack(options: SlackOptions): Promise<Slack> {
  const { clock = systemClock } = options;
  let origin = '';
  const parts = createParts(options, clock, () => origin);
  const { context, http, socket, calls, faults } = parts;
  const { workspace, delivery } = context;
  const people: People = {
    act: (one) => playAct(context, one),
    state: (user) => pageState(workspace, user, delivery.connected()),
  };
  const doors = await openDoors(options, clock, parts, people);
  origin = doors.origin;
  const close = async () => {
    delivery.close();
    socket.close();
    await http.close();
    await doors.close();
  };
  let closing: Promise<void> | undefined;

  return {
    origin,
    apiUrl: `${origin}/api/`,
    port: doors.port,
    workspace,
    ...people,
    calls,
    connectBot: ({ requestUrl }) => {
      http.connect(requestUrl);
      workspace.changed();
    },
    sockets: socket.size,
    dropSocket: socket.drop,
    onChange: workspace.onChange,
    until: (predicate, signal) => until(workspace, predicate, signal),
    play: faults.play,
    calm: faults.forget,
    changeUser: (id, change) => changeUser(context, id, change),
    emit: (event) => sendEvent(context, event),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
