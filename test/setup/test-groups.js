import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Of source in a group, about. Groups of twice as much leave the last worker alone for long, those of half as much load all
 * modules twice as often.
 */
const BYTES = 60_000;

/**
 * Writes files that each hold several test files of a folder, and returns their folder. Jest loads all modules anew for every
 * file that it runs, and 1,260 of them took a second or two of a core in each of 180 files (docs/adr/0036-tests-in-groups.md).
 *
 * @param {readonly string[]} without patterns of paths, as Jest's `testPathIgnorePatterns`
 * @param {string} folder where to, in the project
 */
export function testGroups(without, folder) {
  const left = without.map((pattern) => new RegExp(pattern));
  const byFolder = new Map();
  for (const name of readdirSync(path.join(ROOT, 'test'), { recursive: true }).sort()) {
    const file = path.join('test', name);
    if (!file.endsWith('.spec.ts') || left.some((pattern) => pattern.test(`/${file}`))) continue;
    const [room = ''] = name.split(path.sep);
    const key = room.endsWith('.ts') ? 'project' : room;
    byFolder.set(key, [...(byFolder.get(key) ?? []), file]);
  }
  const written = new Set();
  mkdirSync(path.join(ROOT, folder), { recursive: true });
  for (const [room, files] of byFolder)
    for (const [index, group] of parted(files).entries()) {
      const name = `${room}-${index + 1}.js`;
      written.add(name);
      keep(
        path.join(ROOT, folder, name),
        group.map((file) => line(path.relative(folder, file), file)).join(''),
      );
    }
  for (const name of readdirSync(path.join(ROOT, folder)))
    if (!written.has(name)) rmSync(path.join(ROOT, folder, name));
  return folder;
}

/** Files in their order, in as many groups as their bytes ask for, of about the same size. */
function parted(files) {
  const sizes = files.map((file) => statSync(path.join(ROOT, file)).size);
  const each = sum(sizes) / Math.ceil(sum(sizes) / BYTES);
  const groups = [];
  let before = 0;
  for (const [index, file] of files.entries()) {
    // Where the middle of it is.
    const place = Math.floor((before + sizes[index] / 2) / each);
    before += sizes[index];
    groups[place] = [...(groups[place] ?? []), file];
  }
  return groups.filter(Boolean);
}

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

/** The hooks of each are its own. Failures name it, and so does what asks Jest for the path (log-watch.ts). */
const line = (from, file) => `describe(${JSON.stringify(file.slice('test/'.length))}, () => {
  beforeAll(() => expect.setState({ testPath: ${JSON.stringify(path.join(ROOT, file))} }));
  require(${JSON.stringify(from)});
});
`;

/** Another run may read it: what is the same is left. */
function keep(file, text) {
  try {
    if (readFileSync(file, 'utf8') === text) return;
  } catch {
    // It is not there.
  }
  writeFileSync(file, text);
}
