import { readSchemas } from '../src/dynamics/entity-metadata.ts';
import { patientLimits } from '../src/dynamics/limits.ts';
import { openSession, type Session } from '../src/dynamics/session.ts';
import { systemClock } from '../src/lib/clock.ts';
import { silentLogger } from '../src/lib/log.ts';
import { type CredentialValues, parseCredentials } from '../src/model/credentials.ts';
import { defaultSelection, type EntityPlan, planEntity } from '../src/model/selection.ts';

/** The sandbox's organization, for what is measured without the bot. */
export interface Place {
  credentials: Record<string, string>;
  environment: Record<string, string>;
}

/** The same session and the same fields as the bot's, which takes what is preselected. */
export async function enter({ credentials, environment }: Place) {
  const rules = {
    allowedHosts: [environment.DYNAMICS_ALLOWED_HOSTS ?? ''],
    authority: environment.AZURE_AUTHORITY_HOST,
  };
  const parsed = parseCredentials(credentials as CredentialValues, rules);
  if ('problems' in parsed) throw new Error('The sandbox offers credentials that are none');
  const session = openSession(parsed.credentials, {
    clock: systemClock,
    log: silentLogger,
    limits: patientLimits,
  });
  return { session, plans: await readPlans(session) };
}

async function readPlans({ api, life }: Session): Promise<EntityPlan[]> {
  const names = ['account', 'contact', 'lead', 'opportunity', 'systemuser'];
  const schemas = await readSchemas(api, names, life);
  return schemas.map((schema) => planEntity(schema, defaultSelection(schema)));
}
