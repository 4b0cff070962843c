/** A button with a menu, by the ARIA menu button pattern: arrow keys walk, Enter chooses, Esc and Tab close. */
import { moved } from '../dom/event.ts';
import { type Attributes, type Child, h, type VNode } from '../dom/vnode.ts';
import type { App } from '../state/app.ts';

export interface MenuItem {
  content: Child;
  /** Given where one item is the current one. */
  checked?: boolean;
  attributes?: Attributes;
  choose(): void;
}

export interface Menu {
  id: string;
  label: string;
  /** Of the surrounding box and of the button. */
  className: string;
  attributes?: Attributes;
  content: Child;
  items: MenuItem[];
}

export function renderMenu(app: App, menu: Menu): VNode {
  const popup = app.ui.popup?.id === menu.id ? app.ui.popup : null;
  const start = Math.max(
    0,
    menu.items.findIndex((item) => item.checked),
  );
  return h(
    'div',
    {
      class: `menu ${menu.className}`,
      on: {
        focusout: (event) => {
          const box = event.currentTarget;
          const inside =
            box instanceof Node && event.relatedTarget instanceof Node && box.contains(event.relatedTarget);
          if (popup && !inside) close(app, menu.id, false);
        },
        keydown: (event) => {
          if (popup) walk(app, menu, event);
          else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault();
            stand(app, menu.id, start);
          }
        },
      },
    },
    h(
      'button',
      {
        type: 'button',
        class: 'menu-button',
        id: `${menu.id}-button`,
        'aria-haspopup': 'menu',
        'aria-expanded': popup ? 'true' : 'false',
        'aria-label': menu.label,
        ...menu.attributes,
        on: { click: () => (popup ? close(app, menu.id, true) : stand(app, menu.id, start)) },
      },
      menu.content,
    ),
    popup ? renderItems(app, menu, popup.active) : null,
  );
}

function renderItems(app: App, menu: Menu, active: number): VNode {
  return h(
    'div',
    { class: 'popup menu-list', role: 'menu', 'aria-label': menu.label, 'data-popup': 'narrow' },
    menu.items.map((item, index) =>
      h(
        'button',
        {
          type: 'button',
          class: 'menu-item',
          role: item.checked === undefined ? 'menuitem' : 'menuitemradio',
          'aria-checked': item.checked === undefined ? null : String(item.checked),
          tabindex: -1,
          'data-active': index === active ? 'true' : null,
          ...item.attributes,
          on: {
            click: () => {
              close(app, menu.id, true);
              item.choose();
            },
          },
        },
        item.content,
      ),
    ),
  );
}

function walk(app: App, menu: Menu, event: KeyboardEvent): void {
  if (event.key === 'Escape' || event.key === 'Tab') {
    event.stopPropagation();
    if (event.key === 'Escape') event.preventDefault();
    close(app, menu.id, event.key === 'Escape');
    return;
  }
  const next = moved(event.key, app.ui.popup?.active ?? 0, menu.items.length);
  if (next === null) return;
  event.preventDefault();
  stand(app, menu.id, next);
}

function stand(app: App, id: string, active: number): void {
  app.ui.popup = { id, query: '', active };
  app.afterDraw(() => document.querySelector<HTMLElement>('[data-popup] [data-active="true"]')?.focus());
  app.redraw();
}

function close(app: App, id: string, refocus: boolean): void {
  if (app.ui.popup?.id !== id) return;
  app.ui.popup = null;
  if (refocus) document.getElementById(`${id}-button`)?.focus();
  app.redraw();
}
