import type { Config } from '../config/load.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import type { AddressRules } from '../model/organization.ts';
import type { ConnectionStore } from '../ports/connection-store.ts';
import type { DestinationReader } from '../ports/destination.ts';
import type { Painter } from '../ports/painter.ts';
import type { SecretPage } from '../ports/secret-page.ts';
import { createAccess } from '../setup/access.ts';
import { createSubscriptions } from '../setup/subscriptions.ts';
import type { Bot } from '../slack/bot.ts';
import type { SlackClients } from '../slack/clients.ts';
import { createFiles } from '../slack/files.ts';
import { createHomes } from '../slack/homes.ts';
import { createOpenForms } from '../slack/open-forms.ts';
import { createPeople } from '../slack/people.ts';
import { createStatusPicture } from '../slack/status-picture.ts';
import type { Core } from './core.ts';
import type { Telling } from './telling.ts';

export interface BotParts {
  config: Config;
  clients: SlackClients;
  store: ConnectionStore;
  destination: DestinationReader;
  core: Core;
  telling: Telling;
  painter: Painter;
  /** Null where the bot has no address that browsers reach. */
  invitations: SecretPage | null;
  /** The workspace the bot is installed in; null until Slack has said it. */
  teamId: () => string | null;
  clock: Clock;
  log: Logger;
}

/** Everything that answers people in Slack. */
export function openBot(parts: BotParts): Bot {
  const { config, clients, store, core, telling } = parts;
  const people = createPeople({
    ...parts,
    client: clients.interactive,
    adminUsers: config.ADMIN_USERS,
    choices: () => store.read(),
  });
  const secondAdmin = config.REQUIRE_SECOND_ADMIN;
  const homes = createHomes({ ...parts, ...core, client: clients.background, people, secondAdmin });
  telling.connectAdmins((candidates) => people.adminsAmong(candidates));
  telling.onNews((what) => homes.refresh(what));
  const statusPicture = createStatusPicture({
    ...parts,
    waiting: core.waiting,
    schemas: () => core.schemas.atHand() ?? [],
    files: createFiles(clients.interactive, parts),
  });
  const files = createFiles(clients.background, parts);
  telling.connectPicture((thread, readers) => statusPicture.share(readers, { thread, files }));
  return {
    ...parts,
    ...core,
    statusPicture,
    openForms: createOpenForms(),
    files,
    people,
    homes,
    access: createAccess(parts),
    subscriptions: createSubscriptions(parts),
    card: {
      show: telling.card.show,
      refresh: (ref) =>
        telling.card.refresh(ref).finally(() => {
          homes.refresh();
          telling.lookout.wake();
        }),
    },
    desk: telling.poster,
    credentialRules: { ...addressRules(config), references: config.SECRET_REFERENCES },
    secretPage: parts.invitations,
    secondAdmin,
    canMail: config.SMTP_URL !== undefined,
  };
}

export function addressRules(config: Config): AddressRules {
  return { allowedHosts: config.DYNAMICS_ALLOWED_HOSTS, authority: config.AZURE_AUTHORITY_HOST };
}
