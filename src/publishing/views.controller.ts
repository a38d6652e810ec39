import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { SiteCaller } from '../access/caller.js';
import { ImageViewsAnswer, ImageViewsBody } from '../contract/views.js';
import { BodyLimit } from '../http/body-limit.js';
import { BATCH_BODY } from './batch-body.js';
import { TellViews } from './tell-views.js';

@ApiTags('Publishing sites')
@Controller('v1/images/views')
export class ViewsController {
  constructor(private readonly tellViews: TellViews) {}

  @ApiOperation({
    summary: 'Say how often images are shown',
    description:
      'Cases of images that many see come first. The newest word on an image counts, and fades; images that are unknown ' +
      'here are counted in the answer, and nothing is kept of them.',
  })
  @ApiOkResponse({ type: ImageViewsAnswer })
  @Allow({ keys: ['secret'] })
  @BodyLimit(BATCH_BODY)
  @HttpCode(200)
  @Post()
  tell(@CurrentCaller() caller: SiteCaller, @Body() body: ImageViewsBody): Promise<ImageViewsAnswer> {
    return this.tellViews.tell(caller.site, body);
  }
}
