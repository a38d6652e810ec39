import { Controller, Get, Query } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { Allow, CurrentCaller } from '../access/allow.js';
import type { StaffCaller } from '../access/caller.js';
import { ImageHistory } from '../contract/image-history.js';
import { ImagesQuery, ListedImagePage } from '../contract/images.js';
import { ListImages } from './list-images.js';
import { namesImage, ShowImage } from './show-image.js';

/** Images as moderators see them. */
@ApiTags('Moderators')
@ApiExtraModels(ImageHistory, ListedImagePage)
@Controller('v1/images')
export class ReviewedImagesController {
  constructor(
    private readonly listOfImages: ListImages,
    private readonly oneImage: ShowImage,
  ) {}

  @ApiOperation({ summary: 'Show one image, or search images by state' })
  @ApiOkResponse({
    description: 'With `url`, `id` or `image` that image, else a page of the search.',
    schema: { oneOf: [{ $ref: getSchemaPath(ImageHistory) }, { $ref: getSchemaPath(ListedImagePage) }] },
  })
  @Allow({ staff: 'moderator', scope: 'review' })
  @Get()
  listImages(
    @CurrentCaller() caller: StaffCaller,
    @Query() query: ImagesQuery,
  ): Promise<ImageHistory | ListedImagePage> {
    return namesImage(query) ? this.oneImage.show(caller, query) : this.listOfImages.list(caller, query);
  }
}
