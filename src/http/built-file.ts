import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { projectRoot } from '../config/project-root.js';

export type Encoding = 'br' | 'gzip' | 'identity';

/** What `npm run build` makes of the browser sources is missing. */
export class NotBuiltError extends Error {
  override readonly name = 'NotBuiltError';

  constructor(file: string) {
    super(`${file} is not there: run "npm run build", which makes it of src/web.`);
  }
}

const compressGzip = promisify(gzip);
const compressBrotli = promisify(brotliCompress);

/** From so many bytes on the hardest compression takes seconds, for a few percent. */
const LARGE = 1 << 19;
const QUALITY_OF_LARGE = 9;

/**
 * A file that browsers load, read once, so that whoever takes it slowly holds neither a file nor a copy of it. It is compressed when
 * that is first asked for, as hard as a tenth of a second allows, and kept.
 */
export class BuiltFile {
  /** Changes exactly when the content does: the beginning of its SHA-256. */
  readonly version: string;
  /** For the attribute `integrity` of a script tag (https://www.w3.org/TR/sri-2/). */
  readonly integrity: string;
  private readonly compressed = new Map<Encoding, Promise<Buffer>>();

  constructor(private readonly content: Buffer) {
    this.version = hash('sha256', content, 'hex').slice(0, 16);
    this.integrity = `sha384-${hash('sha384', content, 'base64')}`;
  }

  /** One of dist/web. @throws NotBuiltError */
  static read(name: string): BuiltFile {
    const file = path.join('dist', 'web', name);
    try {
      return new BuiltFile(readFileSync(path.join(projectRoot(), file)));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new NotBuiltError(file);
      throw error;
    }
  }

  encoded(encoding: Encoding): Promise<Buffer> {
    const known = this.compressed.get(encoding);
    if (known !== undefined) return known;
    const compressing = this.compress(encoding);
    this.compressed.set(encoding, compressing);
    return compressing;
  }

  private compress(encoding: Encoding): Promise<Buffer> {
    switch (encoding) {
      case 'br':
        return compressBrotli(this.content, {
          params: {
            [constants.BROTLI_PARAM_QUALITY]:
              this.content.length < LARGE ? constants.BROTLI_MAX_QUALITY : QUALITY_OF_LARGE,
            [constants.BROTLI_PARAM_SIZE_HINT]: this.content.length,
          },
        });
      case 'gzip':
        return compressGzip(this.content, { level: constants.Z_BEST_COMPRESSION });
      case 'identity':
        return Promise.resolve(this.content);
    }
  }
}
