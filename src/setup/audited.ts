import { type AuditAction, type AuditEntry, auditedPeriod } from '../model/audit.ts';
import type { Selection } from '../model/selection.ts';
import { selectionChanges } from '../model/selection-change.ts';
import type { Setup } from '../model/setup.ts';
import type { SetupEvent } from './event.ts';

type Details = NonNullable<AuditEntry['details']>;

/** How an event of the setup is called in the history. */
export const auditedAs: Readonly<Record<SetupEvent['kind'], AuditAction>> = {
  'credentials-verified': 'credentials.stored',
  'organization-confirmed': 'organization.confirmed',
  'organization-changed': 'organization.changed',
  'fields-saved': 'fields.saved',
  'start-requested': 'start.requested',
  'start-cancelled': 'start.cancelled',
  'start-confirmed': 'start.confirmed',
  'initial-completed': 'initial.completed',
  paused: 'sync.paused',
  resumed: 'sync.resumed',
  stopped: 'sync.stopped',
};

/** What the history keeps of it besides. */
export function auditedDetails(event: SetupEvent, before: Setup): Details | undefined {
  if (event.kind === 'credentials-verified') return { organization: event.organization.friendlyName };
  if (event.kind === 'stopped') return { fault: event.fault.code };
  if (event.kind === 'fields-saved') {
    const { ticked, selection } = event;
    const period: Details = ticked ? { [auditedPeriod]: JSON.stringify(ticked.period) } : {};
    return { ...savedDetails(before, selection), ...period };
  }
  return undefined;
}

/** Of each entity; a save of all fields of a large table need not be kept name by name. */
const mostCharacters = 300;

/** By entity, in signs that need no language. Of the first save only how many fields there are. */
function savedDetails(before: Setup, selection: Selection): Details {
  if (!('selection' in before)) {
    const counts = Object.entries(selection).map(([entity, { fields }]) => [entity, String(fields.length)]);
    return Object.fromEntries(counts);
  }
  const changes = selectionChanges(before.selection, selection).map(({ entity, added, removed, filter }) => {
    const signs = [
      ...(filter ? [`[${filter === 'on' ? '+' : '−'}filter]`] : []),
      ...added.map((name) => `+${name}`),
      ...removed.map((name) => `−${name}`),
    ];
    return [entity, signs.join(' ').slice(0, mostCharacters)];
  });
  return Object.fromEntries(changes);
}
