/** Starts the page of the simulated workspace. */
import { createFocusKeeper } from './dom/focus.ts';
import { patch } from './dom/patch.ts';
import { placePopups, revealActive } from './dom/popup.ts';
import { createScrollKeeper } from './dom/scroll.ts';
import type { App } from './state/app.ts';
import { createPageApp } from './state/page-app.ts';
import { readPreference } from './state/preferences.ts';
import { renderPage } from './view/page.ts';

const root = document.getElementById('page');
const announcer = document.getElementById('announcer');
if (!root || !announcer) throw new Error('index.html must hold #page and #announcer');

const focus = createFocusKeeper();
const scroll = createScrollKeeper(root);
let activeOption = '';
let sent = 0;

function draw(app: App): void {
  document.documentElement.lang = app.state?.me.locale.startsWith('ja') ? 'ja' : 'en';
  document.documentElement.style.colorScheme = app.ui.theme;
  document.documentElement.dataset.theme = app.ui.theme;
  document.title = app.state ? `${app.state.team.name} · ${app.words.title}` : app.words.title;
  scroll.remember();
  // What one says oneself is to be seen, wherever one was reading.
  if (app.ui.sent !== sent) scroll.follow();
  sent = app.ui.sent;
  if (root) patch(root, renderPage(app));
  scroll.restore();
  placePopups();
  // Only when the keys moved it: scrolling back on every drawing would fight with the mouse wheel.
  const active = `${app.ui.popup?.id} ${app.ui.popup?.active}`;
  if (active !== activeOption) revealActive();
  activeOption = active;
  focus.settle();
}

const { person, personJa } = document.documentElement.dataset;
const app = createPageApp({
  person: (navigator.language.startsWith('ja') ? personJa : person) ?? '',
  draw,
  announce(text) {
    announcer.textContent = text;
  },
});

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', (event) => {
  if (readPreference('theme')) return;
  app.ui.theme = event.matches ? 'dark' : 'light';
  app.redraw();
});
addEventListener('resize', placePopups);
// Scrolling moves the anchor away from its list; `capture` because scroll events do not bubble.
addEventListener('scroll', placePopups, true);

app.start();
