import { Controller, Get, Header, Param, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { notFound } from '../core/errors.js';
import { drawPicture } from './draw-picture.js';
import { PICTURES } from './pictures.js';

/** Draws a picture when it is first asked for (0.1 to 0.3 s each), and keeps it. */
@ApiExcludeController()
@Controller('demo/pictures')
export class PicturesController {
  private readonly drawn = new Map<number, Promise<Buffer>>();

  @Header('cache-control', 'public, max-age=86400')
  @Get(':file')
  async picture(@Param('file') file: string): Promise<StreamableFile> {
    const picture = PICTURES.find(({ number }) => file === `${number}.webp`);
    if (picture === undefined) throw notFound('picture');
    const drawing = this.drawn.get(picture.number) ?? drawPicture(picture.number);
    this.drawn.set(picture.number, drawing);
    return new StreamableFile(await drawing, { type: 'image/webp' });
  }
}
