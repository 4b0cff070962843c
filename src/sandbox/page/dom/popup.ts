/**
 * Lists and menus that stand over everything else are `position: fixed`, so that no scrolling box cuts them off.
 * This puts each beside its anchor (its parent element), above it when there is no room below.
 */
const GAP = 4;
const MARGIN = 8;

export function placePopups(): void {
  for (const popup of document.querySelectorAll<HTMLElement>('[data-popup]')) place(popup);
}

function place(popup: HTMLElement): void {
  const anchor = popup.parentElement?.getBoundingClientRect();
  if (!anchor) return;
  const below = window.innerHeight - anchor.bottom - GAP - MARGIN;
  const above = anchor.top - GAP - MARGIN;
  if (popup.dataset.popup === 'wide') popup.style.width = `${anchor.width}px`;
  popup.style.maxHeight = `${Math.min(400, Math.max(below, above))}px`;
  const height = popup.offsetHeight;
  const up = height > below && above > below;
  popup.style.top = `${up ? anchor.top - GAP - height : anchor.bottom + GAP}px`;
  const left = Math.min(anchor.left, window.innerWidth - popup.offsetWidth - MARGIN);
  popup.style.left = `${Math.max(MARGIN, left)}px`;
}

/** Brings the active option of an open list into sight without moving anything else. */
export function revealActive(): void {
  const active = document.querySelector('[data-popup] [data-active="true"]');
  active?.scrollIntoView({ block: 'nearest' });
}
