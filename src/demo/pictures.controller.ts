import { Controller, Get, Header, Param, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { notFound } from '../core/errors.js';
import { DrawnPictures } from './drawn-pictures.js';
import { PICTURES } from './pictures.js';

/** The demonstration's pictures, each drawn at the latest when it is first asked for. */
@ApiExcludeController()
@Controller('demo/pictures')
export class PicturesController {
  constructor(private readonly drawn: DrawnPictures) {}

  @Header('cache-control', 'public, max-age=86400')
  @Get(':file')
  async picture(@Param('file') file: string): Promise<StreamableFile> {
    const picture = PICTURES.find(({ number }) => file === `${number}.webp`);
    if (picture === undefined) throw notFound('picture');
    return new StreamableFile(await this.drawn.get(picture.number), { type: 'image/webp' });
  }
}
