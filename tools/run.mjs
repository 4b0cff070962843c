// Runs one of the project's commands on Node 24, whatever Node started this file, and installs first where
// a fresh clone has nothing yet. Plain JavaScript, because an older Node cannot read TypeScript.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const bin = join(root, 'node_modules', '.bin');
const [command, ...args] = process.argv.slice(2);
const vitest = 'node_modules/vitest/vitest.mjs';

/** Each command as the list of Node programs to run, one after the other. */
const commands = {
  start: [['src/main.ts', 'start', ...args]],
  demo: [['src/main.ts', 'demo', ...args]],
  test: [[vitest, 'run', ...args]],
  check: [
    ['node_modules/@biomejs/biome/bin/biome', 'ci', '--error-on-warnings'],
    ['node_modules/typescript/bin/tsc', '--noEmit'],
    ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'src/sandbox/page'],
    ['manifest/write.ts', '--check'],
  ],
  bench: [['bench/main.ts', ...args]],
  manifest: [['manifest/write.ts', ...args]],
};

function isInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  return statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

/** `npm ci` with its output on stderr: stdout belongs to the command itself. */
function install() {
  console.error('Installing (once) ...');
  const npm = process.env.npm_execpath;
  const [program, prefix] = npm ? [process.execPath, [npm]] : ['npm', []];
  const done = spawnSync(program, [...prefix, 'ci'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (done.status !== 0) fail('The installation failed: see above. It needs the npm registry.', 1);
}

function fail(sentence, code) {
  console.error(sentence);
  process.exit(code);
}

function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const local = join(bin, process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(local)) return local;
  return fail(
    `This needs Node 24 or newer, and ${process.version} is running. Install it from https://nodejs.org and try again.`,
    2,
  );
}

async function run(node, program) {
  process.env.PATH = `${bin}${delimiter}${process.env.PATH ?? ''}`;
  const child = spawn(node, program, { cwd: root, stdio: 'inherit' });
  const pass = (signal) => child.kill(signal);
  process.on('SIGINT', pass).on('SIGTERM', pass);
  const code = await new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal ? 1 : code)));
  process.off('SIGINT', pass).off('SIGTERM', pass);
  return code;
}

const programs = commands[command];
if (!programs) fail(`Unknown command. Known: ${Object.keys(commands).join(', ')}.`, 2);
if (!isInstalled()) install();
const node = findNode();
const [first] = programs;
if (first[0] === 'src/main.ts' && node === process.execPath) {
  // The same process: a signal or a kill meant for the bot must reach the bot itself.
  process.argv.splice(1, process.argv.length, join(root, first[0]), ...first.slice(1));
  await import('../src/main.ts');
} else {
  for (const program of programs) {
    const code = await run(node, program);
    if (code !== 0) process.exit(code);
  }
}
