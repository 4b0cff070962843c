/** Which messages the person has seen. */
import type { PageState, SandboxMessage } from '../../slack/page-api.ts';
import type { Ui } from './app.ts';

export function lastTs(state: PageState, channel: string): string {
  return (state.messages[channel] ?? []).reduce(
    (last, message) => (message.ts > last ? message.ts : last),
    '0',
  );
}

export function unreadCount(ui: Ui, state: PageState, channel: string): number {
  const read = ui.read.get(channel) ?? '0';
  return (state.messages[channel] ?? []).filter(
    (message) => message.ts > read && message.user !== state.me.id,
  ).length;
}

export function markRead(ui: Ui, state: PageState, channel: string): void {
  const last = lastTs(state, channel);
  if ((ui.read.get(channel) ?? '0') < last) ui.read.set(channel, last);
}

/** What a person has never looked at counts as read on the first visit, but for what the app wrote to them alone. */
export function startReading(ui: Ui, state: PageState): void {
  for (const channel of state.channels) {
    if (channel.kind !== 'im' && !ui.read.has(channel.id)) ui.read.set(channel.id, lastTs(state, channel.id));
  }
}

/** Messages of a conversation itself, without the replies in its threads. */
export function mainMessages(state: PageState, channel: string): SandboxMessage[] {
  return (state.messages[channel] ?? []).filter((message) => !isReply(message));
}

export function threadReplies(state: PageState, channel: string, ts: string): SandboxMessage[] {
  return (state.messages[channel] ?? []).filter((message) => message.thread_ts === ts && isReply(message));
}

function isReply(message: SandboxMessage): boolean {
  return message.thread_ts !== undefined && message.thread_ts !== message.ts;
}

/** New messages of others since the last state, to be read out. */
export function freshMessages(before: PageState, after: PageState, channel: string): SandboxMessage[] {
  const known = new Set((before.messages[channel] ?? []).map((message) => message.ts));
  return (after.messages[channel] ?? []).filter(
    (message) => !known.has(message.ts) && message.user !== after.me.id,
  );
}
