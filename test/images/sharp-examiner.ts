import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { ExaminedImage, Examiner } from '../../src/images/examiner.js';

/** A picture of a hundred megapixels is a few kilobytes while it is packed. */
const LIMITS = { limitInputPixels: 40_000_000, pages: 1 };

/** The test's own: what sharp says of the bytes, and small copies. No fingerprint, no worker. */
export class SharpExaminer implements Examiner {
  examined = 0;

  closed = false;

  async examine(bytes: Buffer): Promise<ExaminedImage> {
    this.examined += 1;
    try {
      const { format, width, height } = await sharp(bytes, LIMITS).metadata();
      if (format === 'svg') throw new Error('vector');
      const copy = (side: number): Promise<Buffer> => sharp(bytes, LIMITS).resize(side).webp().toBuffer();
      return {
        sha256: createHash('sha256').update(bytes).digest(),
        ...{ pdq: null, quality: null, indistinct: null },
        ...{ format, width, height, bytes: bytes.length },
        snapshots: { thumbnail: await copy(8), preview: await copy(16) },
      };
    } catch (cause) {
      throw Object.assign(new Error('It is no image that can be looked at.', { cause }), {
        name: 'ImageProblem',
      });
    }
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}
