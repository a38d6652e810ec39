import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A picture with the fingerprint that Meta's reference gives it; test/images/pdq/README.md says where they are from. */
export interface PdqVector {
  readonly file: string;
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
  readonly pdq: Buffer;
  readonly quality: number;
}

const FOLDER = path.join(__dirname, 'pdq');

/** @param kind the end of the name: `.ppm` (pixels) or `.jpg` */
export const pdqVectors = (kind: '.ppm' | '.jpg'): PdqVector[] =>
  readFileSync(path.join(FOLDER, 'expected.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
    .filter(([file = '']) => file.endsWith(kind))
    .map(([file = '', width, height, hash = '', quality]) => ({
      file,
      bytes: readFileSync(path.join(FOLDER, file)),
      width: Number(width),
      height: Number(height),
      pdq: Buffer.from(hash, 'hex'),
      quality: Number(quality),
    }));
