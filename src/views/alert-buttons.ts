import type { Button, KnownBlock } from '@slack/types';
import type { AlertKind } from '../model/alert.ts';
import { needsCredentials } from '../model/fault.ts';
import type { Setup } from '../model/setup.ts';
import type { Texts } from '../texts/catalogue.ts';
import { actions, button, confirmDialog } from './blocks.ts';
import { entityName } from './entity-name.ts';
import { limits, shorten } from './limits.ts';
import { buttons } from './names.ts';

const nameLength = 80;

/** An admin's word that the deletes of a table were meant. */
export function applyButton(t: Texts, entity: string): Button {
  const { title, text, confirm, deny } = t.alerts.apply;
  const name = shorten(entityName(t, entity), nameLength);
  return button(buttons.deletesApply, t.buttons['deletes.apply'], {
    style: 'danger',
    value: shorten(entity, limits.buttonValue),
    confirm: confirmDialog({ title, text: text(name), confirm, deny }, 'danger'),
  });
}

/** The one button that helps first. @param more what stands beside it */
export function buttonBlocks(t: Texts, kind: AlertKind, setup: Setup, ...more: Button[]): KnownBlock[] {
  const all = [...helpButtons(t, kind, setup), ...(kind === 'deletes-held' ? [] : more)];
  return all.length > 0 ? [actions(...all)] : [];
}

function helpButtons(t: Texts, kind: AlertKind, setup: Setup): Button[] {
  const style = { style: 'primary' } as const;
  switch (kind) {
    case 'schema-changed':
      return [button(buttons.fieldsEdit, t.buttons.fieldsAgain, style)];
    case 'no-success':
      return [button(buttons.validateAgain, t.buttons['validate.again'], style)];
    case 'link-expiring':
      return goOnButtons(t, setup);
    default:
      return [];
  }
}

/** What gets the sync going again. */
function goOnButtons(t: Texts, setup: Setup): Button[] {
  const style = { style: 'primary' } as const;
  if (setup.step !== 'paused') return [button(buttons.validateAgain, t.buttons['validate.again'], style)];
  const { reason } = setup;
  return reason.kind === 'fault' && needsCredentials(reason.fault.code)
    ? [button(buttons.credentialsEdit, t.buttons.credentialsAgain, style)]
    : [button(buttons.syncResume, t.buttons['sync.resume'], style)];
}
