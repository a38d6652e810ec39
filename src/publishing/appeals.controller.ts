import { Body, Controller, Delete, Put, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { SiteCaller } from '../access/caller.js';
import { AppealImageBody, OwnImageQuery, PublishedImage } from '../contract/publishing.js';
import { PublishImage } from './publish-image.js';

@ApiTags('Publishing sites')
@Controller('v1/images/appeal')
export class AppealsController {
  constructor(private readonly publishImage: PublishImage) {}

  @ApiOperation({
    summary: 'Ask for another look at a blocked image',
    description:
      'The site says that the picture is right. Its case goes up in the queue, or opens again where a moderator had closed ' +
      'it; nothing is unblocked before a person decides. 409 where nothing but its own block hides the image, or nothing does. ' +
      'Named by `url` and `id`, both must be one image.',
  })
  @ApiOkResponse({ type: PublishedImage })
  @Allow({ keys: ['secret'] })
  @ApiConflictResponse({ description: 'The image is visible, or nothing but the site’s own block hides it.' })
  @ApiNotFoundResponse({ description: 'Nobody has named this image yet.' })
  @Put()
  appeal(@CurrentCaller() caller: SiteCaller, @Body() body: AppealImageBody): Promise<PublishedImage> {
    return this.publishImage.appeal(caller, body);
  }

  @ApiOperation({
    summary: 'Take the appeal back',
    description: 'The case stays where it would be without. Changes nothing where there is no appeal.',
  })
  @ApiOkResponse({ type: PublishedImage })
  @Allow({ keys: ['secret'] })
  @Delete()
  withdraw(@CurrentCaller() caller: SiteCaller, @Query() image: OwnImageQuery): Promise<PublishedImage> {
    return this.publishImage.withdrawAppeal(caller, image);
  }
}
