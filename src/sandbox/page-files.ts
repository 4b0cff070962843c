/**
 * Serves the web page of the simulated workspace: its HTML, styles and icon as they are, its TypeScript as
 * JavaScript with the types stripped. There is no build step, so what the browser runs is what one reads here.
 */
import { readFile, realpath } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { extname, join, sep } from 'node:path';
import { WORKSPACE_SEED } from './slack/workspace-seed.ts';

export interface PageFile {
  /** Content type, with its character set. */
  type: string;
  body: string | Buffer;
}

export interface PageFiles {
  /** The file behind a URL path (`/` or `/page/…`), or null when the page has no such file. */
  read(path: string): Promise<PageFile | null>;
}

const FOLDER = join(import.meta.dirname, 'page');

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.ts': 'text/javascript; charset=utf-8',
};

export interface PageFilesOptions {
  /** Who one is on the first visit: a user id. Default: the first admin of the sandbox's own workspace who
   * reads the browser's language. */
  person?: string;
}

export function createPageFiles(options: PageFilesOptions = {}): PageFiles {
  const persons = options.person
    ? { en: options.person, ja: options.person }
    : { en: firstAdmin('en'), ja: firstAdmin('ja') };
  // Stripping takes a few milliseconds a file and there are dozens: once each, by what the file contains.
  const stripped = new Map<string, { source: string; script: string }>();

  function script(file: string, source: string): string {
    const known = stripped.get(file);
    if (known?.source === source) return known.script;
    const fresh = { source, script: withoutWarning(() => stripTypeScriptTypes(source)) };
    stripped.set(file, fresh);
    return fresh.script;
  }

  return {
    async read(path) {
      const file = await locate(path);
      const type = file ? TYPES[extname(file)] : undefined;
      if (!file || !type) return null;
      const source = await readFile(file, 'utf8');
      if (extname(file) === '.html') return { type, body: withPersons(source, persons) };
      return { type, body: extname(file) === '.ts' ? script(file, source) : source };
    },
  };
}

function firstAdmin(language: string): string {
  const admins = WORKSPACE_SEED.users.filter((user) => user.is_admin && !user.is_bot && !user.is_stranger);
  return (admins.find(({ locale }) => locale.startsWith(language)) ?? admins[0])?.id ?? '';
}

/** The page cannot ask for anything before it is somebody: who reads its language. */
function withPersons(html: string, { en, ja }: { en: string; ja: string }): string {
  const id = (text: string) => text.replace(/[^A-Za-z0-9]/g, '');
  return html.replace('data-person=""', `data-person="${id(en)}" data-person-ja="${id(ja)}"`);
}

/** The real path of a file inside the folder. Links and dots that lead out of it find nothing. */
async function locate(path: string): Promise<string | null> {
  const name = path === '/' || path === '/index.html' ? 'index.html' : relativeName(path);
  if (!name) return null;
  try {
    const file = await realpath(join(FOLDER, name));
    return file.startsWith((await realpath(FOLDER)) + sep) ? file : null;
  } catch {
    // No such file, or a name no file can have.
    return null;
  }
}

function relativeName(path: string): string | null {
  if (!path.startsWith('/page/')) return null;
  try {
    const name = decodeURIComponent(path.slice('/page/'.length));
    return name.includes('\0') || name.includes('\\') ? null : name;
  } catch {
    // A malformed percent sequence.
    return null;
  }
}

/** `stripTypeScriptTypes` still calls itself experimental on first use, in the middle of the demo's output. */
function withoutWarning<T>(run: () => T): T {
  const original = process.emitWarning;
  process.emitWarning = () => {};
  try {
    return run();
  } finally {
    process.emitWarning = original;
  }
}
