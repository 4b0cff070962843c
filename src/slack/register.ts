import type { App, BlockAction, BlockElementAction } from '@slack/bolt';
import {
  buttons,
  command,
  entitiesInput,
  fieldsInputPattern,
  modals,
  selects,
  shortcuts,
  signInChoice,
} from '../views/names.ts';
import { actionListeners } from './actions.ts';
import type { Bot } from './bot.ts';
import { registerFieldsForm } from './fields-form.ts';
import type { SlackHealth } from './health.ts';
import { readCredentials, readMetadata, readSignInWay } from './input.ts';
import { suggestEntities } from './listeners/entities.ts';
import { suggestFields } from './listeners/fields.ts';
import { suggestRows } from './listeners/retry.ts';
import { setup } from './listeners/setup.ts';
import { changeSignInWay } from './listeners/sign-in-choice.ts';
import { createSearchGuard, permitted } from './permission.ts';
import { createPresses, eventKey, ignoreRepeatedEvents } from './repetition.ts';
import { registerModals } from './submissions.ts';
import { answering, openVisit } from './visit.ts';
import { runWords } from './words.ts';

/** Every name that Slack sends, and what listens to it. */
export function registerListeners(app: App, bot: Bot, health: SlackHealth): void {
  ignoreRepeatedEvents(app, bot.log);
  registerCommand(app, bot);
  registerActions(app, bot);
  registerSignInChoice(app, bot);
  registerFieldsForm(app, bot);
  registerModals(app, bot);
  registerOptions(app, bot);
  registerEvents(app, bot);
  registerHealth(app, health);
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
    await answering(bot, visit, () =>
      permitted(bot, visit, { who: 'admin', tried: 'setup' }, () => setup(bot, visit)),
    );
  });
}

function registerActions(app: App, bot: Bot): void {
  const once = createPresses(bot);
  for (const [name, { who, run }] of Object.entries(actionListeners)) {
    app.action<BlockAction>(
      { type: 'block_actions', action_id: name },
      async ({ ack, body, action, respond }) => {
        await ack();
        const visit = await openVisit(bot, {
          userId: body.user.id,
          channel: body.channel?.id ?? null,
          triggerId: body.trigger_id,
          message: messageOf(body),
          value: pressedValue(action),
          isHome: body.view?.type === 'home',
          // Only messages bring a way to answer with them.
          respond: body.response_url ? respond : null,
        });
        await once(visit, name, () =>
          answering(bot, visit, () => permitted(bot, visit, { who, tried: name }, () => run(bot, visit))),
        );
        if (visit.isHome) await answering(bot, visit, () => bot.homes.open(visit.person.id));
      },
    );
  }
}

/** Of a button, or of what was chosen in a select. */
function pressedValue(action: BlockElementAction): string {
  if ('value' in action && typeof action.value === 'string') return action.value;
  return 'selected_option' in action ? (action.selected_option?.value ?? '') : '';
}

/** The message of the bot's that was acted on; not an ephemeral one, which cannot be edited. */
function messageOf({ container, channel, message }: BlockAction) {
  const ts: unknown = container?.message_ts ?? message?.ts;
  if (container?.is_ephemeral === true || !channel || typeof ts !== 'string') return null;
  return { channel: channel.id, ts };
}

function registerSignInChoice(app: App, bot: Bot): void {
  app.action<BlockAction>({ type: 'block_actions', action_id: signInChoice }, async ({ ack, body }) => {
    await ack();
    const { view, user, trigger_id: triggerId } = body;
    const kind = ([modals.credentials, modals.validate] as const).find((id) => id === view?.callback_id);
    if (!view || !kind) return;
    const metadata = readMetadata(view.private_metadata);
    const visit = await openVisit(bot, { userId: user.id, channel: metadata.channel, triggerId });
    const { values } = view.state ?? {};
    const chosen = { kind, metadata, way: readSignInWay(values), typed: readCredentials(values) };
    await answering(bot, visit, () =>
      permitted(bot, visit, { who: 'admin', tried: signInChoice }, () =>
        changeSignInWay(bot, visit, { ...chosen, viewId: view.id, hash: view.hash }),
      ),
    );
  });
}

function registerOptions(app: App, bot: Bot): void {
  const guarded = createSearchGuard(bot);
  app.options<'block_suggestion'>(
    { type: 'block_suggestion', action_id: fieldsInputPattern },
    async ({ ack, body }) => {
      const { user, action_id: actionId, value } = body;
      const visit = await openVisit(bot, { userId: user.id, channel: null, triggerId: null });
      const entity = fieldsInputPattern.exec(actionId)?.[1] ?? '';
      const search = () => suggestFields(bot, visit, entity, value ?? '');
      await ack({ options: await guarded(visit, buttons.fieldsEdit, search) });
    },
  );
  const others = [
    [entitiesInput, buttons.entitiesAdd, suggestEntities],
    [selects.errorsRow, selects.errorsRow, suggestRows],
  ] as const;
  for (const [name, tried, suggest] of others) {
    app.options<'block_suggestion'>(
      { type: 'block_suggestion', action_id: name },
      async ({ ack, body: { user, value } }) => {
        const visit = await openVisit(bot, { userId: user.id, channel: null, triggerId: null });
        await ack({ options: await guarded(visit, tried, () => suggest(bot, visit, value ?? '')) });
      },
    );
  }
}

function registerEvents(app: App, bot: Bot): void {
  app.event('app_mention', async ({ event, body }) => {
    if (!event.user || event.bot_id) return;
    const { user: userId, channel, thread_ts: threadTs } = event;
    const source = { userId, channel, threadTs, triggerId: null, event: eventKey(body) };
    const visit = await openVisit(bot, source);
    await answering(bot, visit, () => runWords(bot, visit, withoutAddress(event.text)));
  });
  app.message(async ({ message, body }) => {
    if (
      message.channel_type !== 'im' ||
      message.subtype !== undefined ||
      !('user' in message) ||
      message.bot_id
    )
      return;
    const { user: userId, channel, thread_ts: threadTs, text = '' } = message;
    const source = { userId, channel, threadTs, triggerId: null, direct: true, event: eventKey(body) };
    const visit = await openVisit(bot, source);
    await answering(bot, visit, () => runWords(bot, visit, withoutAddress(text)));
  });
  app.event('app_home_opened', async ({ event }) => {
    if (event.tab !== 'home') return;
    await bot.homes.open(event.user);
  });
  app.event('user_change', async ({ event }) => {
    bot.people.forget(event.user.id);
    bot.homes.refresh();
  });
}

/** Slack's last words before it takes nothing from the app any more. */
function registerHealth(app: App, health: SlackHealth): void {
  app.event('app_uninstalled', async () => health.refused('SLACK_BOT_TOKEN', 'app_uninstalled'));
  app.event('tokens_revoked', async ({ event }) => {
    if ((event.tokens.bot ?? []).length > 0) health.refused('SLACK_BOT_TOKEN', 'token_revoked');
  });
}

/** What somebody wrote to the bot, without its name or the command's in front. */
function withoutAddress(text: string): string {
  return text.replace(/<@[^>]+>/g, ' ').replace(/^\s*\/?dynamics\b/i, ' ');
}
