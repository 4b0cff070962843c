import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPageFiles } from '../../src/sandbox/page-files.ts';

const FOLDER = join(import.meta.dirname, '../../src/sandbox/page');

async function textAt(path: string): Promise<string> {
  const file = await createPageFiles().read(path);
  if (!file) throw new Error(`Expected a file at ${path}, got none`);
  return file.body.toString();
}

async function scripts(): Promise<string[]> {
  const names = await readdir(FOLDER, { recursive: true });
  return names.filter((name) => name.endsWith('.ts')).map((name) => `/page/${name}`);
}

describe('the files of the sandbox page', () => {
  it('serves the page itself at the root', async () => {
    const file = await createPageFiles().read('/');
    expect(file?.type).toBe('text/html; charset=utf-8');
    expect(file?.body.toString()).toContain('/page/main.ts');
  });

  it('tells the page who one is on the first visit: the first admin, or whom it is given', async () => {
    expect(await textAt('/')).toContain('data-person="U0TOM" data-person-ja="U0AIKO"');
    const file = await createPageFiles({ person: 'U0MIA' }).read('/');
    expect(file?.body).toContain('data-person="U0MIA"');
  });

  it('has everything the page asks for', async () => {
    const html = await textAt('/');
    const wanted = [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(wanted.length).toBeGreaterThan(10);
    for (const path of wanted) expect(await createPageFiles().read(path), path).not.toBeNull();
  });

  it('serves TypeScript as JavaScript', async () => {
    const file = await createPageFiles().read('/page/main.ts');
    expect(file?.type).toBe('text/javascript; charset=utf-8');
    expect(file?.body).not.toContain('import type');
    expect(file?.body).toContain("from './view/page.ts'");
  });

  it('leaves no import in a script that does not lead to another file of the page', async () => {
    for (const path of await scripts()) {
      const imports = [...(await textAt(path)).matchAll(/^(?:import|export) .*?from '([^']+)'/gms)];
      for (const [, target] of imports) {
        const found = new URL(target ?? '', `http://sandbox${path}`).pathname;
        expect(await createPageFiles().read(found), `${path} imports ${target}`).not.toBeNull();
      }
    }
  });

  it('asks no other host for anything', async () => {
    const names = await readdir(FOLDER, { recursive: true });
    for (const name of names.filter((entry) => /\.(css|html)$/.test(entry))) {
      expect(await readFile(join(FOLDER, name), 'utf8'), name).not.toMatch(/https?:\/\//);
    }
  });

  it('serves styles and the icon under their types', async () => {
    expect((await createPageFiles().read('/page/style/theme.css'))?.type).toBe('text/css; charset=utf-8');
    expect((await createPageFiles().read('/page/icon.svg'))?.type).toBe('image/svg+xml; charset=utf-8');
  });

  it.each([
    '/page/../page-files.ts',
    '/page/%2e%2e/page-files.ts',
    '/page/..%2fpage-files.ts',
    '/page/..\\page-files.ts',
    '/page//etc/hostname',
    '/page/%00',
    '/page/%zz',
    '/page/',
    '/page/style',
    '/page/tsconfig.json',
    '/page/nothing.ts',
    '/package.json',
    '',
  ])('does not serve %s', async (path) => {
    expect(await createPageFiles().read(path)).toBeNull();
  });

  it('says nothing about experimental features while it strips types', async () => {
    const warnings: unknown[] = [];
    const listener = (warning: Error) => warnings.push(warning.message);
    process.on('warning', listener);
    await createPageFiles().read('/page/main.ts');
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', listener);
    expect(warnings).toEqual([]);
  });
});
