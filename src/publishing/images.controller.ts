import { Body, Controller, Delete, Put, Query } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { Caller, SiteCaller } from '../access/caller.js';
import { ImageContentAnswer, ImageContentBody } from '../contract/image-content.js';
import {
  BindAddressesBody,
  BlockImageBody,
  ImageQuery,
  ProtectImageBody,
  PublishedImage,
  SiteParam,
} from '../contract/publishing.js';
import { PublishImage } from './publish-image.js';
import { TellContent } from './tell-content.js';

/** A site says a reason, staff say a policy; never both. */
const BLOCK_EXAMPLES = {
  site: {
    summary: "By the site's key",
    value: {
      image: { url: 'https://cdn.example.ma/photos/1.jpg' },
      reason: 'privacy',
      note: 'À la demande de la famille.',
    },
  },
};

const ONE_IMAGE = 'Named by `url` and `id`, both must be one image.';

@ApiTags('Publishing sites')
@Controller('v1/images')
export class PublishedImagesController {
  constructor(
    private readonly publishImage: PublishImage,
    private readonly tellContent: TellContent,
  ) {}

  @ApiOperation({
    summary: 'Block an image',
    description:
      "The publisher's own block; by staff, a moderator's. Named by `url` and `id`, the site's key binds the address to the " +
      'id; for staff both must be one image already.',
  })
  @ApiBody({ type: BlockImageBody, examples: BLOCK_EXAMPLES })
  @ApiOkResponse({ type: PublishedImage })
  @Allow({ keys: ['secret'], staff: 'moderator', scope: 'images' })
  @Put('block')
  block(
    @CurrentCaller() caller: Caller,
    @Query() { site }: SiteParam,
    @Body() body: BlockImageBody,
  ): Promise<PublishedImage> {
    return this.publishImage.block(caller, site, body);
  }

  @ApiOperation({
    summary: 'Take the block back',
    description: `The answer says what still blocks. ${ONE_IMAGE}`,
  })
  @ApiOkResponse({ type: PublishedImage })
  @Allow({ keys: ['secret'], staff: 'moderator', scope: 'images' })
  @Delete('block')
  unblock(@CurrentCaller() caller: Caller, @Query() { site, ...image }: ImageQuery): Promise<PublishedImage> {
    return this.publishImage.unblock(caller, site, image);
  }

  @ApiOperation({
    summary: 'Protect an image',
    description:
      'Lifts what a rule or a match blocked; from then on reports only queue. An image is named as for a block.',
  })
  @ApiOkResponse({ type: PublishedImage })
  @Allow({ keys: ['secret'], staff: 'moderator', scope: 'images' })
  @Put('protection')
  protect(
    @CurrentCaller() caller: Caller,
    @Query() { site }: SiteParam,
    @Body() body: ProtectImageBody,
  ): Promise<PublishedImage> {
    return this.publishImage.protect(caller, site, body);
  }

  @ApiOperation({
    summary: 'End the protection',
    description: `The rule looks at the image again with the next vote. ${ONE_IMAGE}`,
  })
  @ApiOkResponse({ type: PublishedImage })
  @Allow({ keys: ['secret'], staff: 'moderator', scope: 'images' })
  @Delete('protection')
  unprotect(
    @CurrentCaller() caller: Caller,
    @Query() { site, ...image }: ImageQuery,
  ): Promise<PublishedImage> {
    return this.publishImage.unprotect(caller, site, image);
  }

  @ApiOperation({
    summary: 'Say that the bytes of an image changed',
    description:
      'Other bytes are judged anew: reports of the old ones count no longer, and a block of a moderator does not hold new ' +
      'ones that their site announces.',
  })
  @ApiOkResponse({ type: ImageContentAnswer })
  @Allow({ keys: ['secret'] })
  @Put('content')
  content(@CurrentCaller() caller: SiteCaller, @Body() body: ImageContentBody): Promise<ImageContentAnswer> {
    return this.tellContent.tell(caller.site, body);
  }

  @ApiOperation({
    summary: "Bind addresses to the site's own id",
    description: 'Images that become one are merged: votes count together, one per reporter.',
  })
  @ApiOkResponse({ type: PublishedImage })
  @Allow({ keys: ['secret'] })
  @Put('addresses')
  bind(
    @CurrentCaller() caller: SiteCaller,
    @Body() { id, urls }: BindAddressesBody,
  ): Promise<PublishedImage> {
    return this.publishImage.bind(caller.site, id, urls);
  }
}
