import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startWorld, type World } from '../src/sandbox/world.ts';

const root = join(import.meta.dirname, '..');
const main = join(root, 'src', 'main.ts');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'process-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the real process under the real Node, with nothing of this environment but what is given. */
async function run(
  args: string[],
  environment: Record<string, string> = {},
  until?: (stdout: string) => boolean,
): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, env: environment });
  return await watch(child, until);
}

/** Resolves when it has ended; once `until` is satisfied it gets a SIGTERM. */
function watch(child: ChildProcess, until?: (stdout: string) => boolean): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
    if (until?.(stdout)) child.kill('SIGTERM');
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
}

const listening = (stdout: string) => stdout.includes('"msg":"listening"');

test('help says what there is', async () => {
  for (const args of [['help'], ['--help'], []]) {
    const { code, stdout } = await run(args);
    expect(code).toBe(0);
    expect(stdout).toContain('npm run demo');
  }
});

test.each([[['frobnicate']], [['start', 'now']], [['demo', '--port', 'x']], [['demo', '--frobnicate']]])(
  '%s is wrong usage',
  async (args) => {
    const { code, stderr } = await run(args);
    expect(code).toBe(2);
    expect(stderr).not.toContain('    at ');
  },
);

test('without settings it names every one, says where it is found, and points to the demo', async () => {
  const { code, stderr } = await run(['start'], { PORT: 'x' });
  expect(code).toBe(2);
  for (const part of [
    'SLACK_BOT_TOKEN',
    'SLACK_APP_TOKEN',
    'SLACK_SIGNING_SECRET',
    'PORT',
    'OAuth & Permissions',
    'npm run demo',
  ]) {
    expect(stderr).toContain(part);
  }
});

test('what the machine does not give is said by the setting it is about, without a stack', async () => {
  const enough = {
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_SIGNING_SECRET: 'secret',
    SLACK_API_URL: 'http://127.0.0.1:9/',
  };
  const busy = createServer();
  await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', () => resolve()));
  const { port } = busy.address() as AddressInfo;
  writeFileSync(join(folder, 'file'), '');
  const here = { ...enough, HOST: '127.0.0.1', PORT: '0' };
  const endings = [
    [2, /DATA_DIR must be a folder/, { ...here, DATA_DIR: join(folder, 'file') }],
    [1, new RegExp(`PORT ${port} is taken`), { ...here, PORT: String(port) }],
    [2, /HOST 203\.0\.113\.1/, { ...here, HOST: '203.0.113.1' }],
  ] as const;
  for (const [code, said, environment] of endings) {
    const ended = await run(['start'], environment);
    expect(ended.stderr).toMatch(said);
    expect(ended.stderr).not.toContain('    at ');
    expect(ended.code).toBe(code);
  }
  busy.close();
  mkdirSync(join(folder, '.env'));
  const { code, stderr } = await run(['start'], here);
  expect(stderr).toContain('The file .env cannot be read');
  expect(stderr).not.toContain('    at ');
  expect(code).toBe(2);
});

/** Another, older Node on this machine, as a fresh clone may be met with. */
const olderNode = (process.env.PATH ?? '')
  .split(delimiter)
  .map((entry) => join(entry, 'node'))
  .filter((path) => existsSync(path))
  .find(
    (path) => Number(/^v(\d+)/.exec(spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout)?.[1]) < 24,
  );

test.skipIf(!olderNode)('started by an older Node, it runs on Node 24 all the same', () => {
  const { status, stderr } = spawnSync(String(olderNode), [join(root, 'tools', 'run.mjs'), 'start'], {
    cwd: folder,
    env: { PATH: '/usr/bin:/bin' },
    encoding: 'utf8',
  });
  expect(stderr).toContain('SLACK_BOT_TOKEN');
  expect(status).toBe(2);
});

test('the demo plays its story by itself, prints it with the stored rows, and ends with 0', async () => {
  const { code, stdout, stderr } = await run(['demo', '--auto', '--rows', '500'], { HOME: folder });
  expect(stderr).toBe('');
  expect(code).toBe(0);
  for (const part of ['/dynamics setup', 'All checks passed', 'Initial sync completed'])
    expect(stdout).toContain(part);
  expect(stdout).toMatch(/contact +(\d+) +\1\n/);
});

test('the demo says when its port is taken', async () => {
  const world = await startWorld({ folder, dataverse: { rows: 100 } });
  const { code, stderr } = await run(['demo', '--port', String(world.slack.port)]);
  await world.close();
  expect(code).toBe(1);
  expect(stderr).toContain(`Port ${world.slack.port} is taken`);
});

describe('with Slack', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ folder, dataverse: { rows: 200 } });
  });
  afterEach(() => world.close());

  test('it starts, logs JSON lines with its port, and ends with 0 on SIGTERM', async () => {
    const { code, stdout, stderr } = await run(['start'], world.environment, listening);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.find(({ msg }) => msg === 'listening').port).toBeGreaterThan(0);
    expect(lines.at(-1)).toMatchObject({ msg: 'stopped' });
  });

  test('it says when Slack does not take its token, without a stack', async () => {
    const { code, stderr } = await run(['start'], { ...world.environment, SLACK_BOT_TOKEN: 'xoxb-revoked' });
    expect(code).toBe(2);
    expect(stderr).toContain('Slack does not accept SLACK_BOT_TOKEN (invalid_auth)');
    expect(stderr).not.toContain('    at ');
  });

  const npm = process.env.npm_execpath;
  test.skipIf(!npm)('stopping npm stops the bot', async () => {
    const environment = { ...world.environment, PATH: process.env.PATH ?? '', HOME: folder };
    const child = spawn(process.execPath, [String(npm), 'start'], { cwd: root, env: environment });
    let output = '';
    const port = await new Promise<number>((resolve) => {
      child.stdout.on('data', (chunk) => {
        output += chunk;
        const found = /"msg":"listening","port":(\d+)/.exec(output);
        if (found) resolve(Number(found[1]));
      });
    });
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    // The pipes close only when nobody holds them any more, the bot included.
    await ended;
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
    expect(output).toContain('"msg":"stopped"');
  });

  test('a second process on the same data folder refuses to start', async () => {
    const first = spawn(process.execPath, [main, 'start'], { cwd: folder, env: world.environment });
    const ended = watch(first);
    await new Promise<void>((resolve) => {
      first.stdout.on('data', (chunk) => listening(String(chunk)) && resolve());
    });
    const second = await run(['start'], world.environment);
    expect(second.code).toBe(1);
    expect(second.stderr).toContain('Another process');
    first.kill('SIGTERM');
    expect((await ended).code).toBe(0);
  });
});
