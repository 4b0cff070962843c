import type { PageState, PanelState } from '../../slack/page-api.ts';
import { h, type VNode } from '../dom/vnode.ts';
import type { App } from '../state/app.ts';

/** Rows per table: how many there are in Dynamics, and how many of them have arrived. */
export function renderEntities(app: App, state: PageState, panel: PanelState): VNode | null {
  if (panel.entities.length === 0) return null;
  const { words } = app;
  const format = new Intl.NumberFormat(state.me.locale);
  const head = (text: string, align: string) => h('th', { scope: 'col', class: align }, text);
  return h(
    'section',
    { key: 'entities', class: 'panel-card' },
    h('h3', { class: 'panel-title' }, words.rows),
    h('p', { class: 'panel-text' }, words.rowsText),
    h(
      'table',
      { class: 'entities' },
      h(
        'thead',
        null,
        h('tr', null, head(words.entity, ''), head(words.dynamics, 'number'), head(words.stored, 'number')),
      ),
      panel.entities.map((entity) => renderEntity(app, format, entity)),
    ),
  );
}

function renderEntity(app: App, format: Intl.NumberFormat, entity: PanelState['entities'][number]): VNode {
  const { words } = app;
  const share = entity.stored === null ? 0 : Math.min(1, entity.stored / Math.max(1, entity.dynamics));
  const done = entity.stored !== null && entity.stored >= entity.dynamics;
  return h(
    'tbody',
    { key: entity.name, 'data-entity': entity.name },
    h(
      'tr',
      null,
      h('th', { scope: 'row' }, entity.name),
      h('td', { class: 'number' }, format.format(entity.dynamics)),
      h(
        'td',
        { class: entity.stored === null ? 'number faint' : 'number', 'data-stored': entity.stored },
        entity.stored === null ? words.notStored : format.format(entity.stored),
      ),
    ),
    h(
      'tr',
      { class: 'bar-row' },
      h(
        'td',
        { colspan: 3 },
        h(
          'div',
          { class: done ? 'bar is-done' : 'bar', style: `--share:${share}`, 'aria-hidden': 'true' },
          h('span', null),
        ),
        entity.deleted
          ? h('div', { class: 'deleted-note' }, words.deleted(format.format(entity.deleted)))
          : null,
      ),
    ),
  );
}
