import type { SandboxChannel, SandboxUser } from './page-api.ts';
import type { WorkspaceSeed } from './workspace.ts';

const TEAM = { id: 'T0CONTOSO', name: 'Contoso Marketing', domain: 'contoso-marketing' };

type Person = Pick<SandboxUser, 'id' | 'name' | 'real_name' | 'locale' | 'tz' | 'avatar'> &
  Partial<SandboxUser>;

const user = (person: Person): SandboxUser => ({
  is_admin: false,
  is_owner: false,
  is_restricted: false,
  is_bot: false,
  is_stranger: false,
  team_id: TEAM.id,
  ...person,
});

const USERS: SandboxUser[] = [
  user({
    id: 'U0AIKO',
    name: 'aiko',
    real_name: 'Aiko Tanaka',
    locale: 'ja-JP',
    tz: 'Asia/Tokyo',
    is_admin: true,
    avatar: { text: '愛', color: '#b5446e' },
  }),
  user({
    id: 'U0TOM',
    name: 'tom',
    real_name: 'Tom Becker',
    locale: 'en-US',
    tz: 'Europe/Berlin',
    is_admin: true,
    is_owner: true,
    avatar: { text: 'T', color: '#2f6f8f' },
  }),
  user({
    id: 'U0MIA',
    name: 'mia',
    real_name: 'Mia Rossi',
    locale: 'en-US',
    tz: 'Europe/Rome',
    avatar: { text: 'M', color: '#7a5c9e' },
  }),
  user({
    id: 'U0KEN',
    name: 'ken',
    real_name: 'Ken Sato',
    locale: 'ja-JP',
    tz: 'Asia/Tokyo',
    avatar: { text: '健', color: '#3f7d4f' },
  }),
  user({
    id: 'U0GARY',
    name: 'gary',
    real_name: 'Guest Gary',
    locale: 'en-US',
    tz: 'America/New_York',
    is_restricted: true,
    avatar: { text: 'G', color: '#8a6d3b' },
  }),
  user({
    id: 'U0EVE',
    name: 'eve',
    real_name: 'Eve Stranger',
    locale: 'en-US',
    tz: 'America/Los_Angeles',
    is_stranger: true,
    team_id: 'T0FABRIKAM',
    avatar: { text: 'E', color: '#a3482f' },
  }),
  user({
    id: 'U0SYNC',
    name: 'dynamics_sync',
    real_name: 'Dynamics Sync',
    locale: 'en-US',
    tz: 'Etc/UTC',
    is_bot: true,
    avatar: { text: '🔄', color: '#1f5fbf' },
  }),
];

const channel = (
  given: Pick<SandboxChannel, 'id' | 'name' | 'topic' | 'members'> & Partial<SandboxChannel>,
): SandboxChannel => ({
  kind: 'channel',
  locale: 'en-US',
  is_ext_shared: false,
  is_archived: false,
  ...given,
});

const STAFF = ['U0AIKO', 'U0TOM', 'U0MIA', 'U0KEN'];

const CHANNELS: SandboxChannel[] = [
  channel({
    id: 'C0MARKETING',
    name: 'marketing-ops',
    topic: 'Campaigns, lists and the data behind them',
    members: [...STAFF, 'U0GARY', 'U0SYNC'],
  }),
  channel({
    id: 'C0MAJAPAN',
    name: 'マーケティング',
    topic: 'キャンペーンとリード管理',
    locale: 'ja-JP',
    members: ['U0AIKO', 'U0KEN', 'U0TOM', 'U0SYNC'],
  }),
  // The app is not in here: what posts to it learns not_in_channel, until somebody says /invite.
  channel({ id: 'C0RANDOM', name: 'random', topic: 'Anything else', members: STAFF }),
  channel({
    id: 'C0PRIVATE',
    name: 'leads-private',
    kind: 'private',
    topic: 'Named accounts only',
    members: ['U0AIKO', 'U0TOM'],
  }),
  channel({
    id: 'C0PARTNERS',
    name: 'partners-shared',
    topic: 'With our friends at Fabrikam',
    is_ext_shared: true,
    members: [...STAFF, 'U0EVE', 'U0SYNC'],
  }),
];

/** A marketing department in two languages, with a guest and a person of another company. */
export const WORKSPACE_SEED: WorkspaceSeed = {
  team: TEAM,
  users: USERS,
  channels: CHANNELS,
  commands: [
    {
      command: '/dynamics',
      description: 'Connect Dynamics 365 and keep it in sync',
      usage_hint:
        '[setup | validate | fields | credentials | status | errors | pause | resume | history | help]',
    },
  ],
};
