import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { writeDocument } from './document.ts';

/** Writes `slack-manifest.yml`; with `--check` says whether it is up to date instead. */
const file = new URL('../slack-manifest.yml', import.meta.url);
const [, , ...options] = process.argv;
const unknown = options.find((option) => option !== '--check');
const wanted = writeDocument();

if (unknown) {
  console.error(`Unknown option ${unknown}. Usage: npm run manifest [-- --check]`);
  process.exitCode = 2;
} else if (!options.includes('--check')) {
  writeFileSync(file, wanted);
} else if (!existsSync(file) || readFileSync(file, 'utf8') !== wanted) {
  console.error('slack-manifest.yml is out of date: run "npm run manifest".');
  process.exitCode = 1;
}
