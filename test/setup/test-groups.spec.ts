import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../src/config/project-root.js';

/** Which test files Jest's configurations run: as they say, once `test-groups.js` has written the groups. */
const run = (script: string): string =>
  execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: projectRoot(),
    encoding: 'utf8',
  });
const MADE_BY = JSON.stringify(path.join(projectRoot(), 'test/setup/test-groups.js'));
const DIST = path.join(projectRoot(), 'dist');

let folder: string;

beforeEach(() => {
  mkdirSync(DIST, { recursive: true });
  folder = mkdtempSync(path.join(DIST, 'groups-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (...without: string[]): void => {
  const named = path.relative(projectRoot(), folder);
  run(
    `import { testGroups } from ${MADE_BY}; testGroups(${JSON.stringify(without)}, ${JSON.stringify(named)});`,
  );
};
const filesOf = (group: string): string[] =>
  [...readFileSync(path.join(folder, group), 'utf8').matchAll(/require\("(.+)"\)/g)].map(([, file = '']) =>
    path.relative(projectRoot(), path.join(folder, file)),
  );
const written = (): string[] => readdirSync(folder).flatMap(filesOf).sort();
const all = readdirSync(path.join(projectRoot(), 'test'), { recursive: true })
  .map((name) => path.join('test', String(name)))
  .filter((file) => file.endsWith('.spec.ts'))
  .sort();

it('holds every test file once, but for those that are left out', () => {
  write();
  expect(written()).toEqual(all);
  write('/test/browser/', '/test/(core|web)/.*\\.properties');
  expect(written()).toEqual(
    all.filter((file) => !/^test\/browser\/|^test\/(core|web)\/.*\.properties/.test(file)),
  );
});

it('keeps to one folder in a group, and to groups of about a size', () => {
  write();
  const sizes = readdirSync(folder).map((group) => {
    const files = filesOf(group);
    const rooms = new Set(
      files.map((file) => (file.split(path.sep).length > 2 ? file.split(path.sep)[1] : '')),
    );
    expect([group, rooms.size]).toEqual([group, 1]);
    return files.reduce((sum, file) => sum + statSync(path.join(projectRoot(), file)).size, 0);
  });
  expect(sizes.length).toBeGreaterThan(30);
  expect(Math.max(...sizes)).toBeLessThan(90_000);
});

it('takes away groups that are no more, and leaves those that are the same', () => {
  write();
  const [group = ''] = readdirSync(folder);
  const before = statSync(path.join(folder, group)).mtimeMs;
  writeFileSync(path.join(folder, 'gone-1.js'), 'throw new Error();');
  write();
  expect(readdirSync(folder)).not.toContain('gone-1.js');
  expect(statSync(path.join(folder, group)).mtimeMs).toBe(before);
});

it('tells what asks for the path which file is running', () => {
  // In a group and alone.
  expect(expect.getState().testPath).toBe(path.join(projectRoot(), 'test/setup/test-groups.spec.ts'));
});
