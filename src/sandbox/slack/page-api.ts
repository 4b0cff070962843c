/**
 * What a person can do in the simulated workspace and what they see of it. The web page speaks it over HTTP
 * (`POST /sandbox/act`, server-sent events of `GET /sandbox/events?user=U…`), tests and the demo's own story
 * call the same thing in the process. Blocks and views are Slack's own JSON, as the app sent them.
 */

/** Slack's Block Kit JSON: checked against Slack's limits when the app sends it, opaque otherwise. */
export type Json = Record<string, unknown>;

export interface SandboxUser {
  id: string;
  /** Handle, as in `@name`. */
  name: string;
  real_name: string;
  /** `en-US` or `ja-JP`. */
  locale: string;
  tz: string;
  is_admin: boolean;
  is_owner: boolean;
  is_restricted: boolean;
  is_bot: boolean;
  /** True for a person of another workspace who sees a shared channel. */
  is_stranger: boolean;
  team_id: string;
  /** One emoji or letter for the picture, and its colour as `#rrggbb`. */
  avatar: { text: string; color: string };
}

export interface SandboxChannel {
  id: string;
  name: string;
  kind: 'channel' | 'private' | 'im';
  topic: string;
  locale: string;
  is_ext_shared: boolean;
  is_archived: boolean;
  /** User ids. In an `im` the two who talk. */
  members: string[];
}

export interface SandboxMessage {
  channel: string;
  ts: string;
  /** User id of the author; the app posts as its bot user. */
  user: string;
  text: string;
  blocks: Json[];
  thread_ts?: string;
  reply_count?: number;
  edited?: { ts: string };
  /** Set on an ephemeral message: the only person who sees it. */
  ephemeral_for?: string;
  /** What was uploaded with it. `url` is for the page: same origin, no token. */
  files?: SandboxFile[];
}

export interface SandboxFile {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  /** In bytes. */
  size: number;
  url: string;
}

export interface SandboxView {
  id: string;
  /** Changes with every update of the view. */
  hash: string;
  view: Json;
}

/** Everything one person sees. Sent whole, on connecting and after every change. */
export interface PageState {
  /** Counts changes, so that a late answer never replaces a newer one. */
  revision: number;
  team: { id: string; name: string; domain: string };
  me: SandboxUser;
  /** The app's bot user. */
  app: SandboxUser;
  users: SandboxUser[];
  /** Those the person is a member of, the direct message with the app included. */
  channels: SandboxChannel[];
  /** By channel id, oldest first, thread replies and the person's ephemerals among them. */
  messages: Record<string, SandboxMessage[]>;
  /** The open modals, the topmost last; at most three. */
  views: SandboxView[];
  home: SandboxView | null;
  commands: { command: string; description: string; usage_hint: string }[];
  /** False until the bot takes events. */
  bot_connected: boolean;
}

/** Where a pressed element stands. */
export type ActionContainer =
  | { type: 'message'; channel: string; ts: string }
  | { type: 'view'; view_id: string };

/** One thing a person does. `user` is who does it. */
export type PageAct =
  | { type: 'message'; user: string; channel: string; text: string; thread_ts?: string }
  /** A slash command, e.g. command `/dynamics`, text `setup`. Ephemeral help of Slack's own comes back as `error`. */
  | { type: 'command'; user: string; channel: string; command: string; text: string }
  /**
   * An element was pressed or changed. `element` carries what Slack sends of it besides its ids: `value` of a
   * button, `selected_option(s)`, `selected_conversation` and the like. Confirm dialogs are the page's business:
   * this comes after the person confirmed.
   */
  | {
      type: 'block_action';
      user: string;
      container: ActionContainer;
      block_id: string;
      action_id: string;
      element: Json;
      /** In a view: what stands in its inputs, as `view.state.values`. */
      values?: ViewValues;
    }
  | { type: 'view_submission'; user: string; view_id: string; values: ViewValues }
  | { type: 'view_closed'; user: string; view_id: string; is_cleared: boolean }
  | {
      type: 'block_suggestion';
      user: string;
      container: ActionContainer;
      block_id: string;
      action_id: string;
      value: string;
    }
  | { type: 'home_opened'; user: string; tab: 'home' | 'messages' }
  | { type: 'shortcut'; user: string; callback_id: string };

/** `view.state.values`: by block_id, then action_id, e.g. `{ type: 'plain_text_input', value: 'x' }`. */
export type ViewValues = Record<string, Record<string, Json>>;

/** The answer to an act. What it changed comes as a new `PageState`. */
export type PageActResult =
  | {
      ok: true;
      /** How long the app took to acknowledge, in milliseconds; absent where nothing is sent to it. */
      ack_ms?: number;
      /** Of a refused view submission, by block_id. */
      errors?: Record<string, string>;
      /** Of a `block_suggestion`. */
      options?: Json[];
      option_groups?: Json[];
    }
  /** What Slack itself would say, e.g. `operation_timeout`, `dispatch_failed`, `dispatch_unknown_error`. */
  | { ok: false; error: string };

/**
 * The panel beside the workspace, about what is not Slack: `GET /sandbox/panel` answers this,
 * `POST /sandbox/panel/<action id>` does one of its actions and answers it anew.
 */
export interface PanelState {
  /** Offered for the credentials modal, by the input's action_id, the values as they are typed. */
  credentials: Record<string, string>;
  /** Rows per entity (logical name): in the simulated organization and, once there, in the destination. */
  entities: { name: string; dynamics: number; stored: number | null; deleted: number | null }[];
  /**
   * What can be played in Dynamics. `done` is what the last one did, e.g. the row it changed, and whether that has
   * arrived in the destination; without `stored` nobody can tell.
   */
  actions: { id: string; label: { en: string; ja: string } }[];
  done: { en: string; ja: string; stored?: boolean } | null;
}
