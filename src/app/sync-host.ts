import type { Clock } from '../lib/clock.ts';
import { AppError } from '../lib/errors.ts';
import { createLogger, type Logger } from '../lib/log.ts';
import type { Credentials } from '../model/credentials.ts';
import { type Fault, faultOf } from '../model/fault.ts';
import { type EntityPlan, planEntity } from '../model/selection.ts';
import type { Destination } from '../ports/destination.ts';
import type { Connection } from '../ports/dynamics.ts';
import type { SyncJob, SyncReply, SyncRequest } from '../ports/sync-runner.ts';
import { createEngine, type Engine } from '../sync/engine.ts';
import type { SyncCommand, SyncReport } from './sync-messages.ts';

export interface SyncHostDeps {
  port: {
    postMessage(report: SyncReport): void;
    on(event: 'message', listener: (command: SyncCommand) => void): unknown;
  };
  openDestination: () => Destination;
  connect: (credentials: Credentials, log: Logger) => Connection;
  clock: Clock;
}

/** The sync's side of the thread: runs the engine for the one job it is sent, until it ends or is stopped. */
export function hostSync({ port, openDestination, connect, clock }: SyncHostDeps): void {
  const stop = new AbortController();
  let started = false;
  let engine: Engine | null = null;
  const log = createLogger({
    // All of it: which lines are worth keeping is decided on the other side.
    level: 'debug',
    write: (line) => port.postMessage({ kind: 'log', line }),
    now: () => clock.now(),
  });

  const run = async (job: SyncJob): Promise<Fault | null> => {
    let fault: Fault | null = null;
    const connection = connect(job.credentials, log);
    const destination = openDestination();
    try {
      engine = createEngine({
        source: connection,
        destination,
        clock,
        log,
        readPlans: (signal) => readPlans(connection, job, log, signal),
        countRows: (plans, signal) =>
          connection.countRows(
            plans.map(({ entity, ...plan }) => ({ name: entity, ...plan })),
            signal,
          ),
        onHold: connection.onHold,
        emit(event) {
          if (event.kind === 'stopped') fault = event.fault;
          else port.postMessage({ kind: 'event', event });
        },
      });
      await engine.run({ ...job, entities: Object.keys(job.selection) }, stop.signal);
    } finally {
      await destination.close();
      await connection.close();
    }
    return fault;
  };

  port.on('message', (command) => {
    if (command.kind === 'stop') return stop.abort();
    if (command.kind === 'ask') {
      const { id, request } = command;
      return void answer(engine, request, { log, clock }).then((reply) =>
        port.postMessage({ kind: 'answer', id, reply }),
      );
    }
    if (started) return;
    started = true;
    run(command.job)
      .catch((error: unknown) => {
        log.error('sync thread failed', { error });
        return faultOf(error, clock.now());
      })
      .then((fault) => port.postMessage({ kind: 'ended', fault }))
      .catch((error: unknown) => log.error('sync thread could not report its end', { error }));
  });
}

/** What cannot be done is an answer, too. Never rejects. */
async function answer(
  engine: Engine | null,
  request: SyncRequest,
  { log, clock }: { log: Logger; clock: Clock },
): Promise<SyncReply | null> {
  try {
    return engine ? await engine.ask(request) : null;
  } catch (error) {
    log.warn('what was asked of the sync failed', { request: request.kind, error });
    return { kind: 'failed', fault: faultOf(error, clock.now()) };
  }
}

/**
 * The plans by what exists in Dynamics now.
 * @throws AppError `field-unknown` when the filter is on and its field is gone: going on without it would bring
 * in the rows it keeps out.
 */
async function readPlans(
  connection: Connection,
  { selection }: SyncJob,
  log: Logger,
  signal: AbortSignal,
): Promise<EntityPlan[]> {
  const names = Object.keys(selection);
  const schemas = await connection.readSchemas(names, signal);
  const plans = schemas.flatMap((schema) => {
    const selected = selection[schema.name];
    if (!selected) return [];
    const plan = planEntity(schema, selected);
    if (selected.filter && !plan.filter) throw filterGone(schema.name);
    if (plan.gone) log.warn('fields cannot be read any more', { entity: schema.name, fields: plan.gone });
    return [plan];
  });
  const missing = names.filter((name) => !plans.some(({ entity }) => entity === name));
  if (missing.length > 0) log.warn('entities cannot be read any more', { entities: missing });
  return plans;
}

function filterGone(entity: string): AppError {
  return new AppError('field-unknown', `The filter field of ${entity} is gone`, {
    recovery: 'ask-admin',
    details: { entity, field: 'new_synctomkto' },
  });
}
