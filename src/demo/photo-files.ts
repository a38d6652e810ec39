import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import sharp, { type Sharp } from 'sharp';
import { paint } from './draw-picture.js';
import type { PhotoFile } from './one-photo.js';
import { shutStall, soukAtDusk } from './pictures/souk.js';

/** A JPEG, with the strong ETag that goes with its bytes. */
export interface DrawnFile {
  readonly bytes: Buffer;
  readonly etag: string;
}

/** The photo's files, each made once when it is first asked for, and the same bytes each time. */
@Injectable()
export class PhotoFiles {
  private readonly drawn = new Map<PhotoFile, Promise<DrawnFile>>();

  get(file: PhotoFile): Promise<DrawnFile> {
    const drawing = this.drawn.get(file) ?? draw(file);
    this.drawn.set(file, drawing);
    return drawing;
  }
}

async function draw(file: PhotoFile): Promise<DrawnFile> {
  const bytes = await (await encoded(file)).toBuffer();
  return { bytes, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"` };
}

async function encoded(file: PhotoFile): Promise<Sharp> {
  switch (file) {
    case 'original':
      return paint(soukAtDusk).jpeg({ quality: 90 });
    case 'scaled':
      return paint(soukAtDusk).jpeg({ quality: 82 });
    case 'size':
      // Of the finished picture: sharp would scale before it lays the grain upon it.
      return sharp(await paint(soukAtDusk).png().toBuffer())
        .resize(600, 400)
        .jpeg({ quality: 82 });
    case 're-encoded':
      return paint(soukAtDusk).jpeg({ quality: 55, progressive: true });
    case 'other':
      return paint(shutStall).jpeg({ quality: 90 });
  }
}
