import type { Ui } from './app.ts';
import { readTheme } from './preferences.ts';

/** What the page remembers when it opens: nothing but the theme. */
export function emptyUi(): Ui {
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
    sent: 0,
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
