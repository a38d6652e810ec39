import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { projectRoot } from '../../../src/config/project-root.js';

it('is at most 10 kB for readers, with all four languages', () => {
  const script = readFileSync(path.join(projectRoot(), 'dist/web/widget.js'));
  const inAscii = (arabic: string): string =>
    arabic.replace(/[\u0600-\u06ff]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x5e0));
  for (const sentence of [
    'Signaler cette image',
    inAscii('الإبلاغ عن هذه الصورة'),
    'Denunciar esta imagen',
    'Report this image',
  ]) {
    expect(script.toString()).toContain(sentence);
  }
  const size = gzipSync(script, { level: 9 }).length;
  process.stderr.write(`widget.js: ${script.length} bytes, ${size} gzipped\n`);
  expect(size).toBeLessThanOrEqual(10_000);
});
