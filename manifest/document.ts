import { Document, isScalar } from 'yaml';
import { optionalScopes, type Scope, scopes } from '../src/slack/scopes.ts';
import { manifest } from './app.ts';

const about = ` The Slack app of Dynamics Sync. Written by "npm run manifest"; change manifest/ instead of this file.
 Use it at https://api.slack.com/apps > Create New App > From a manifest.

 The app connects by Socket Mode: it needs no public address, and SLACK_APP_TOKEN is set.
 To receive requests over HTTP instead, set SLACK_SIGNING_SECRET, leave SLACK_APP_TOKEN out, and change here
 (https://bot.example.com stands for your own address):
   features.slash_commands[0].url: https://bot.example.com/slack/events
   settings.event_subscriptions.request_url: https://bot.example.com/slack/events
   settings.interactivity.request_url: https://bot.example.com/slack/events
   settings.interactivity.message_menu_options_url: https://bot.example.com/slack/events
   settings.socket_mode_enabled: false`;

function explain(document: Document, path: readonly string[], reasons: readonly Scope[]): void {
  for (const [index, { why }] of reasons.entries()) {
    const node = document.getIn([...path, index], true);
    if (isScalar(node)) node.comment = ` ${why}`;
  }
}

/** The manifest as YAML, with the reasons as comments. */
export function writeDocument(): string {
  const document = new Document(manifest);
  document.commentBefore = about;
  explain(document, ['oauth_config', 'scopes', 'bot'], scopes);
  explain(document, ['oauth_config', 'scopes', 'bot_optional'], optionalScopes);
  return document.toString({ lineWidth: 0 });
}
