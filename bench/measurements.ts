import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { CommandsCalls } from './commands-process.ts';
import type { FrontCalls } from './front-process.ts';
import type { Helper, Helpers } from './helpers.ts';
import type { LimitsCalls } from './limits-process.ts';
import type { Place } from './organization.ts';
import type { ProbeCalls } from './probe-process.ts';
import type { RivalCalls } from './rival-process.ts';
import type { StageCalls, StageFacts } from './stage-process.ts';
import { median } from './statistics.ts';

export interface Bench {
  helpers: Helpers;
  /** For everything that is stored; the caller removes it. */
  folder: string;
  rows: number;
  /** How often the quick measurements are taken; the median counts. */
  times: number;
  signal: AbortSignal;
}

/** The simulated surroundings, ready to be measured against. */
interface Stage {
  ask: Helper<StageCalls>['ask'];
  place: Place;
  facts: StageFacts;
  folder: string;
  /** For processes that talk to them: the sandbox's certificates are its own. */
  trust: Record<string, string>;
  setLatency(ms: number): Promise<void>;
  /** Requests that have come to Dataverse. */
  countRequests(): Promise<number>;
}

let folders = 0;

async function onStage<T>(bench: Bench, work: (stage: Stage) => Promise<T>): Promise<T> {
  folders += 1;
  const folder = join(bench.folder, String(folders));
  mkdirSync(folder);
  const stage = bench.helpers.start<StageCalls>('stage-process.ts');
  let front: Helper<FrontCalls> | undefined;
  try {
    const facts = await stage.ask('open', { folder, rows: bench.rows });
    const trust = { NODE_EXTRA_CA_CERTS: facts.environment.NODE_EXTRA_CA_CERTS ?? '' };
    front = bench.helpers.start<FrontCalls>('front-process.ts', trust);
    const { ask } = front;
    const { origin } = await ask('open', facts);
    const place = await stage.ask('admit', { origin });
    await warmUp(bench, place, trust);
    const setLatency = (ms: number) => ask('setLatency', { ms });
    const countRequests = () => ask('count');
    return await work({ ask: stage.ask, place, facts, folder, trust, setLatency, countRequests });
  } finally {
    await front?.end();
    await stage.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A server that has just started is several times as slow as later: everything meets a warm one. */
async function warmUp(bench: Bench, place: Place, trust: Record<string, string>): Promise<void> {
  const limits = bench.helpers.start<LimitsCalls>('limits-process.ts', trust);
  await limits.ask('open', place);
  for (let time = 0; time < 2; time += 1) await limits.ask('download');
  await limits.end();
}

/** The initial sync through Slack, with nobody else about. */
export function measureSync(bench: Bench, pageMs: number) {
  return onStage(bench, async (stage) => {
    await stage.ask('prepare');
    await stage.setLatency(pageMs);
    return await stage.ask('sync');
  });
}

/** The same while one process asks whether the bot is alive and another one sends commands. */
export function measureAnswers(bench: Bench, pageMs: number) {
  return onStage(bench, async (stage) => {
    const { users, signingSecret } = stage.facts;
    const { port } = await stage.ask('prepare');
    await stage.setLatency(pageMs);
    const probe = bench.helpers.start<ProbeCalls>('probe-process.ts');
    const commands = bench.helpers.start<CommandsCalls>('commands-process.ts');
    try {
      await probe.ask('start', { port });
      await commands.ask('start', { port, signingSecret, users });
      await pause(1_500);
      const idle = { probe: await probe.ask('take'), commands: await commands.ask('take') };
      const sync = await stage.ask('sync');
      const during = { probe: await probe.ask('take'), commands: await commands.ask('take') };
      if (during.commands.answers === 0) throw new Error('No command was answered');
      return { idle, sync, during };
    } finally {
      await Promise.all([probe.end(), commands.end()]);
    }
  });
}

/** What comes after the initial sync, a second after each other. */
export function measureCycles(bench: Bench, { cycles, changes }: { cycles: number; changes: number }) {
  return onStage(bench, async (stage) => {
    await stage.ask('prepare', { intervalSeconds: 1 });
    const sync = await stage.ask('sync');
    await stage.ask('cycles', { count: 3 });
    const before = await stage.countRequests();
    const { cpuMs } = await stage.ask('cycles', { count: cycles });
    const requests = (await stage.countRequests()) - before;
    const { seconds } = await stage.ask('change', { rows: changes });
    return { sync, requests: requests / (cycles + 1), cpuMs: cpuMs / cycles, changeSeconds: seconds };
  });
}

/** Each in a process of its own, one after the other, against one and the same server. */
export function measureLimits(bench: Bench, pageMs: number) {
  return onStage(bench, async ({ place, folder, trust, setLatency }) => {
    const limits = bench.helpers.start<LimitsCalls>('limits-process.ts', trust);
    await limits.ask('open', place);
    await setLatency(pageMs);
    const often = pageMs === 0 ? bench.times : 1;
    const download = await repeat(often, () => limits.ask('download'));
    await setLatency(0);
    const write = await repeat(often, (time) =>
      limits.ask('write', { path: join(folder, `write-${time}.db`) }),
    );
    await limits.end();
    await setLatency(pageMs);
    const rival = await repeat(often, async (time) => {
      const process = bench.helpers.start<RivalCalls>('rival-process.ts', trust);
      const result = await process.ask('copy', { ...place, path: join(folder, `rival-${time}.db`) });
      await process.end();
      return result;
    });
    return { download, write, rival };
  });
}

/** The median of what was measured several times. */
export async function repeat(
  times: number,
  measure: (time: number) => Promise<{ seconds: number }>,
): Promise<number> {
  const seconds: number[] = [];
  for (let time = 0; time < times; time += 1) seconds.push((await measure(time)).seconds);
  return median(seconds);
}
