import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { ImageExaminer } from '../../src/images/examine-image.js';
import type { Pixels } from '../../src/images/pixels.js';
import { readPpm } from '../../src/images/read-ppm.js';
import { transpileSources } from '../setup/transpile-sources.js';
import { pdqVectors } from './pdq-vectors.js';

export const LIMITS = { maxPixels: 40_000_000, examineSeconds: 20, workers: 1 };

/** The program that looks at pictures, of today's sources: Node runs no TypeScript, and dist/ may be older. */
export interface ExamineProgram {
  readonly file: string;
  /** Its folder: what is written here can import its neighbours. */
  readonly folder: string;
  examiner(limits?: Partial<typeof LIMITS>): ImageExaminer;
  readonly remove: () => void;
}

export function examineProgram(): ExamineProgram {
  const sources = transpileSources('images', 'core', 'config');
  const folder = path.join(sources.folder, 'src', 'images');
  const file = path.join(folder, 'examine-process.js');
  return {
    file,
    folder,
    examiner: (limits = {}) => new ImageExaminer({ ...LIMITS, ...limits }, file),
    remove: sources.remove,
  };
}

const [vector] = pdqVectors('.ppm');
if (vector === undefined) throw new Error('The vectors are gone.');

/** A photograph of 700 x 439 pixels, and the fingerprint that the reference gives it. */
export const bridge = vector;
const pixels: Pixels = readPpm(bridge.bytes, LIMITS.maxPixels);

/** That photograph, for sharp to make something of it. */
export const photo = (): Sharp =>
  sharp(pixels.rgb, { raw: { width: pixels.width, height: pixels.height, channels: 3 } });

/** The processes of this one that look at pictures; Linux only. */
export const examiners = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isExaminer(name))
    .map(Number);

function isExaminer(pid: string): boolean {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return (
      status.includes(`\nPPid:\t${process.pid}\n`) &&
      !/^State:\tZ/m.test(status) &&
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('examine-process')
    );
  } catch {
    // It has ended meanwhile.
    return false;
  }
}
