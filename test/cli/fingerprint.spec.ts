import { createHash } from 'node:crypto';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../src/config/project-root.js';
import { bitsApart } from '../../src/core/content.js';
import { photo } from '../images/examining.js';
import { pdqVectors } from '../images/pdq-vectors.js';
import { runCommand } from './start-cli.js';

const VECTORS = path.join(__dirname, '..', 'images', 'pdq');
let folder: string;
beforeAll(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'vigie-fingerprint-'))));
afterAll(() => rmSync(folder, { recursive: true }));

const put = (name: string, bytes: Buffer): string => {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return file;
};
/** No database and no secret: DATABASE_URL leads nowhere. */
const env = { DATABASE_URL: 'postgres://127.0.0.1:1/nowhere' };
const fingerprint = (...words: string[]) =>
  runCommand(['fingerprint', ...words.map((word) => word.replaceAll(' ', '+'))].join(' '), env);
const lines = (out: readonly string[]) => out.map((line) => JSON.parse(line) as Record<string, unknown>);

describe('fingerprint', () => {
  it('prints one line of JSON for each file, in order, with the bits and quality of the reference', async () => {
    const vectors = pdqVectors('.ppm');
    const files = vectors.map(({ file }) => path.join(VECTORS, file));
    const { code, out, told } = await fingerprint(...files, '--json');
    expect({ code, told }).toEqual({ code: 0, told: [] });
    expect(lines(out)).toEqual(
      vectors.map(({ bytes, width, height, pdq, quality }, at) => ({
        file: files[at],
        sha256: createHash('sha256').update(bytes).digest('hex'),
        pdq: pdq.toString('hex'),
        quality,
        width,
        height,
      })),
    );
    expect(Object.keys(lines(out)[0] ?? {})).toEqual(['file', 'sha256', 'pdq', 'quality', 'width', 'height']);
  });

  it('takes JPEG, within 10 bits of the reference, and every other format', async () => {
    const vectors = pdqVectors('.jpg');
    const jpeg = await fingerprint('--json', ...vectors.map(({ file }) => path.join(VECTORS, file)));
    expect(jpeg.code).toBe(0);
    for (const [at, line] of lines(jpeg.out).entries()) {
      const pdq = Buffer.from(String(line['pdq']), 'hex');
      expect(bitsApart(pdq, vectors[at]?.pdq ?? Buffer.alloc(0))).toBeLessThanOrEqual(10);
    }
    const small = photo().resize(200);
    const others = await fingerprint(
      '--json',
      put('a.png', await small.clone().png().toBuffer()),
      put('b.webp', await small.clone().webp().toBuffer()),
      put('c.gif', await small.clone().gif().toBuffer()),
      put('d.avif', await small.clone().avif({ effort: 0 }).toBuffer()),
    );
    expect(others.code).toBe(0);
    expect(lines(others.out).map(({ width, height }) => [width, height])).toEqual(Array(4).fill([200, 125]));
  });

  it('says null where a side is too short for a fingerprint', async () => {
    const dot = await photo().resize(3, 9, { fit: 'fill' }).png().toBuffer();
    const { json } = await fingerprint(put('dot.png', dot), '--json');
    expect(json).toMatchObject({ pdq: null, quality: null, width: 3, height: 9 });
  });

  it('tells of each file that can not be looked at, goes on with the others, and ends with 1', async () => {
    const good = path.join(VECTORS, 'wee.ppm');
    const text = put('not a picture.jpg', Buffer.from('Bonjour'));
    const cut = put('cut.jpg', readFileSync(path.join(VECTORS, 'square-256x256.jpg')).subarray(0, 9000));
    const missing = path.join(folder, 'missing.png');
    const { code, out, told } = await fingerprint(text, good, missing, folder, cut, good, '--json');
    expect(code).toBe(1);
    expect(lines(out).map(({ file }) => file)).toEqual([good, good]);
    expect(told).toEqual([
      `${text}: This is not a picture.`,
      `${missing}: There is no such file.`,
      `${folder}: This is a folder: name the files in it.`,
      `${cut}: The picture is damaged, or only a part of it is there.`,
    ]);
  });

  it('prints a table for people', async () => {
    const { code, out } = await fingerprint(path.join(VECTORS, 'wee.ppm'), path.join(VECTORS, 'small.ppm'));
    expect(code).toBe(0);
    expect(out).toHaveLength(3);
    expect(out[0]).toMatch(/^pdq +quality +pixels +file$/);
    expect(out[1]).toMatch(/^6227[0-9a-f]{60} +100 +34 x 42 +\/.*wee\.ppm$/);
    expect(out[2]).toMatch(/^0007[0-9a-f]{60} +0 +224 x 399 +\/.*small\.ppm$/);
  });

  it('asks for files, and explains itself with examples', async () => {
    expect((await fingerprint()).code).toBe(2);
    const { code, out } = await fingerprint('--help');
    expect(code).toBe(0);
    expect(out.join('\n')).toMatch(/Examples:\n.*fingerprint photo\.jpg/);
  });

  it('runs as a process of its own, from the build, and ends', async () => {
    const program = path.join(projectRoot(), 'dist', 'src', 'cli', 'main.js');
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [program, 'fingerprint', '--json', path.join(VECTORS, 'wee.ppm')],
      { env: { ...process.env, ...env }, timeout: 25_000 },
    );
    expect(lines(stdout.trim().split('\n'))).toMatchObject([{ quality: 100, width: 34 }]);
  });
});
