/** The page's memory and what it can do, joined. */
import type { PageAct, PageActResult, PageState } from '../../slack/page-api.ts';
import { chooseWords } from '../texts/catalogue.ts';
import type { Words } from '../texts/en.ts';
import type { Act, App, Ui } from './app.ts';
import { createConnection } from './connection.ts';
import { syncForms } from './form.ts';
import { createPanelPoll } from './panel-poll.ts';
import {
  keepAddress,
  keepPreference,
  keepSeen,
  readAddress,
  readPreference,
  readSeen,
  readTheme,
} from './preferences.ts';
import { freshMessages, markRead, startReading } from './reading.ts';

/** What the page shows with: `draw` brings the document in line, `announce` reads out. */
export interface Screen {
  draw(app: App): void;
  announce(text: string): void;
}

export function createPageApp(screen: Screen): App & { start(): void } {
  const ui = emptyUi();
  let state: PageState | null = null;
  let drawing = false;
  let later: (() => void)[] = [];

  const app: App = {
    ui,
    get state() {
      return state;
    },
    get words(): Words {
      return chooseWords(state?.me.locale ?? navigator.language);
    },
    redraw() {
      if (drawing) return;
      drawing = true;
      // A microtask: several changes in one go are drawn once, and a pressed key shows at once.
      queueMicrotask(() => {
        drawing = false;
        screen.draw(app);
        const due = later;
        later = [];
        for (const run of due) run();
      });
    },
    afterDraw: (run) => void later.push(run),
    act: (act) => sendAct(act, state?.me.id ?? ''),
    choosePerson(user) {
      ui.connection = 'connecting';
      connection.follow(user);
    },
    chooseChannel(channel) {
      enter(app, channel);
      if (state?.channels.find((entry) => entry.id === channel)?.kind === 'im') {
        void app.act({ type: 'home_opened', tab: ui.tab });
      }
    },
    chooseTheme(theme) {
      ui.theme = theme;
      keepPreference('theme', theme);
      app.redraw();
    },
    runPanelAction(id) {
      if (ui.panelBusy) return;
      ui.panelBusy = id;
      app.redraw();
      void poll.run(id).then(() => {
        ui.panelBusy = null;
        app.redraw();
      });
    },
  };

  const connection = createConnection({
    opened: () => setConnection(app, 'open'),
    lost: () => setConnection(app, 'lost'),
    receive(next) {
      const before = state?.me.id === next.me.id ? state : null;
      if (before && next.revision < before.revision && ui.connection === 'open') return;
      const wanted = state === null ? preferredPerson(next) : next.me.id;
      state = next;
      if (wanted !== next.me.id) return connection.follow(wanted);
      ui.connection = 'open';
      syncForms(ui, before, next);
      if (before) announceNews(app, before, next, screen);
      else arrive(app, next);
      seen(ui, next);
      app.redraw();
    },
  });
  const poll = createPanelPoll(
    (panel) => {
      ui.panel = panel;
      app.redraw();
    },
    () => ui.panelOpen,
  );

  return Object.assign(app, {
    start() {
      connection.follow(readAddress().user);
      poll.start();
      app.redraw();
    },
  });
}

async function sendAct(act: Act, user: string): Promise<PageActResult> {
  try {
    const response = await fetch('/sandbox/act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...act, user } satisfies PageAct),
    });
    return (await response.json()) as PageActResult;
  } catch {
    return { ok: false, error: 'connection_failed' };
  }
}

function setConnection(app: App, connection: Ui['connection']): void {
  app.ui.connection = connection;
  app.redraw();
}

/** Whoever comes without a name is the first admin: the one who can try everything. */
function preferredPerson(state: PageState): string {
  if (readAddress().user === state.me.id) return state.me.id;
  const admin = state.users.find((user) => user.is_admin && !user.is_bot && !user.is_stranger);
  return admin?.id ?? state.me.id;
}

/** The first state of a person: their own drafts, dialogs and marks, in the channel they were last in. */
function arrive(app: App, state: PageState): void {
  const { ui } = app;
  ui.drafts.clear();
  ui.notices = [];
  ui.popup = null;
  ui.confirmation?.answer(false);
  ui.read = readSeen(state.me.id);
  startReading(ui, state);
  const address = readAddress();
  const kept = readPreference(`channel.${state.me.id}`);
  const wanted = address.user === state.me.id ? address.channel || kept : kept;
  const known = (id: string | null) => state.channels.find((channel) => channel.id === id);
  const channel =
    known(wanted) ??
    known(ui.channel) ??
    state.channels.find((entry) => entry.kind !== 'im') ??
    state.channels[0];
  enter(app, channel?.id ?? '');
}

function enter(app: App, channel: string): void {
  const { ui, state } = app;
  if (ui.channel !== channel) {
    ui.thread = null;
    ui.side = 'sandbox';
    ui.popup = null;
  }
  ui.channel = channel;
  if (state) {
    keepAddress({ user: state.me.id, channel });
    seen(ui, state);
  }
  app.redraw();
}

function seen(ui: Ui, state: PageState): void {
  markRead(ui, state, ui.channel);
  keepSeen(state.me.id, ui.read);
}

function announceNews(app: App, before: PageState, after: PageState, screen: Screen): void {
  const fresh = freshMessages(before, after, app.ui.channel).at(-1);
  if (!fresh) return;
  const author = [...after.users, after.app].find((user) => user.id === fresh.user);
  screen.announce(app.words.newMessageFrom(author?.real_name ?? '', fresh.text.slice(0, 200)));
}

function emptyUi(): Ui {
  return {
    connection: 'connecting',
    channel: '',
    tab: 'messages',
    thread: null,
    side: 'sandbox',
    panelOpen: true,
    panel: null,
    panelBusy: null,
    theme: readTheme(),
    drafts: new Map(),
    popup: null,
    busy: new Set(),
    confirmation: null,
    notices: [],
    forms: new Map(),
    errors: new Map(),
    suggestions: new Map(),
    read: new Map(),
    flash: null,
  };
}
