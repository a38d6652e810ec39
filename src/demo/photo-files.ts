import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PhotoFile } from './one-photo.js';

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
  // sharp is loaded by whoever draws.
  const { drawPhoto } = await import('./draw-photo.js');
  const bytes = await drawPhoto(file);
  return { bytes, etag: `"${hash('sha256', bytes, 'base64url').slice(0, 22)}"` };
}
