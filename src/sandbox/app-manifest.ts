import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** What of the app's manifest the simulated workspace goes by, as a real one does after the installation. */
export interface AppManifest {
  scopes: string[];
  commands: { command: string; description: string; usage_hint: string }[];
}

const path = join(import.meta.dirname, '..', '..', 'slack-manifest.yml');

/** Reads the manifest an admin installs: a scope or a command that is missing in it is missing here, too. */
export function readAppManifest(): AppManifest {
  const manifest = parse(readFileSync(path, 'utf8'));
  return { scopes: manifest.oauth_config.scopes.bot, commands: manifest.features.slash_commands };
}
