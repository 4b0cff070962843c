/** Being somebody somewhere: what happens on becoming a person, and on entering a channel. */
import type { PageState } from '../../slack/page-api.ts';
import type { App, Ui } from './app.ts';
import { keepAddress, keepSeen, readAddress, readPreference, readSeen } from './preferences.ts';
import { freshMessages, markRead, startReading } from './reading.ts';

/** The first state of a person: their own drafts, dialogs and marks, in the channel they were last in. */
export function arrive(app: App, state: PageState, wasHere: boolean): void {
  const { ui } = app;
  // The same person in a sandbox started anew goes on with what they were typing.
  if (!wasHere) ui.drafts.clear();
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
    state.channels.find((entry) => entry.kind !== 'im' && entry.locale === state.me.locale) ??
    state.channels.find((entry) => entry.kind !== 'im') ??
    state.channels[0];
  enter(app, channel?.id ?? '');
}

export function enter(app: App, channel: string): void {
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

export function seen(ui: Ui, state: PageState): void {
  markRead(ui, state, ui.channel);
  keepSeen(state.me.id, ui.read);
}

/** What has come from others since, in words to be read out; empty for nothing. */
export function describeNews(app: App, before: PageState, after: PageState): string {
  const fresh = freshMessages(before, after, app.ui.channel).at(-1);
  if (!fresh) return '';
  const author = [...after.users, after.app].find((user) => user.id === fresh.user);
  return app.words.newMessageFrom(author?.real_name ?? '', fresh.text.slice(0, 200));
}
