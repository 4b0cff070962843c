import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parse } from '@babel/parser';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const src = join(root, 'src');

interface Floor {
  /** Folders of lower floors it may import, besides itself. */
  folders: readonly string[];
  /** Packages it may import; `node:` modules are free, but for those with an owner. */
  packages: readonly string[];
}

const below = [
  'config',
  'destinations',
  'dynamics',
  'lib',
  'model',
  'notify',
  'pictures',
  'ports',
  'setup',
  'slack',
  'state',
  'sync',
  'texts',
  'views',
];

/** Who may import what: the table of docs/architecture.md. */
const floors: Readonly<Record<string, Floor>> = {
  main: { folders: ['cli'], packages: [] },
  cli: { folders: ['app', 'config', 'sandbox', 'lib'], packages: [] },
  sandbox: { folders: ['lib'], packages: ['selfsigned', 'undici', 'ws', 'yaml', 'node:sqlite'] },
  'sandbox/demo': { folders: ['sandbox', 'app', 'config', 'lib'], packages: [] },
  'sandbox/page': { folders: ['sandbox/slack/page-api'], packages: [] },
  app: { folders: below, packages: [] },
  slack: {
    folders: ['setup', 'views', 'texts', 'ports', 'model', 'lib'],
    packages: ['@slack/bolt', '@slack/socket-mode', '@slack/web-api', '@slack/types', 'zod'],
  },
  setup: { folders: ['ports', 'model', 'lib'], packages: [] },
  sync: { folders: ['ports', 'model', 'lib'], packages: [] },
  dynamics: { folders: ['ports', 'model', 'lib'], packages: ['undici', '@azure/msal-node', 'zod'] },
  destinations: { folders: ['ports', 'model', 'lib'], packages: ['node:sqlite'] },
  state: { folders: ['ports', 'model', 'lib'], packages: ['lowdb', 'zod', 'node:sqlite'] },
  notify: {
    folders: ['views', 'texts', 'ports', 'model', 'lib'],
    packages: ['@slack/web-api', 'nodemailer'],
  },
  pictures: { folders: ['ports', 'model', 'lib'], packages: ['vega', '@resvg/resvg-wasm'] },
  ports: { folders: ['model', 'lib'], packages: [] },
  views: { folders: ['texts', 'model'], packages: ['@slack/types'] },
  config: { folders: ['model', 'lib'], packages: ['zod'] },
  model: { folders: ['lib'], packages: ['zod'] },
  lib: { folders: [], packages: [] },
  texts: { folders: [], packages: [] },
};

/** Modules of Node that belong to one folder, as a package does. */
const ownedBuiltins = ['node:sqlite'];
const limits = { fileLines: 300, functionLines: 60 };

const functionTypes = [
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ObjectMethod',
  'ClassMethod',
];

interface Source {
  path: string;
  code: string;
  imports: string[];
  functions: { name: string; lines: number }[];
}

const sources = listFiles(src).map(readSource);

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(src, join(entry.parentPath, entry.name)));
}

function readSource(path: string): Source {
  const code = readFileSync(join(src, path), 'utf8');
  const { program } = parse(code, { sourceType: 'module', plugins: ['typescript'] });
  const declared = program.body.flatMap((statement) =>
    'source' in statement && statement.source ? [statement.source.value] : [],
  );
  const found = (pattern: RegExp) => [...code.matchAll(pattern)].map(([, name]) => name ?? '');
  const dynamic = found(/import\(\s*'([^']+)'\s*\)/g);
  const workers = found(/new URL\(\s*'([^']+\.ts)',\s*import\.meta\.url/g);
  const imports = [...declared, ...dynamic, ...workers];
  return { path, code, imports, functions: findFunctions(program, code) };
}

interface Node {
  type: string;
  start: number;
  end: number;
  id?: { name?: string } | null;
}

