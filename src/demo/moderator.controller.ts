import { Body, Controller, Header, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SiteSettings } from '../access/caller.js';
import { VigieError } from '../core/errors.js';
import { markWithoutQuery } from '../http/without-query.js';
import { ActAsModerator } from './act-as-moderator.js';
import { DemonstrationSite } from './demonstration-site.js';
import { type ModeratorAnswer, ModeratorBody } from './moderator-body.js';

/** The moderator's buttons on the demonstration's pages. Whoever can open these pages may press them. */
@ApiExcludeController()
@Controller('demo/moderator')
export class ModeratorController {
  constructor(
    private readonly demonstration: DemonstrationSite,
    private readonly moderator: ActAsModerator,
  ) {}

  @markWithoutQuery
  @Header('cache-control', 'no-store')
  @HttpCode(200)
  @Post()
  async decide(
    @Body() { image, action }: ModeratorBody,
    @Headers('origin') origin: string | undefined,
  ): Promise<ModeratorAnswer> {
    const found = await this.demonstration.find();
    if ('missing' in found) {
      throw new VigieError('CONFLICT', 'The demonstration can not be used here: GET /demo says why.');
    }
    checkOwnPage(found.site, origin);
    return this.moderator.act(found.site, image, action);
  }
}

/** Other sites' pages could otherwise decide with the browser of whoever runs a demonstration. */
function checkOwnPage({ origins }: SiteSettings, origin: string | undefined): void {
  if (origin !== undefined && origins.includes(origin)) return;
  throw new VigieError('FORBIDDEN', "Only the demonstration's own pages may ask for this.");
}
