/** The text of the field an event came from. */
export function typedText(event: Event): string {
  const field = event.currentTarget;
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value : '';
}

/** True while an input method (e.g. Japanese) composes: its Enter chooses characters and must not send anything. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** Where an arrow, Home or End key leads in a list of `count`, or null for any other key. */
export function moved(key: string, from: number, count: number): number | null {
  if (count === 0) return null;
  if (key === 'ArrowDown') return (from + 1) % count;
  if (key === 'ArrowUp') return (from - 1 + count) % count;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return null;
}
