/** What becomes of typed text: a slash command or a message. */
import type { App } from './app.ts';
import { addNotice } from './press.ts';

export function draftKey(channel: string, thread: string | null): string {
  return thread ? `${channel} ${thread}` : channel;
}

export async function sendText(app: App, thread: string | null, typed: string): Promise<void> {
  const text = typed.trim();
  const { channel } = app.ui;
  if (text === '') return;
  const command = /^(\/[^\s/]+)\s*([\s\S]*)$/.exec(text);
  const key = draftKey(channel, thread);
  app.ui.drafts.delete(key);
  app.ui.sent++;
  if (command) await sendCommand(app, thread, command[1] ?? '', command[2] ?? '');
  else await sendMessage(app, channel, thread, text, key);
}

async function sendCommand(app: App, thread: string | null, command: string, text: string): Promise<void> {
  // Slack has no slash commands in threads.
  if (thread) return addNotice(app, app.words.threadCommand(command), thread);
  app.ui.busy.add('command');
  app.redraw();
  const result = await app.act({ type: 'command', channel: app.ui.channel, command, text });
  app.ui.busy.delete('command');
  app.redraw();
  if (result.ok) return;
  addNotice(app, describeFailure(app, command, result.error), null);
}

function describeFailure(app: App, command: string, error: string): string {
  if (error === 'invalid_command') return app.words.unknownCommand(command);
  if (error === 'restricted_action') return app.words.forbiddenCommand;
  // A bare code needs words around it; a sentence of Slack's own speaks for itself.
  return /^[a-z_]+$/.test(error) ? app.words.failedCommand(command, error) : error;
}

async function sendMessage(
  app: App,
  channel: string,
  thread: string | null,
  text: string,
  key: string,
): Promise<void> {
  const result = await app.act({ type: 'message', channel, text, ...(thread ? { thread_ts: thread } : {}) });
  if (result.ok) return;
  if (!app.ui.drafts.get(key)) app.ui.drafts.set(key, text);
  addNotice(app, `${app.words.failedMessage} (${result.error})`, thread);
}
