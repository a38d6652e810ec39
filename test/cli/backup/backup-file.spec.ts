import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import v8 from 'node:v8';
import vm from 'node:vm';
import { gzipSync } from 'node:zlib';
import { BackupReader, writeBackup } from '../../../src/cli/backup/backup-file.js';
import type { BackupHead, BackupSink } from '../../../src/database/backup/dump-tables.js';
import { until } from '../../setup/until.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'vigie-'));
  file = path.join(folder, 'monday.backup');
});
afterEach(() => rmSync(folder, { recursive: true }));

const head: BackupHead = { migrations: [], tables: [], counters: [], takenAt: 'now' };

/** One table, of this row. `meanwhile`: before it. */
const filling =
  (row: string, meanwhile: () => Promise<unknown> = () => Promise.resolve()) =>
  async (sink: BackupSink): Promise<void> => {
    await sink.begin(head);
    await meanwhile();
    await sink.rows(
      (async function* () {
        yield* [await Promise.resolve(Buffer.from(row))];
      })(),
    );
  };

async function read(): Promise<string> {
  const reader = await BackupReader.open(file);
  const pieces: Buffer[] = [];
  for await (const piece of reader.rows()) pieces.push(piece);
  await reader.end();
  return Buffer.concat(pieces).toString();
}

it('is whole, whoever writes one of that name at the same time; the last to end has it', async () => {
  await writeBackup(
    file,
    filling('one', () => writeBackup(file, filling('two'))),
  );
  expect(await read()).toBe('one');
  expect(readdirSync(folder)).toEqual(['monday.backup']);
});

it('needs no more memory for more rows', async () => {
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc') as () => void;
  const heapAfter = async (pieces: number): Promise<number> => {
    let heap = 0;
    // Large enough that each waits for the one before.
    const piece = Buffer.alloc(20_000);
    await writeBackup(file, async (sink) => {
      await sink.begin(head);
      await sink.rows(
        (async function* () {
          for (let n = 0; n < pieces; n += 1) yield await Promise.resolve(piece);
          collect();
          heap = process.memoryUsage().heapUsed;
        })(),
      );
    });
    return heap;
  };
  const few = await heapAfter(500);
  // It was a kilobyte for each.
  expect((await heapAfter(6_000)) - few).toBeLessThan(2_000_000);
});

it('leaves nothing behind when it fails, also of one that has the name', async () => {
  await writeBackup(file, filling('there'));
  const failing = writeBackup(
    file,
    filling('one', () => Promise.reject(new Error('lost'))),
  );
  await expect(failing).rejects.toThrow('lost');
  expect(await read()).toBe('there');
  expect(readdirSync(folder)).toEqual(['monday.backup']);
});

it.each([
  [
    'in a folder that is not there',
    () => path.join(folder, 'missing', 'monday.backup'),
    'there is no such folder.',
  ],
  ['below what is no folder', () => path.join(file, 'monday.backup'), "can't be written (ENOTDIR)."],
])('is refused %s, in words about the file', async (_, nameOf, why) => {
  await writeBackup(file, filling('there'));
  const name = nameOf();
  const failing = writeBackup(name, filling('one'));
  await expect(failing).rejects.toMatchObject({ code: 'INVALID', message: `${name}: ${why}` });
});

it('is the fault of the file where its folder goes while it is written', async () => {
  const name = path.join(folder, 'gone', 'monday.backup');
  mkdirSync(path.dirname(name));
  const failing = writeBackup(
    name,
    filling('one', async () => {
      await until(() => readdirSync(path.dirname(name)).length > 0);
      rmSync(path.dirname(name), { recursive: true });
    }),
  );
  const message = `${name}: there is no such folder.`;
  await expect(failing).rejects.toMatchObject({ code: 'INVALID', message });
});

it('is not read from a folder, and the words say so', async () => {
  await expect(BackupReader.open(folder)).rejects.toMatchObject({
    code: 'INVALID',
    message: `${folder}: can't be read (EISDIR).`,
  });
});

it('is told from the first bytes of what another program packed, which is not read to its end', async () => {
  const dump = gzipSync(`-- PostgreSQL database dump\n${randomBytes(300_000).toString('base64')}`);
  // Cut off: who reads on finds that it breaks off.
  writeFileSync(file, dump.subarray(0, -100_000));
  await expect(BackupReader.open(file)).rejects.toMatchObject({
    code: 'INVALID',
    message: `${file}: is no backup.`,
  });
});

/** What is on the disk for certain, in order, and whether the backup had its name by then. */
async function syncsOf(work: () => Promise<unknown>, fails?: string): Promise<string[]> {
  const synced: string[] = [];
  const real = fs.open;
  const opening = jest.spyOn(fs, 'open').mockImplementation(async (...asked) => {
    const handle = await real(...asked);
    const sync = handle.sync.bind(handle);
    const isFolder = statSync(String(asked[0])).isDirectory();
    handle.sync = async () => {
      synced.push(`${isFolder ? 'folder' : 'file'}, ${existsSync(file) ? 'named' : 'not named'}`);
      if (isFolder && fails !== undefined) throw Object.assign(new Error(fails), { code: fails });
      await sync();
    };
    return handle;
  });
  try {
    await work();
  } finally {
    opening.mockRestore();
  }
  return synced;
}

it('has its name once all of it is on the disk, and is over once the name is, too', async () => {
  expect(await syncsOf(() => writeBackup(file, filling('one')))).toEqual([
    'file, not named',
    'folder, named',
  ]);
});

it.each(['EINVAL', 'EBADF'])(
  'is written where folders can not be synced, as on a share: %s',
  async (code) => {
    await syncsOf(() => writeBackup(file, filling('one')), code);
    expect(await read()).toBe('one');
  },
);

it('fails where the disk does', async () => {
  await expect(syncsOf(() => writeBackup(file, filling('one')), 'EIO')).rejects.toThrow('EIO');
});
