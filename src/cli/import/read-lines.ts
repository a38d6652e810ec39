import { createHash } from 'node:crypto';

/** Bytes of a line at most: an honest one, all its fields full, is far shorter. */
export const LONGEST_LINE = 64 * 1024;

/** A line of an input, without its end. */
export interface Line {
  /** From 1. */
  readonly number: number;
  /** Null for one that is too long: it was not kept. */
  readonly bytes: Buffer | null;
  /** Bytes of the input up to the end of this line. */
  readonly position: number;
  /** SHA-256 of all lines up to this one; ask before the next line is read. */
  digest(): Buffer;
}

const LF = 0x0a;

/**
 * The lines of an input of any length, in the memory of one chunk and one line. A last line without an end is a line. The
 * digest is of lines, not of bytes: it does not see whether the last one was ended.
 */
export async function* readLines(input: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  const hash = createHash('sha256');
  const digest = (): Buffer => hash.copy().digest();
  let pieces: Buffer[] = [];
  let length = 0;
  let number = 0;
  let position = 0;
  const take = (piece: Buffer): void => {
    hash.update(piece);
    length += piece.length;
    if (length <= LONGEST_LINE) pieces.push(piece);
    else pieces = [];
  };
  const end = (): Line => {
    hash.update('\n');
    const bytes = length > LONGEST_LINE ? null : pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
    pieces = [];
    length = 0;
    return { number: (number += 1), bytes: bytes ?? null, position, digest };
  };
  for await (const chunk of input) {
    let start = 0;
    for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, start)) {
      take(chunk.subarray(start, at));
      position += at + 1 - start;
      start = at + 1;
      yield end();
    }
    if (start === chunk.length) continue;
    take(chunk.subarray(start));
    position += chunk.length - start;
  }
  if (length > 0) yield end();
}
