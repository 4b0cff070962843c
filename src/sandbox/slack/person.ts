import type { PageActResult, PageState, SandboxMessage, SandboxView } from './page-api.ts';
import type { Given } from './person-form.ts';
import { createHands } from './person-hands.ts';
import { createMemory } from './person-memory.ts';
import { createWatch } from './person-watch.ts';
import type { Slack } from './slack.ts';

type Workbench = Pick<Slack, 'act' | 'state' | 'onChange'>;

/** How long a person waits for something before it is an error, in milliseconds. */
const PATIENCE_MS = 30_000;

/** The conversation a person means by `#name`, name or id; none named is the direct message with the app. */
function conversation({ channels, me }: PageState, name: string | undefined): string {
  const wanted = name?.replace(/^#/, '');
  const found = channels.find((one) =>
    wanted === undefined ? one.kind === 'im' : one.id === wanted || one.name === wanted,
  );
  if (!found) throw new Error(`${me.real_name} is not in the conversation "${name ?? 'with the app'}".`);
  return found.id;
}

function openModal({ views, me }: PageState): SandboxView {
  const view = views.at(-1);
  if (!view) throw new Error(`${me.real_name} has no modal open.`);
  return view;
}

/** What a person says and opens, without elements. */
function createVoice(slack: Workbench, user: string) {
  const channelId = (name: string | undefined) => conversation(slack.state(user), name);
  return {
    /** `setup` or `/dynamics setup`, in the direct message with the app unless a channel is named. */
    async command(words: string, channel?: string): Promise<PageActResult> {
      const [, named, rest = ''] = /^(\/\S+)\s*(.*)$/s.exec(words) ?? [];
      const standard = slack.state(user).commands[0]?.command ?? '';
      const text = named ? rest : words;
      const at = channelId(channel);
      return slack.act({ type: 'command', user, channel: at, command: named ?? standard, text });
    },

    /** Says something, to the app alone unless a channel is named. */
    async message(text: string, channel?: string, thread_ts?: string): Promise<PageActResult> {
      const where = { channel: channelId(channel), ...(thread_ts && { thread_ts }) };
      return slack.act({ type: 'message', user, text, ...where });
    },

    openHome: (tab: 'home' | 'messages' = 'home'): Promise<PageActResult> =>
      slack.act({ type: 'home_opened', user, tab }),

    shortcut: (callback_id: string): Promise<PageActResult> =>
      slack.act({ type: 'shortcut', user, callback_id }),
  };
}

/**
 * A person at the simulated workspace, for tests and for the demo's story: does by simple words what the page
 * does by clicks, and refuses what a person could not do.
 */
export function person(slack: Workbench, user: string, { patienceMs = PATIENCE_MS } = {}) {
  const memory = createMemory(slack, user);
  const watch = createWatch(slack, user, patienceMs);
  const confirms: string[] = [];
  const hands = createHands({ slack, user, memory, confirms });
  const state = (): PageState => slack.state(user);

  return {
    id: user,
    ...createVoice(slack, user),
    ...hands,
    ...watch,
    state,
    /** The words of the confirm dialogs that came up, in order. */
    confirms,
    topView: (): SandboxView | undefined => state().views.at(-1),

    /**
     * Fills in the open modal and submits it. What is not named stays as it was typed before or set by the app.
     * `errors` in the answer are the client's own (an empty required input) or the app's.
     */
    async submit(values: Record<string, Given> = {}): Promise<PageActResult> {
      await hands.fill(values);
      const view = openModal(state());
      if (!view.view.submit) throw new Error('The open modal has nothing to submit.');
      return slack.act({ type: 'view_submission', user, view_id: view.id, values: memory.of(view.id) });
    },

    /** Cancel; `all` is the cross at the top. */
    close: async ({ all = false } = {}): Promise<PageActResult> =>
      slack.act({ type: 'view_closed', user, view_id: openModal(state()).id, is_cleared: all }),

    /** The replies in a message's thread, oldest first. */
    replies: ({ channel, ts }: Pick<SandboxMessage, 'channel' | 'ts'>): SandboxMessage[] =>
      watch.messagesOf(channel).filter((message) => message.thread_ts === ts && message.ts !== ts),

    /** Every message the person sees in a conversation, or everywhere, oldest first. */
    messages: (channel?: string): SandboxMessage[] =>
      watch.messagesOf(channel === undefined ? undefined : conversation(state(), channel)),
  };
}

export type Person = ReturnType<typeof person>;
