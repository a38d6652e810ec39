import { Body, Controller, Get, Headers, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '../core/errors.js';
import { isNoneMatch } from '../http/etag.js';
import { markWithoutQuery } from '../http/without-part.js';
import type { PhotoNow } from '../web/demo/shown-photo.js';
import { checkOwnPage } from './check-own-page.js';
import { DemonstrationSite } from './demonstration-site.js';
import { fileAt } from './one-photo.js';
import { PhotoBody } from './photo-body.js';
import { PhotoFiles } from './photo-files.js';
import { SwapPhoto } from './swap-photo.js';

/** The one photo of many addresses, and the newsroom that swaps it at one of them. */
@ApiExcludeController()
@Controller('demo')
export class PhotosController {
  constructor(
    private readonly demonstration: DemonstrationSite,
    private readonly files: PhotoFiles,
    private readonly swap: SwapPhoto,
  ) {}

  /** Asked for anew before every use: what is there may have been swapped. */
  @Get(['uploads/2026/11/:file', 'agence/:file', 'galerie/:file', 'partenaires/:file'])
  async photo(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const file = fileAt(request.url.split('?')[0] ?? '', this.swap.isSwapped);
    if (file === null) throw notFound('picture');
    const { bytes, etag } = await this.files.get(file);
    reply.headers({ etag, 'cache-control': 'no-cache' });
    if (isNoneMatch(request.headers['if-none-match'], etag)) return void (await reply.code(304).send());
    await reply.type('image/jpeg').send(bytes);
  }

  @markWithoutQuery
  @Get('photo')
  async now(): Promise<PhotoNow> {
    return this.swap.now(await this.demonstration.need());
  }

  @markWithoutQuery
  @HttpCode(200)
  @Post('photo')
  async put(
    @Body() { swapped, announced }: PhotoBody,
    @Headers('origin') origin: string | undefined,
  ): Promise<PhotoNow> {
    const site = await this.demonstration.need();
    checkOwnPage(site, origin);
    return this.swap.put(site, swapped, announced);
  }
}