function findFunctions(program: unknown, code: string): Source['functions'] {
  const found: Source['functions'] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      value.forEach(visit);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    const node = value as Node;
    if (functionTypes.includes(node.type)) {
      const lines = code.slice(node.start, node.end).split('\n').length;
      found.push({ name: node.id?.name ?? `line ${code.slice(0, node.start).split('\n').length}`, lines });
    }
    Object.values(value).forEach(visit);
  };
  visit(program);
  return found;
}

/** The floor a file stands on: the longest entry of the table that its path starts with. */
function floorOf(path: string): string {
  const bare = path.replace(/\.ts$/, '');
  const names = Object.keys(floors).filter(
    (name) =>
      bare === name ||
      bare.startsWith(`${name}/`) ||
      (name === 'sandbox/demo' && bare.startsWith(`${name}-`)),
  );
  return names.sort((a, b) => b.length - a.length)[0] ?? bare;
}

function target(source: Source, specifier: string): string {
  return relative(src, resolve(src, dirname(source.path), specifier));
}

function problemsOf(source: Source): string[] {
  const name = floorOf(source.path);
  const floor = floors[name];
  if (!floor) return [`${source.path} stands on no floor`];
  return source.imports.flatMap((specifier) => {
    if (specifier.startsWith('.')) {
      const to = target(source, specifier).replace(/\.ts$/, '');
      const own = floorOf(`${to}.ts`) === name;
      return own || floor.folders.some((folder) => to === folder || to.startsWith(`${folder}/`))
        ? []
        : [`${source.path} imports ${to}`];
    }
    if (specifier.startsWith('node:') && !ownedBuiltins.includes(specifier)) return [];
    return floor.packages.some((entry) => specifier === entry || specifier.startsWith(`${entry}/`))
      ? []
      : [`${source.path} imports ${specifier}`];
  });
}

function findCycle(): string[] {
  const edges = new Map(
    sources.map((source) => [
      source.path,
      source.imports.filter((name) => name.startsWith('.')).map((name) => target(source, name)),
    ]),
  );
  const done = new Set<string>();
  const walk = (path: string, trail: string[]): string[] => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return [];
    for (const next of edges.get(path) ?? []) {
      const cycle = walk(next, [...trail, path]);
      if (cycle.length > 0) return cycle;
    }
    done.add(path);
    return [];
  };
  for (const path of edges.keys()) {
    const cycle = walk(path, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

test('there is something to check', () => {
  expect(sources.length).toBeGreaterThan(50);
  expect(sources.flatMap(({ imports }) => imports).length).toBeGreaterThan(100);
});

test('imports go to lower floors and known packages only', () => {
  expect(sources.flatMap(problemsOf)).toEqual([]);
});

test('no file imports itself on any way, not even a type', () => {
  expect(findCycle()).toEqual([]);
});

test('no file and no function is too long', () => {
  const long = sources.flatMap(({ path, code, functions }) => [
    ...(code.split('\n').length > limits.fileLines ? [`${path}: ${code.split('\n').length} lines`] : []),
    ...functions
      .filter(({ lines }) => lines > limits.functionLines)
      .map(({ name, lines }) => `${path} ${name}: ${lines} lines`),
  ]);
  expect(long).toEqual([]);
});

test('files are named for what is in them', () => {
  const vague = /(^|\/)(index|utils?|helpers?|common|types)\.ts$/;
  expect(
    sources.map(({ path }) => path).filter((path) => vague.test(path) || path !== path.toLowerCase()),
  ).toEqual([]);
});

test('the environment is read by the process itself and by nobody else', () => {
  const readers = sources.filter(({ code }) => /process\.env\b/.test(code)).map(({ path }) => path);
  expect(readers.filter((path) => !path.startsWith('config/') && !path.startsWith('cli/'))).toEqual([]);
});

test('the sandbox and the bot share no code but lib', () => {
  const shared = sources
    .filter(({ path }) => path.startsWith('sandbox/') && !path.startsWith('sandbox/demo'))
    .flatMap((source) =>
      source.imports.filter((name) => name.startsWith('.')).map((name) => target(source, name)),
    )
    .filter((path) => !path.startsWith('sandbox/') && !path.startsWith('lib/'));
  expect(shared).toEqual([]);
});
