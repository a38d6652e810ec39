import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { createGunzip, createGzip } from 'node:zlib';
import { pipeline } from 'node:stream/promises';
import { VigieError } from '../../core/errors.js';
import type { BackupHead, BackupSink } from '../../database/backup/dump-tables.js';
import { syncFolder } from '../../database/sync-folder.js';
import { unreadableFile } from '../unreadable-file.js';
import { keepTouched, partialFile } from './partial-file.js';

/*
 * A backup is one file, packed by gzip: lengths of four bytes, each with so many bytes after it. First the head as JSON, then
 * the rows of each table, as many pieces as it takes and an empty one at the end; last the word that says that all is there.
 */

const FORMAT = 'vigie backup 1';
const END = 'end of the backup';

/** Bytes of a head at most: ours has some 20 kB. A packed dump of another program announces more, and is not read to its end. */
const LONGEST_HEAD = 1024 * 1024;

interface WrittenHead extends BackupHead {
  readonly format: string;
}

/**
 * Writes a backup. The file has its name once all of it is on the disk, and the name is there after a power cut, too; it holds what
 * the database does, so nobody else may read it.
 *
 * @returns its size in bytes, packed
 * @throws VigieError INVALID when the file can't be written
 */
export async function writeBackup(file: string, fill: (sink: BackupSink) => Promise<void>): Promise<number> {
  const partial = partialFile(file);
  const endTouching = keepTouched(partial);
  const gzip = createGzip({ level: 6 });
  const stream = createWriteStream(partial, { flags: 'wx', mode: 0o600 });
  const written = pipeline(gzip, stream);
  const failed = new AbortController();
  written.catch((error: unknown) => failed.abort(error));
  // Not a race with one promise that ends with the file: that one would remember every piece (a kilobyte each).
  const drained = (): Promise<unknown> =>
    once(gzip, 'drain', failed).catch((error: unknown) => {
      throw failed.signal.aborted ? failed.signal.reason : error;
    });
  let isFilled = false;
  const put = async (piece: Buffer): Promise<void> => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(piece.length);
    gzip.write(length);
    if (piece.length > 0 && !gzip.write(piece)) await drained();
  };
  try {
    await fill({
      begin: (head) => put(Buffer.from(JSON.stringify({ format: FORMAT, ...head } satisfies WrittenHead))),
      rows: async (chunks) => {
        for await (const chunk of chunks) if (chunk.length > 0) await put(chunk);
        await put(Buffer.alloc(0));
      },
    });
    await put(Buffer.from(END));
    // Whatever fails from here on is the file.
    isFilled = true;
    gzip.end();
    await written;
    const handle = await open(partial);
    const { size } = await handle.stat();
    await handle.sync();
    await handle.close();
    await rename(partial, file);
    await syncFolder(path.dirname(file)).catch(unlessShared);
    return size;
  } catch (error) {
    const { errored } = stream;
    gzip.destroy();
    // Until then it may still be about to make the file.
    if (!stream.destroy().closed) await once(stream, 'close').catch(() => undefined);
    // Where the file lies in what is no folder, there is nothing to remove either.
    await rm(partial, { force: true }).catch(() => undefined);
    throw errored !== null || isFilled
      ? unwritable(file, errored ?? (error as NodeJS.ErrnoException))
      : error;
  } finally {
    endTouching();
  }
}

function unwritable(file: string, { code = 'unknown error' }: NodeJS.ErrnoException): VigieError {
  const why = code === 'ENOENT' ? 'there is no such folder.' : `can't be written (${code}).`;
  return new VigieError('INVALID', `${file}: ${why}`);
}

/** Shares of a network know no such thing as a folder that is on the disk. */
function unlessShared(error: NodeJS.ErrnoException): void {
  if (!['EINVAL', 'EBADF'].includes(error.code ?? '')) throw error;
}

/** A backup that is read from its beginning to its end. */
export class BackupReader {
  private constructor(
    readonly head: BackupHead,
    private readonly pieces: AsyncGenerator<Buffer>,
  ) {}

  /** @throws VigieError INVALID when the file is none, or can not be read */
  static async open(file: string): Promise<BackupReader> {
    const pieces = piecesOf(file);
    const { value } = (await pieces.next()) as { value: Buffer | undefined };
    const head = value === undefined ? null : headOf(value);
    if (head === null) throw new VigieError('INVALID', `${file}: is no backup that this version can read.`);
    return new BackupReader(head, pieces);
  }

  /** The rows of the next table. */
  async *rows(): AsyncGenerator<Buffer> {
    for (;;) {
      const { value, done } = (await this.pieces.next()) as IteratorResult<Buffer, undefined>;
      if (done === true) throw brokenOff();
      if (value.length === 0) return;
      yield value;
    }
  }

  /** @throws VigieError INVALID unless all of it has been read, and it was whole */
  async end(): Promise<void> {
    const { value, done } = (await this.pieces.next()) as IteratorResult<Buffer, undefined>;
    if (done === true || value.toString() !== END) throw brokenOff();
  }
}

const noBackup = (file: string): VigieError => new VigieError('INVALID', `${file}: is no backup.`);

const brokenOff = (): VigieError => new VigieError('INVALID', 'The backup breaks off: it is not whole.');

function headOf(piece: Buffer): BackupHead | null {
  try {
    const head = JSON.parse(piece.toString()) as WrittenHead;
    return head.format === FORMAT ? head : null;
  } catch {
    return null;
  }
}

/** @throws VigieError INVALID when the file is not there, is none of ours, or breaks off */
async function* piecesOf(file: string): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  createReadStream(file)
    .on('error', (error) => gunzip.destroy(error))
    .pipe(gunzip);
  let buffered: Buffer = Buffer.alloc(0);
  let longest = LONGEST_HEAD;
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
      let at = 0;
      while (buffered.length - at >= 4) {
        const length = buffered.readUInt32BE(at);
        if (length > longest) throw noBackup(file);
        if (buffered.length - at - 4 < length) break;
        yield buffered.subarray(at + 4, at + 4 + length);
        longest = Infinity;
        at += 4 + length;
      }
      buffered = buffered.subarray(at);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR') throw brokenOff();
    if (code?.startsWith('Z_') === true) throw noBackup(file);
    if (error instanceof VigieError) throw error;
    throw unreadableFile(file, error);
  }
  if (buffered.length > 0) throw brokenOff();
}
