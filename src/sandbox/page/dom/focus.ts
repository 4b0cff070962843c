/**
 * Keyboard focus in dialogs: it goes in when one opens, stays in while it is open, and goes back to where it was
 * when it closes. `F6` walks between the dialog and the sandbox panel, which is not part of the workspace and
 * stays usable.
 */
const FOCUSABLE =
  'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), [tabindex]:not([tabindex="-1"])';

export interface FocusKeeper {
  /** To be called after every drawing. */
  settle(): void;
}

export function createFocusKeeper(): FocusKeeper {
  const open: { layer: Element; returnTo: Element | null }[] = [];
  let lastOutside: Element | null = null;

  document.addEventListener('focusin', (event) => {
    if (event.target instanceof Element && !event.target.closest('[data-layer]')) lastOutside = event.target;
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'F6' && walkRegions(event.shiftKey)) event.preventDefault();
    if (event.key === 'Tab') wrapAround(event);
  });

  function settle(): void {
    const layers = Array.from(document.querySelectorAll('[data-layer]'));
    let closed: Element | null = null;
    for (let last = open.at(-1); last && !layers.includes(last.layer); last = open.at(-1)) {
      closed = last.returnTo;
      open.pop();
    }
    for (const layer of layers) {
      if (open.some((entry) => entry.layer === layer)) continue;
      const active = document.activeElement;
      open.push({ layer, returnTo: active === document.body ? lastOutside : active });
      focusInside(layer);
    }
    if (closed) restore(closed);
    const top = layers.at(-1);
    // The focused button may have gone with an update of the view.
    if (top && document.activeElement === document.body) focusInside(top);
  }

  return { settle };
}

function restore(target: Element): void {
  const usable = target.isConnected && target instanceof HTMLElement && !target.closest('[inert]');
  const fallback = document.querySelector<HTMLElement>('.composer textarea');
  (usable ? target : fallback)?.focus();
}

function focusInside(layer: Element): void {
  const wanted = layer.querySelector<HTMLElement>('[data-focus-first]');
  const field = layer.querySelector<HTMLElement>(
    '.modal-body input:not([disabled]), .modal-body textarea:not([disabled])',
  );
  if (wanted) wanted.focus();
  // A field far down would scroll away what is to be read first.
  else if (field && isInSight(field)) field.focus({ preventScroll: true });
  else if (layer instanceof HTMLElement) layer.focus({ preventScroll: true });
}

function isInSight(field: Element): boolean {
  const body = field.closest('.modal-body')?.getBoundingClientRect();
  return body !== undefined && field.getBoundingClientRect().bottom <= body.bottom;
}

function wrapAround(event: KeyboardEvent): void {
  const top = Array.from(document.querySelectorAll('[data-layer]')).at(-1);
  if (!top) return;
  const active = document.activeElement;
  const panel = document.querySelector('[data-region="panel"]');
  const home = active && panel?.contains(active) ? panel : top;
  const stops = Array.from(home.querySelectorAll<HTMLElement>(FOCUSABLE)).filter((stop) => stop.offsetParent);
  const first = stops[0];
  const last = stops.at(-1);
  if (!first || !last) {
    event.preventDefault();
    return;
  }
  const outside = !home.contains(active);
  if (event.shiftKey && (active === first || active === home || outside)) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && (active === last || outside)) {
    event.preventDefault();
    first.focus();
  }
}

/** The next region of the page, as F6 does in desktop programs. With a dialog open: the dialog and the panel. */
function walkRegions(backwards: boolean): boolean {
  const layer = Array.from(document.querySelectorAll('[data-layer]')).at(-1);
  const panel = document.querySelector('[data-region="panel"]');
  const all = Array.from(document.querySelectorAll('[data-region]'));
  const regions = layer ? [layer, ...(panel ? [panel] : [])] : all;
  const here = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions[(here + (backwards ? -1 : 1) + regions.length) % regions.length];
  const stop = next?.querySelector<HTMLElement>(FOCUSABLE);
  stop?.focus();
  return stop !== undefined && stop !== null;
}
