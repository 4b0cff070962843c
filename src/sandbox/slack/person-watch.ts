import type { PageState, SandboxMessage, SandboxView } from './page-api.ts';
import type { Slack } from './slack.ts';
import { visibleWords } from './visible-words.ts';
import { until } from './waiting.ts';

/** A message by what it says: a part of its words, an expression, or any test. */
export type MessageTest = string | RegExp | ((message: SandboxMessage) => unknown);
/** A view by its callback_id or any test. */
export type ViewTest = string | ((view: SandboxView) => unknown);

/** Everything a message says, its text and its blocks. */
export const messageWords = ({ text, blocks }: SandboxMessage): string => `${text}\n${visibleWords(blocks)}`;

const messageTest = (test: MessageTest): ((message: SandboxMessage) => unknown) => {
  if (typeof test === 'string') return (message) => messageWords(message).includes(test);
  return test instanceof RegExp ? (message) => test.test(messageWords(message)) : test;
};

const viewTest = (test: ViewTest): ((view: SandboxView) => unknown) =>
  typeof test === 'string' ? ({ view }) => view.callback_id === test : test;

function describe({ me, views, messages }: PageState): string {
  const top = views.at(-1);
  const last = Object.values(messages)
    .flat()
    .sort((a, b) => (a.ts < b.ts ? 1 : -1))[0];
  return [
    `Before ${me.real_name} stands ${top ? `the modal:\n${visibleWords(top.view)}` : 'no modal.'}`,
    `The last message is:\n${last ? messageWords(last) : '(none)'}`,
  ].join('\n');
}

/** Waiting for what comes up before a person, and looking at it. */
export function createWatch(slack: Pick<Slack, 'state' | 'onChange'>, user: string, patienceMs: number) {
  const subject = { onChange: slack.onChange };
  const messagesOf = (channel?: string): SandboxMessage[] => {
    const { messages } = slack.state(user);
    const all = channel === undefined ? Object.values(messages).flat() : (messages[channel] ?? []);
    return all.sort((a, b) => (a.ts < b.ts ? -1 : 1));
  };

  const wait = async <T>(what: string, look: (state: PageState) => T): Promise<NonNullable<T>> => {
    const over = new AbortController();
    const timer = setTimeout(() => {
      const why = `${patienceMs} ms were not enough for ${what}. ${describe(slack.state(user))}`;
      over.abort(new Error(why));
    }, patienceMs);
    try {
      return await until(subject, () => look(slack.state(user)), over.signal);
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    messagesOf,

    /** The newest message that passes, now or later. */
    waitForMessage: (test: MessageTest): Promise<SandboxMessage> =>
      wait(`the message ${String(test)}`, () => messagesOf().findLast(messageTest(test))),

    /** The topmost modal, once it is this one. */
    waitForView: (test: ViewTest): Promise<SandboxView> =>
      wait(`the modal ${String(test)}`, ({ views }) => {
        const top = views.at(-1);
        return top && viewTest(test)(top) ? top : undefined;
      }),

    waitForNoView: (): Promise<true> =>
      wait('the modals to close', ({ views }) => views.length === 0 || undefined),

    waitForHome: (test: (view: SandboxView) => unknown): Promise<SandboxView> =>
      wait('the App Home', ({ home }) => (home && test(home) ? home : undefined)),

    /** Any state at all. */
    waitFor: wait,

    /** What only this person sees, oldest first. */
    ephemerals: (): SandboxMessage[] => messagesOf().filter((message) => message.ephemeral_for === user),
  };
}
