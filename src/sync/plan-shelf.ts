import { AppError } from '../lib/errors.ts';
import { createSerial } from '../lib/serial.ts';
import type { EntityPlan } from '../model/selection.ts';
import type { EngineDeps, EngineJob } from './engine-deps.ts';
import type { ProgressBoard } from './progress-board.ts';

/** The plans in use, with what has to be done when others take their place. */
export function createPlanShelf(deps: EngineDeps, job: EngineJob, board: ProgressBoard) {
  let present = new Map<string, EntityPlan>();
  const known = createKnownFields();
  const inTurn = createSerial();
  return {
    plans: (): EntityPlan[] => [...present.values()],
    planOf: (entity: string): EntityPlan | undefined => present.get(entity),
    /** Whether something of the job cannot be read at present. */
    isIncomplete: (): boolean =>
      job.entities.some((entity) => {
        const plan = present.get(entity);
        return !plan || known.gone(plan).length > 0 || plan.otherTypes !== undefined;
      }),
    /** In turn: entities that find their plans outdated at once would undo each other's. */
    adopt: (change: (next: Map<string, EntityPlan>) => void): Promise<void> =>
      inTurn(async () => {
        const next = new Map(present);
        change(next);
        if (next.size === 0) throw nothingLeft(job);
        const plans = job.entities.flatMap((entity) => next.get(entity) ?? []);
        await deps.destination.prepare(job.organizationId, plans, job.intervalSeconds * 1000);
        present = new Map(plans.map((plan) => [plan.entity, plan]));
        board.setPrepared([...present.keys()]);
        for (const entity of job.entities) raise(board, entity, present.get(entity), known);
      }),
  };
}

/** By entity, every field that was to be synced since the start: what a plan lacks of them is gone. */
function createKnownFields() {
  const names = new Map<string, Set<string>>();
  return {
    gone(plan: EntityPlan | undefined): string[] {
      if (!plan) return [];
      const here = plan.columns.map(({ name }) => name);
      const all = new Set([...(names.get(plan.entity) ?? []), ...here, ...(plan.gone ?? [])]);
      names.set(plan.entity, all);
      const others = (plan.otherTypes ?? []).map(({ field }) => field);
      return [...all].filter((name) => !here.includes(name) && !others.includes(name));
    },
  };
}

function raise(
  { conditions }: ProgressBoard,
  entity: string,
  plan: EntityPlan | undefined,
  known: ReturnType<typeof createKnownFields>,
): void {
  const fields = known.gone(plan);
  if (fields.length > 0) conditions.raise('fields-gone', entity, { fields: fields.join(', ') });
  else conditions.clear('fields-gone', entity);
  if (plan) conditions.clear('entity-gone', entity);
  else conditions.raise('entity-gone', entity);
  const others = plan?.otherTypes ?? [];
  const names = others.map(({ field }) => field).join(', ');
  const types = others.map(({ stored, type }) => `${stored} ${type}`).join(', ');
  if (names) conditions.raise('type-changed', entity, { fields: names, types });
  else conditions.clear('type-changed', entity);
}

function nothingLeft({ entities }: EngineJob): AppError {
  return new AppError('entity-unknown', 'None of the chosen entities exists', {
    recovery: 'ask-admin',
    details: { entity: entities.join(', ') },
  });
}
