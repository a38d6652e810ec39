import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { markWithoutQuery } from '../http/without-part.js';
import { ActAsModerator } from './act-as-moderator.js';
import { checkOwnPage } from './check-own-page.js';
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
  @HttpCode(200)
  @Post()
  async decide(
    @Body() { image, action }: ModeratorBody,
    @Headers('origin') origin: string | undefined,
  ): Promise<ModeratorAnswer> {
    const site = await this.demonstration.need();
    checkOwnPage(site, origin);
    return this.moderator.act(site, image, action);
  }
}
