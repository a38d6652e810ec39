import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { SnapshotRef } from '../../src/database/statements/content/snapshots.js';
import { DiskSnapshots, MARK_FILE } from '../../src/images/disk-snapshots.js';
import type { SnapshotFile } from '../../src/images/snapshot-store.js';

let folder: string;
let store: DiskSnapshots;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'vigie-snapshots-'));
  store = new DiskSnapshots(path.join(folder, 'snapshots'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ref = (byte: number, siteId = '7'): SnapshotRef => ({ siteId, sha256: Buffer.alloc(32, byte) });
const HEX = 'ab'.repeat(32);

async function stored(before: Date): Promise<SnapshotRef[]> {
  const found: SnapshotRef[] = [];
  for await (const one of store.storedBefore(before)) found.push(one);
  return found;
}

it('keeps both files of a picture apart, whole, and readable for nobody else', async () => {
  await store.put(ref(0xab), 'thumbnail', Buffer.from('small'));
  await store.put(ref(0xab), 'preview', Buffer.from('large'));
  await store.put(ref(0xab), 'preview', Buffer.from('large'));
  expect(await store.get(ref(0xab), 'thumbnail')).toEqual(Buffer.from('small'));
  expect(await store.get(ref(0xab), 'preview')).toEqual(Buffer.from('large'));
  expect(await store.has(ref(0xab))).toBe(true);
  const inside = path.join(folder, 'snapshots', '7', 'ab');
  expect((await readdir(inside)).sort()).toEqual([`${HEX}-preview.webp`, `${HEX}-thumbnail.webp`]);
  expect((await stat(inside)).mode & 0o777).toBe(0o700);
  expect((await stat(path.join(inside, `${HEX}-preview.webp`))).mode & 0o777).toBe(0o600);
});

it('knows what is not there, and deletes it without a word', async () => {
  expect(await store.get(ref(1), 'preview')).toBeNull();
  expect(await store.has(ref(1))).toBe(false);
  await store.delete(ref(1));
  await store.put(ref(1), 'preview', Buffer.from('x'));
  expect(await store.has(ref(1))).toBe(false);
  await store.delete(ref(1));
  expect(await store.get(ref(1), 'preview')).toBeNull();
});

it('deletes, where it is told a time, only what was stored before', async () => {
  await store.put(ref(1), 'thumbnail', Buffer.from('old'));
  await store.put(ref(1), 'preview', Buffer.from('new'));
  const old = new Date(Date.now() - 7_200_000);
  const name = `${'01'.repeat(32)}-thumbnail.webp`;
  utimesSync(path.join(folder, 'snapshots', '7', '01', name), old, old);
  await store.delete(ref(1), new Date(Date.now() - 3_600_000));
  expect(await store.get(ref(1), 'thumbnail')).toBeNull();
  expect(await store.get(ref(1), 'preview')).toEqual(Buffer.from('new'));
  await store.delete(ref(2), new Date());
});

it('keeps two sites apart', async () => {
  await store.put(ref(1, '7'), 'preview', Buffer.from('ours'));
  expect(await store.get(ref(1, '8'), 'preview')).toBeNull();
});

it('makes paths of digits and hexadecimal alone', async () => {
  const names: [string, Buffer, string][] = [
    ['../7', Buffer.alloc(32), 'preview'],
    ['7/..', Buffer.alloc(32), 'preview'],
    ['', Buffer.alloc(32), 'preview'],
    ['0', Buffer.alloc(32), 'preview'],
    ['-1', Buffer.alloc(32), 'preview'],
    ['7', Buffer.alloc(31), 'preview'],
    ['7', Buffer.alloc(32), '../preview'],
  ];
  for (const [siteId, sha256, file] of names) {
    await expect(store.put({ siteId, sha256 }, file as SnapshotFile, Buffer.from('x'))).rejects.toThrow(
      'This is not the name of a snapshot.',
    );
  }
  expect(await readdir(folder)).toEqual([]);
});

it('lists what is older, removes what was left half-written, and minds no other file', async () => {
  const old = new Date(Date.now() - 7_200_000);
  expect(await stored(new Date())).toEqual([]);
  await store.put(ref(1), 'preview', Buffer.from('old'));
  await store.put(ref(2), 'preview', Buffer.from('new'));
  const inside = (byte: string): string => path.join(folder, 'snapshots', '7', byte);
  writeFileSync(path.join(inside('01'), 'x.half'), 'half');
  writeFileSync(path.join(inside('02'), 'y.half'), 'being written');
  writeFileSync(path.join(inside('01'), 'notes.txt'), 'of an operator');
  for (const name of await readdir(inside('01'))) utimesSync(path.join(inside('01'), name), old, old);
  expect(await stored(new Date(Date.now() - 3_600_000))).toEqual([ref(1)]);
  expect((await readdir(inside('01'))).sort()).toEqual([`${'01'.repeat(32)}-preview.webp`, 'notes.txt']);
  expect(await readdir(inside('02'))).toContain('y.half');
});

it('is marked once, and by one', async () => {
  expect([await store.readMark(), await store.holdsCopies()]).toEqual([null, false]);
  const marks = ['a', 'b', 'c', 'd'].map((letter) => store.mark(letter.repeat(32)));
  const [first] = await Promise.all(marks);
  expect(new Set(await Promise.all(marks))).toEqual(new Set([first]));
  expect([await store.readMark(), await store.holdsCopies()]).toEqual([first, false]);
  expect(await readdir(path.join(folder, 'snapshots'))).toEqual([MARK_FILE]);
  await store.put(ref(1), 'preview', Buffer.from('x'));
  expect(await store.holdsCopies()).toBe(true);
});
