import sharp, { type Sharp } from 'sharp';
import { paint } from './draw-picture.js';
import type { PhotoFile } from './one-photo.js';
import { shutStall, soukAtDusk } from './pictures/souk.js';

/** Draws one of the photo's files, as a JPEG. */
export async function drawPhoto(file: PhotoFile): Promise<Buffer> {
  return (await encoded(file)).toBuffer();
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
