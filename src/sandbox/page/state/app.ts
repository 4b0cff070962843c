/** What the page remembers besides the workspace's state, and what every part of it may do. */
import type {
  ActionContainer,
  Json,
  PageAct,
  PageActResult,
  PageState,
  PanelState,
} from '../../slack/page-api.ts';
import type { Words } from '../texts/en.ts';

/** An act without its `user`: it is always the chosen person. */
export type Act = PageAct extends infer A ? (A extends { user: string } ? Omit<A, 'user'> : never) : never;

/** The open list or menu; there is at most one. */
export interface Popup {
  id: string;
  query: string;
  /** Index of the option the arrow keys stand on; -1 for none. */
  active: number;
  /** What was chosen when a list opened: choosing several counts as one change, when the list closes. */
  before?: Json;
}

export interface Confirmation {
  dialog: Json;
  answer(confirmed: boolean): void;
}

/** A line only this person sees, made by the page: what Slack itself says of a failed command. */
export interface Notice {
  id: string;
  channel: string;
  thread: string | null;
  text: string;
}

export interface Suggestions {
  query: string;
  loading: boolean;
  options: Json[];
  groups: Json[];
}

export interface Ui {
  connection: 'connecting' | 'open' | 'lost';
  channel: string;
  tab: 'home' | 'messages';
  /** `ts` of the message whose thread is open. */
  thread: string | null;
  side: 'thread' | 'sandbox';
  panelOpen: boolean;
  panel: PanelState | null;
  panelBusy: string | null;
  theme: 'light' | 'dark';
  /** Unsent text by channel, or channel and thread. */
  drafts: Map<string, string>;
  popup: Popup | null;
  /** Counts what the person has sent. */
  sent: number;
  /** Ids of pressed elements whose act has not returned. */
  busy: Set<string>;
  confirmation: Confirmation | null;
  notices: Notice[];
  /** By place, then by block and action: what stands in an element, as Slack would send it. */
  forms: Map<string, Map<string, Json>>;
  /** By view id, then by block_id: what is wrong with an input. The empty block_id is the whole view. */
  errors: Map<string, Record<string, string>>;
  suggestions: Map<string, Suggestions>;
  /** The newest message each channel was read up to, by channel. */
  read: Map<string, string>;
  /** Shortly marked, e.g. the copy button just pressed. */
  flash: string | null;
}

export interface App {
  readonly ui: Ui;
  /** Null until the sandbox has been reached. */
  readonly state: PageState | null;
  readonly words: Words;
  /** Draws the page anew, once, after what is running has ended. */
  redraw(): void;
  /** Runs after the next drawing, e.g. to move the focus to what it made. */
  afterDraw(run: () => void): void;
  act(act: Act): Promise<PageActResult>;
  choosePerson(user: string): void;
  chooseChannel(channel: string): void;
  chooseTheme(theme: 'light' | 'dark'): void;
  runPanelAction(id: string): void;
}

/** Where blocks are drawn. */
export interface Place {
  app: App;
  state: PageState;
  container: ActionContainer;
  /** Names the place among all places: a view's id, or a message's channel and ts. */
  id: string;
  /** What is wrong, by block_id. */
  errors: Record<string, string>;
}
