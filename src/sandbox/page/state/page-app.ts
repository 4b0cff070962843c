/** The page's memory and what it can do, joined. */
import type { PageState } from '../../slack/page-api.ts';
import { chooseWords } from '../texts/catalogue.ts';
import { sendAct } from './act-request.ts';
import type { App } from './app.ts';
import { type Connection, createConnection } from './connection.ts';
import { syncForms } from './form.ts';
import { emptyUi } from './memory.ts';
import { createPanelPoll, type PanelPoll } from './panel-poll.ts';
import { keepPreference, readAddress } from './preferences.ts';
import { arrive, describeNews, enter, seen } from './visit.ts';

/** What the page shows with: `draw` brings the document in line, `announce` reads out. */
export interface Screen {
  draw(app: App): void;
  announce(text: string): void;
  /** Who one is on the first visit. */
  person: string;
}

/** What comes from the sandbox: the workspace's states, and the panel's. */
interface Sources {
  connection: Connection;
  poll: PanelPoll;
}

interface Memory {
  state: PageState | null;
  /** Revision of the newest state of this connection. */
  newest: number;
}

export function createPageApp(screen: Screen): App & { start(): void } {
  const memory: Memory = { state: null, newest: -1 };
  const ui = emptyUi();
  const app: App = {
    ui,
    get state() {
      return memory.state;
    },
    get words() {
      return chooseWords(memory.state?.me.locale ?? navigator.language);
    },
    ...createDrawing(() => screen.draw(app)),
    act: (act) => sendAct(act, memory.state?.me.id ?? ''),
    choosePerson: (user) => sources.connection.follow(user),
    chooseChannel: (channel) => openChannel(app, channel),
    chooseTheme(theme) {
      ui.theme = theme;
      keepPreference('theme', theme);
      app.redraw();
    },
    runPanelAction: (id) => void runPanelAction(app, sources.poll, id),
  };
  const sources = createSources(app, memory, screen);
  return Object.assign(app, {
    start() {
      sources.connection.follow(readAddress().user || screen.person);
      sources.poll.start();
      app.redraw();
    },
  });
}

/** Draws once for several changes in one go, and soon enough that a pressed key shows at once. */
function createDrawing(draw: () => void): Pick<App, 'redraw' | 'afterDraw'> {
  let waiting = false;
  let later: (() => void)[] = [];
  const run = () => {
    waiting = false;
    draw();
    const due = later;
    later = [];
    for (const task of due) task();
  };
  return {
    redraw() {
      if (!waiting) queueMicrotask(run);
      waiting = true;
    },
    afterDraw: (task) => void later.push(task),
  };
}

function createSources(app: App, memory: Memory, screen: Screen): Sources {
  const { ui } = app;
  const connection = createConnection({
    opened() {
      // A sandbox started anew counts from the beginning, so its first state is newer whatever its number.
      memory.newest = -1;
    },
    lost() {
      ui.connection = 'lost';
      app.redraw();
    },
    unknown: () => connection.follow(screen.person),
    receive: (next) => receive(app, memory, screen, next),
  });
  const showPanel = (panel: typeof ui.panel) => {
    ui.panel = panel;
    app.redraw();
  };
  return { connection, poll: createPanelPoll(showPanel, () => ui.panelOpen) };
}

function receive(app: App, memory: Memory, screen: Screen, next: PageState): void {
  if (next.revision < memory.newest) return;
  memory.newest = next.revision;
  const last = memory.state;
  const before = last?.me.id === next.me.id && last.revision <= next.revision ? last : null;
  memory.state = next;
  app.ui.connection = 'open';
  syncForms(app.ui, before, next);
  const news = before ? describeNews(app, before, next) : '';
  if (news) screen.announce(news);
  if (!before) arrive(app, next, last?.me.id === next.me.id);
  seen(app.ui, next);
  app.redraw();
}

function openChannel(app: App, channel: string): void {
  enter(app, channel);
  const isApp = app.state?.channels.find((entry) => entry.id === channel)?.kind === 'im';
  if (isApp) void app.act({ type: 'home_opened', tab: app.ui.tab });
}

async function runPanelAction(app: App, poll: PanelPoll, id: string): Promise<void> {
  if (app.ui.panelBusy) return;
  app.ui.panelBusy = id;
  app.redraw();
  await poll.run(id);
  app.ui.panelBusy = null;
  app.redraw();
}
