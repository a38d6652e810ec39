import { crc32, deflateSync } from 'node:zlib';

/** A PNG of one grey, 16 bits deep: 100 megapixels take 200 MB when they are unpacked, and 200 kB here. */
export function pngBomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([16, 0, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc((2 * width + 1) * height));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A GIF of so many frames, each of which says anew what one frame says. */
export function gifOfFrames(gif: Buffer, frames: number): Buffer {
  // Header and screen are 13 bytes, then 3 for each colour of the table, where there is one; the last byte ends the file.
  const packed = gif[10] ?? 0;
  const start = 13 + (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0);
  const frame = gif.subarray(start, -1);
  return Buffer.concat([
    gif.subarray(0, start),
    ...Array.from({ length: frames }, () => frame),
    gif.subarray(-1),
  ]);
}
