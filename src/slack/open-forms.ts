import { createSerial, type Serial } from '../lib/serial.ts';
import type { FieldsForm } from '../model/fields-form.ts';
import type { Selection } from '../model/selection.ts';

/**
 * What the bot has filled in last in each open form. A person who presses twice in a moment presses the second time
 * on what was there before the first: Slack sends that along, and it must not undo the first.
 */
export interface OpenForms {
  /** One change after the other, as they came. */
  inTurn: Serial;
  /** The form as it stands, when what was sent is from before it; else what was sent. */
  newest(viewId: string, sent: FieldsForm): FieldsForm;
  keep(viewId: string, form: FieldsForm): void;
  /** What was saved when the form was opened; null where that is not known any more. */
  openedOn(viewId: string): Selection | null;
  opened(viewId: string, saved: Selection): void;
}

/** More are not open at once; an older one is merely as safe as without. */
const mostKept = 100;

export function createOpenForms(): OpenForms {
  const kept = new Map<string, FieldsForm>();
  const bases = new Map<string, Selection>();
  return {
    inTurn: createSerial(),
    newest(viewId, sent) {
      const last = kept.get(viewId);
      return last && last.edition > sent.edition ? last : sent;
    },
    keep: (viewId, form) => remember(kept, viewId, form),
    openedOn: (viewId) => bases.get(viewId) ?? null,
    opened: (viewId, saved) => remember(bases, viewId, saved),
  };
}

function remember<T>(kept: Map<string, T>, viewId: string, value: T): void {
  kept.delete(viewId);
  kept.set(viewId, value);
  const [oldest] = kept.keys();
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
}
