import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../../src/config/project-root.js';
import { inTypeScript } from '../../src/http/typescript-lines.js';

const ROOT = projectRoot();
const BUILT = 'dist/service/create-app.js';

/** Where a file begins to say something, as a trace names it: `file:///….js:12`. */
function lineOf(file: string, words: string): string {
  const absolute = path.join(ROOT, file);
  const line = readFileSync(absolute, 'utf8')
    .split('\n')
    .findIndex((text) => text.includes(words));
  if (line < 0) throw new Error(`${file} does not say ${words}`);
  return `${pathToFileURL(absolute).href}:${line + 1}`;
}

it('leads from the lines of what was built to those of what was written', () => {
  const trace = (...lines: readonly string[]): string =>
    ['Error: of nothing', ...lines.map((line) => `    at some.function (${line}:10)`)].join('\n');
  const functions = ['function canonicalUrl(', 'function tallyOf('];
  const built = trace(...functions.map((words) => lineOf(BUILT, words)));
  const [written, tally] = inTypeScript(built).split('\n').slice(1);
  expect(written).toContain(`(${lineOf('src/core/canonical-url.ts', functions[0] ?? '')}:`);
  expect(tally).toContain(`(${lineOf('src/core/hear-votes.ts', functions[1] ?? '')}:`);
});

it('leaves alone what has no map', () => {
  const trace = [
    `    at of a package (${pathToFileURL(ROOT).href}/node_modules/fastify/fastify.js:1:1)`,
    `    at of nothing (${pathToFileURL(path.join(ROOT, 'dist/gone.js')).href}:1:1)`,
    '    at node:internal/process/task_queues:95:5',
  ].join('\n');
  expect(inTypeScript(trace)).toBe(trace);
});
