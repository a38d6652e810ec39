import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { makeFolder } from '../../src/config/make-folder.js';
import { loadSecret } from '../../src/config/secret.js';
import { fourStarts } from './four-starts.js';

let root: string;
beforeEach(() => (root = mkdtempSync(path.join(os.tmpdir(), 'vigie-folder-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('makes what is missing, with the mode, and leaves what is there', () => {
  const folder = path.join(root, 'a', 'b', 'c');
  makeFolder(folder, 0o700);
  makeFolder(folder, 0o777);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test('takes a way that goes up again', () => {
  makeFolder(`${root}/a/../b/`);
  expect(statSync(path.join(root, 'b')).isDirectory()).toBe(true);
});

test.each(['', '/below'])('fails where there is a file%s', (below) => {
  const file = path.join(root, 'file');
  writeFileSync(file, '');
  expect(() => makeFolder(file + below)).toThrow(/EEXIST|ENOTDIR/);
});

test('starts at the same moment all find it', async () => {
  const program = `
    import { makeFolder } from './src/config/make-folder.js';
    for (let i = 0; i < 200; i += 1) makeFolder(process.argv[2] + '/' + i + '/a/b');`;
  await expect(fourStarts(program, root)).resolves.toHaveLength(4);
});

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('ends where the folder above takes none and says that it is missing', () => {
  expect(() => makeFolder('/proc/vigie/data')).toThrow(/ENOENT/);
  expect(() => loadSecret({ dataDir: '/proc/vigie' }, {})).toThrow(
    "/proc/vigie/secret can't be made or read (ENOENT): set DATA_DIR to a folder that this user may write to",
  );
});
