import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { projectRoot } from '../../../src/config/project-root.js';

const FOLDER = path.join(projectRoot(), 'dist/web/console');
const ASSETS = path.join(FOLDER, 'assets');

/** Scripts, with all that each imports at once. */
function withImports(names: readonly string[], known = new Set<string>()): Set<string> {
  for (const name of names) {
    if (known.has(name) || !existsSync(path.join(ASSETS, name))) continue;
    known.add(name);
    const text = readFileSync(path.join(ASSETS, name), 'utf8');
    const imported = [...text.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)].map(
      ([, file = '']) => file,
    );
    withImports(imported, known);
  }
  return known;
}

it('loads at most 80 kB of script, gzipped, until the first case can be reviewed', () => {
  const [, entry = ''] =
    /src="\/console\/assets\/([\w.-]+\.js)"/.exec(readFileSync(path.join(FOLDER, 'index.html'), 'utf8')) ??
    [];
  expect(entry).not.toBe('');
  const all = readdirSync(ASSETS).filter((name) => name.endsWith('.js'));
  const size = (name: string): number => gzipSync(readFileSync(path.join(ASSETS, name)), { level: 9 }).length;
  const languages = all.filter((name) => /^(en|fr|ar|es)-[\w-]{8}\.js$/.test(name));
  expect(languages).toHaveLength(4);
  const largest = languages.sort((a, b) => size(b) - size(a)).slice(0, 1);
  const review = all.filter((name) => name.startsWith('review-page-'));
  const loaded = [...withImports([entry, ...largest, ...review])];
  const total = loaded.reduce((sum, name) => sum + size(name), 0);
  process.stderr.write(
    `console: ${total} bytes gzipped at first, of ${loaded.map((name) => `${name} ${size(name)}`).join(', ')}\n`,
  );
  expect(total).toBeLessThanOrEqual(80_000);
});
