import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { writeBackup } from '../../../src/cli/backup/backup-file.js';
import { partialFile, removeLeftBehind } from '../../../src/cli/backup/partial-file.js';
import { until } from '../../setup/until.js';

const HOUR = 3_600;
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'vigie-'));
  file = path.join(folder, 'monday.backup');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** As it would be when it was last written so many hours ago. */
function ago(name: string, hours: number): string {
  const at = Date.now() / 1_000 - hours * HOUR;
  utimesSync(name, at, at);
  return name;
}
function left(name: string, hours: number): string {
  writeFileSync(name, 'begun');
  return ago(name, hours);
}

it('is removed where a backup of this name was killed half a day ago, and nothing else is', async () => {
  const killed = [left(partialFile(file), 13), left(partialFile(file), 24 * 400)];
  const others = [
    left(partialFile(file), 11),
    left(partialFile(path.join(folder, 'tuesday.backup')), 13),
    left(file, 13),
    left(`${file}.partial`, 13),
    left(`${file}.0123456789abcdef.partial.gz`, 13),
    left(`${file}.of-mine.partial`, 13),
  ];
  const folderOfThatName = partialFile(file);
  mkdirSync(folderOfThatName);
  others.push(ago(folderOfThatName, 13));
  const link = partialFile(file);
  symlinkSync(left(path.join(folder, 'elsewhere'), 13), link);
  expect((await removeLeftBehind(file)).sort()).toEqual(killed.sort());
  expect(readdirSync(folder).sort()).toEqual(
    [...others, link, path.join(folder, 'elsewhere')].map((name) => path.basename(name)).sort(),
  );
  expect(await removeLeftBehind(file)).toEqual([]);
});

it('finds nothing in a folder that is not there', async () => {
  expect(await removeLeftBehind(path.join(folder, 'missing', 'monday.backup'))).toEqual([]);
});

it('stays while its backup runs, also where that has long had nothing to write', async () => {
  jest.useFakeTimers({
    doNotFake: [
      'Date',
      'nextTick',
      'setImmediate',
      'clearImmediate',
      'setTimeout',
      'clearTimeout',
      'queueMicrotask',
      'performance',
      'hrtime',
    ],
  });
  try {
    await writeBackup(file, async (sink) => {
      await sink.begin({ migrations: [], tables: [], counters: [], takenAt: 'now' });
      const found = (): string[] => readdirSync(folder);
      await until(() => found().length === 1);
      const partial = ago(path.join(folder, found()[0] ?? ''), 13);
      jest.advanceTimersByTime(60_000);
      await until(() => Date.now() - statSync(partial).mtimeMs < HOUR * 1_000);
      expect(await removeLeftBehind(file)).toEqual([]);
    });
    expect(readdirSync(folder)).toEqual(['monday.backup']);
    expect(jest.getTimerCount()).toBe(0);
  } finally {
    jest.useRealTimers();
  }
});
