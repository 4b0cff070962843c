/** Conversations stay at their end when new messages come, unless one has scrolled up to read. */
const NEAR = 48;

export interface ScrollKeeper {
  /** Before drawing. */
  remember(): void;
  /** Goes to the end with the next drawing, wherever one was. */
  follow(): void;
  /** After drawing. */
  restore(): void;
}

export function createScrollKeeper(root: Element): ScrollKeeper {
  const lists = () => Array.from(root.querySelectorAll<HTMLElement>('[data-pinned]'));
  const known = new WeakSet<HTMLElement>();
  const atEnd = new WeakSet<HTMLElement>();
  const toEnd = (list: HTMLElement) => list.scrollTo({ top: list.scrollHeight, behavior: 'instant' });

  // A list that gets lower, e.g. below a growing composer, would hide its last lines.
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) if (target instanceof HTMLElement && atEnd.has(target)) toEnd(target);
  });

  return {
    remember() {
      for (const list of lists()) {
        if (list.scrollHeight - list.scrollTop - list.clientHeight < NEAR) atEnd.add(list);
        else atEnd.delete(list);
      }
    },
    follow() {
      for (const list of lists()) atEnd.add(list);
    },
    restore() {
      for (const list of lists()) {
        if (!known.has(list)) {
          known.add(list);
          atEnd.add(list);
          sizes.observe(list);
        }
        if (atEnd.has(list)) toEnd(list);
      }
    },
  };
}
