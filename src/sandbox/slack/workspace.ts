import { randomBytes } from 'node:crypto';
import type { Clock } from '../../lib/clock.ts';
import type { Json, PageState, SandboxChannel, SandboxMessage, SandboxUser } from './page-api.ts';

export type Team = PageState['team'];
export type Command = PageState['commands'][number];

/** A view as it stands before a person: a modal of their stack or their App Home. */
export interface StoredView {
  id: string;
  hash: string;
  user: string;
  root_view_id: string;
  previous_view_id: string | null;
  /** As the app sent it, block and action ids filled in. */
  view: Json;
  /** Where the person was when it opened: `default_to_current_conversation` means this. */
  opened_in: string | null;
}

export interface StoredFile {
  id: string;
  name: string;
  title: string;
  content: Buffer | null;
  /** False until `files.completeUploadExternal` has shared it. */
  complete: boolean;
}

export interface WorkspaceSeed {
  team: Team;
  /** The one with `is_bot` is the app's bot user. */
  users: SandboxUser[];
  channels: SandboxChannel[];
  commands: Command[];
}

/** All there is in the workspace. Whoever changes something calls `changed`. */
export interface Workspace {
  clock: Clock;
  team: Team;
  app: { id: string; bot_id: string; user: SandboxUser; token: string };
  users: Map<string, SandboxUser>;
  channels: Map<string, SandboxChannel>;
  /** By channel id, oldest first. */
  messages: Map<string, SandboxMessage[]>;
  /** Open modals by user id, topmost last. */
  stacks: Map<string, StoredView[]>;
  homes: Map<string, StoredView>;
  files: Map<string, StoredFile>;
  commands: Command[];
  /** Counts changes. */
  revision(): number;
  changed(): void;
  onChange(listener: () => void): () => void;
  /** A new id, e.g. `V0000001`. */
  id(prefix: string): string;
  /** A new message timestamp, later than any before. */
  ts(): string;
  hash(): string;
}

function createIds(clock: Clock) {
  let counter = 0;
  let last = 0;
  return {
    id: (prefix: string) => {
      counter += 1;
      return `${prefix}${counter.toString(36).toUpperCase().padStart(8, '0')}`;
    },
    ts: () => {
      last = Math.max(last + 1, clock.now() * 1000);
      return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, '0')}`;
    },
    hash: () => `${Math.floor(clock.now() / 1000)}.${randomBytes(4).toString('hex')}`,
  };
}

/** Every person of the workspace has one conversation with the app alone. Strangers have none. */
function directMessages(users: SandboxUser[], app: SandboxUser): SandboxChannel[] {
  return users
    .filter((user) => !user.is_bot && !user.is_stranger)
    .map((user) => ({
      id: `D${user.id.slice(1)}`,
      name: app.real_name,
      kind: 'im' as const,
      topic: '',
      locale: user.locale,
      is_ext_shared: false,
      is_archived: false,
      members: [user.id, app.id],
    }));
}

export function createWorkspace(seed: WorkspaceSeed, clock: Clock): Workspace {
  const bot = seed.users.find((user) => user.is_bot);
  if (!bot) throw new Error('The workspace needs a user with is_bot: the app itself.');
  const listeners = new Set<() => void>();
  let revision = 0;
  const channels = [...structuredClone(seed.channels), ...directMessages(seed.users, bot)];
  const users = structuredClone(seed.users);
  return {
    ...createIds(clock),
    clock,
    team: seed.team,
    app: {
      id: 'A0SANDBOX',
      bot_id: 'B0SANDBOX',
      user: users.find((user) => user.id === bot.id) ?? bot,
      token: 'sandbox-verification-token',
    },
    users: new Map(users.map((user) => [user.id, user])),
    channels: new Map(channels.map((channel) => [channel.id, channel])),
    messages: new Map(channels.map((channel) => [channel.id, []])),
    stacks: new Map(),
    homes: new Map(),
    files: new Map(),
    commands: seed.commands,
    revision: () => revision,
    changed: () => {
      revision += 1;
      for (const listener of [...listeners]) listener();
    },
    onChange: (listener) => {
      // Wrapped, so that the same function may listen twice.
      const own = () => listener();
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
  };
}
