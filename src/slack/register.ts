import type { App, BlockAction, ViewSubmitAction } from '@slack/bolt';
import { buttons, command, fieldsInputPattern, modals, shortcuts } from '../views/names.ts';
import { refusalModal } from '../views/problem-modal.ts';
import { buttonListeners } from './actions.ts';
import type { Bot } from './bot.ts';
import { readCredentials, readMetadata, readSelection, readStart } from './input.ts';
import { submitCredentials } from './listeners/credentials.ts';
import { saveFields, suggestFields } from './listeners/fields.ts';
import { publishHome } from './listeners/home.ts';
import { setup } from './listeners/setup.ts';
import { submitStart } from './listeners/start.ts';
import { answering, openVisit, refuse, type Visit } from './visit.ts';
import { runWords } from './words.ts';

/** Every name that Slack sends, and what listens to it. */
export function registerListeners(app: App, bot: Bot): void {
  registerCommand(app, bot);
  registerButtons(app, bot);
  registerModals(app, bot);
  registerOptions(app, bot);
  registerEvents(app, bot);
}

function registerCommand(app: App, bot: Bot): void {
  app.command(command, async ({ ack, body, respond }) => {
    await ack();
    const { user_id: userId, channel_id: channel, trigger_id: triggerId } = body;
    const visit = await openVisit(bot, { userId, channel, triggerId, respond });
    await answering(bot, visit, () => runWords(bot, visit, body.text ?? ''));
  });
  app.shortcut(shortcuts.setup, async ({ ack, body }) => {
    await ack();
    const visit = await openVisit(bot, { userId: body.user.id, channel: null, triggerId: body.trigger_id });
    await answering(bot, visit, () => (visit.person.isAdmin ? setup(bot, visit) : refuse(bot, visit)));
  });
}

function registerButtons(app: App, bot: Bot): void {
  for (const name of Object.values(buttons)) {
    const { who, run } = buttonListeners[name];
    app.action<BlockAction>(
      { type: 'block_actions', action_id: name },
      async ({ ack, body, action, respond }) => {
        await ack();
        const visit = await openVisit(bot, {
          userId: body.user.id,
          channel: body.channel?.id ?? null,
          triggerId: body.trigger_id,
          message: messageOf(body),
          value: 'value' in action && typeof action.value === 'string' ? action.value : '',
          // Only messages bring a way to answer with them.
          respond: body.response_url ? respond : null,
        });
        await answering(bot, visit, () =>
          who === 'admin' && !visit.person.isAdmin ? refuse(bot, visit) : run(bot, visit),
        );
      },
    );
  }
}

/** The message of the bot's that was acted on; not an ephemeral one, which cannot be edited. */
function messageOf({ container, channel }: BlockAction) {
  const isEphemeral = container.is_ephemeral === true;
  if (container.type !== 'message' || isEphemeral || !channel) return null;
  return { channel: channel.id, ts: String(container.message_ts) };
}

function registerModals(app: App, bot: Bot): void {
  const submitted = async (body: ViewSubmitAction): Promise<Visit> => {
    const { channel } = readMetadata(body.view.private_metadata);
    return await openVisit(bot, { userId: body.user.id, channel, triggerId: body.trigger_id });
  };
  const refused = async (visit: Visit) => {
    await bot.conversation.note('access.refused', visit.person.id, 'not-admin');
    return refusalModal(visit.t, { adminIds: await bot.people.adminIds() });
  };

  for (const kind of [modals.credentials, modals.validate] as const) {
    app.view<ViewSubmitAction>(kind, async ({ ack, body, view }) => {
      const visit = await submitted(body);
      if (!visit.person.isAdmin) return await ack({ response_action: 'update', view: await refused(visit) });
      const typed = readCredentials(view.state.values);
      const metadata = readMetadata(view.private_metadata);
      await answering(bot, visit, () => submitCredentials(bot, visit, { kind, typed, metadata, ack }));
    });
  }
  app.view<ViewSubmitAction>(modals.fields, async ({ ack, body, view }) => {
    const visit = await submitted(body);
    if (!visit.person.isAdmin) return await ack({ response_action: 'update', view: await refused(visit) });
    await ack();
    await answering(bot, visit, () => saveFields(bot, visit, readSelection(view.state.values)));
  });
  app.view<ViewSubmitAction>(modals.start, async ({ ack, body, view }) => {
    const visit = await submitted(body);
    if (!visit.person.isAdmin) return await ack({ response_action: 'update', view: await refused(visit) });
    const input = readStart(view.state.values);
    await answering(bot, visit, () => submitStart(bot, visit, { input, ack }));
  });
}

function registerOptions(app: App, bot: Bot): void {
  app.options<'block_suggestion'>(
    { type: 'block_suggestion', action_id: fieldsInputPattern },
    async ({ ack, body }) => {
      const { user, action_id: actionId, value } = body;
      const visit = await openVisit(bot, { userId: user.id, channel: null, triggerId: null });
      const entity = fieldsInputPattern.exec(actionId)?.[1] ?? '';
      const options = await suggestFields(bot, visit, entity, value).catch((error: unknown) => {
        bot.log.warn('Fields cannot be suggested', { entity, error });
        return [];
      });
      await ack({ options });
    },
  );
}

function registerEvents(app: App, bot: Bot): void {
  app.event('app_mention', async ({ event }) => {
    if (!event.user) return;
    const visit = await openVisit(bot, { userId: event.user, channel: event.channel, triggerId: null });
    const text = event.text.replace(/<@[^>]+>/g, ' ');
    await answering(bot, visit, () => runWords(bot, visit, text));
  });
  app.message(async ({ message }) => {
    if (
      message.channel_type !== 'im' ||
      message.subtype !== undefined ||
      !('user' in message) ||
      message.bot_id
    )
      return;
    const { user: userId, channel, text = '' } = message;
    const visit = await openVisit(bot, { userId, channel, triggerId: null, direct: true });
    await answering(bot, visit, () => runWords(bot, visit, text.replace(/^\/?dynamics\s+/i, '')));
  });
  app.event('app_home_opened', async ({ event }) => {
    if (event.tab !== 'home') return;
    const visit = await openVisit(bot, { userId: event.user, channel: null, triggerId: null });
    await answering(bot, visit, () => publishHome(bot, visit));
  });
  app.event('user_change', async ({ event }) => bot.people.forget(event.user.id));
}
