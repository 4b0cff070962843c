import { ApiError } from './api-error.ts';
import { identified } from './block-ids.ts';
import { objectOf, stringOf } from './fields.ts';
import { LIMITS } from './limits.ts';
import type { Json } from './page-api.ts';
import { checkView, describeProblem, isTooLarge } from './surface-check.ts';
import type { StoredView, Workspace } from './workspace.ts';

/** Refuses as Slack does what is over its limits. */
export function assertView(view: unknown, type: 'modal' | 'home'): Json {
  if (isTooLarge(view)) throw new ApiError('view_too_large');
  const messages = checkView(view).map(describeProblem);
  const given = objectOf(view);
  if (messages.length === 0 && given.type !== type)
    messages.push(`[ERROR] must be ${type} [json-pointer:/view/type]`);
  if (messages.length > 0) throw new ApiError('invalid_arguments', { response_metadata: { messages } });
  return given;
}

/** The app's view with block and action ids where it gave none. */
const settled = (view: Json): Json => ({ ...structuredClone(view), blocks: identified(view.blocks) });

function everyView(workspace: Workspace): StoredView[] {
  return [...workspace.stacks.values()].flat().concat([...workspace.homes.values()]);
}

const withExternalId = (workspace: Workspace, id: string): StoredView | undefined =>
  everyView(workspace).find((one) => id !== '' && one.view.external_id === id);

/** An external id belongs to one view of the whole workspace. */
function assertExternalId(workspace: Workspace, view: Json, own?: StoredView): void {
  const holder = withExternalId(workspace, stringOf(view.external_id));
  if (holder && holder !== own) throw new ApiError('duplicate_external_id');
}

function createView(workspace: Workspace, user: string, view: Json, on: Partial<StoredView>): StoredView {
  assertExternalId(workspace, view);
  const id = workspace.id('V');
  return {
    id,
    hash: workspace.hash(),
    user,
    root_view_id: on.root_view_id ?? id,
    previous_view_id: on.id ?? null,
    view: settled(view),
    opened_in: on.opened_in ?? null,
  };
}

/** The modals and App Homes people have before them. A view keeps its id for life and changes its hash. */
export function createViews(workspace: Workspace) {
  const stack = (user: string): StoredView[] => workspace.stacks.get(user) ?? [];
  const setStack = (user: string, views: StoredView[]) => {
    if (views.length > 0) workspace.stacks.set(user, views);
    else workspace.stacks.delete(user);
    workspace.changed();
  };

  const replace = (stored: StoredView, view: Json, hash: unknown): StoredView => {
    if (typeof hash === 'string' && hash !== '' && hash !== stored.hash) throw new ApiError('hash_conflict');
    assertExternalId(workspace, view, stored);
    stored.view = settled(view);
    stored.hash = workspace.hash();
    workspace.changed();
    return stored;
  };

  return {
    stack,
    replace,
    find: (id: string) => everyView(workspace).find((one) => one.id === id),
    byExternalId: (id: string) => withExternalId(workspace, id),

    /** Opens a first modal. A stack that was open gives way. */
    open(user: string, view: Json, where: string | null): StoredView {
      const opened = createView(workspace, user, view, { opened_in: where });
      setStack(user, [opened]);
      return opened;
    },

    push(user: string, view: Json): StoredView {
      const open = stack(user);
      if (open.length >= LIMITS.view.stack) throw new ApiError('push_limit_reached');
      const pushed = createView(workspace, user, view, open.at(-1) ?? {});
      setStack(user, [...open, pushed]);
      return pushed;
    },

    publish(user: string, view: Json, hash: unknown): StoredView {
      const home = workspace.homes.get(user);
      if (home) return replace(home, view, hash);
      const created = createView(workspace, user, view, {});
      workspace.homes.set(user, created);
      workspace.changed();
      return created;
    },

    /** Takes a modal off the stack, and what lies on it. */
    close(view: StoredView): void {
      const open = stack(view.user);
      const index = open.indexOf(view);
      if (index >= 0) setStack(view.user, open.slice(0, index));
    },

    clear: (user: string) => setStack(user, []),
  };
}

export type Views = ReturnType<typeof createViews>;
