/** How far a Web API method is simulated, the scope it needs, and the kind of token it takes. */
export interface Coverage {
  supported: boolean;
  scope?: string;
  token?: 'app';
}

/**
 * The Web API methods the simulated workspace knows. What is missing here, or not supported, is answered with
 * `unknown_method`, so that the app cannot come to rely on it unnoticed.
 */
export const COVERAGE: Readonly<Record<string, Coverage>> = {
  'api.test': { supported: true },
  'apps.connections.open': { supported: true, scope: 'connections:write', token: 'app' },
  'auth.test': { supported: true },
  'blocks.validate': { supported: true },
  'bots.info': { supported: true, scope: 'users:read' },
  'chat.delete': { supported: true, scope: 'chat:write' },
  'chat.getPermalink': { supported: true },
  'chat.postEphemeral': { supported: true, scope: 'chat:write' },
  'chat.postMessage': { supported: true, scope: 'chat:write' },
  'chat.update': { supported: true, scope: 'chat:write' },
  'conversations.history': { supported: true },
  'conversations.info': { supported: true },
  'conversations.join': { supported: true, scope: 'channels:join' },
  'conversations.list': { supported: true },
  'conversations.members': { supported: true },
  'conversations.open': { supported: true, scope: 'im:write' },
  'conversations.replies': { supported: true },
  'files.completeUploadExternal': { supported: true, scope: 'files:write' },
  'files.getUploadURLExternal': { supported: true, scope: 'files:write' },
  'team.info': { supported: true, scope: 'team:read' },
  'users.info': { supported: true, scope: 'users:read' },
  'users.list': { supported: true, scope: 'users:read' },
  'views.open': { supported: true },
  'views.publish': { supported: true },
  'views.push': { supported: true },
  'views.update': { supported: true },
  'chat.appendStream': { supported: false },
  'chat.scheduleMessage': { supported: false },
  'chat.startStream': { supported: false },
  'chat.stopStream': { supported: false },
  'conversations.invite': { supported: false },
  'pins.add': { supported: false },
  'reactions.add': { supported: false },
  'users.lookupByEmail': { supported: false },
};
