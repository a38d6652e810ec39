import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, ValidateNested } from 'class-validator';
import { ImageRef } from './image-ref.js';
import { LARGEST_BATCH } from './publishing.js';
import { WholeNumber } from './whole-number.js';

/** How often an image was shown: by `url` or `id`. */
export class ViewedImage extends ImageRef {
  @WholeNumber(0, 1_000_000_000, 'How often it was shown in these seconds.', { example: 1_234 })
  views!: number;
}

/** `POST /v1/images/views` */
export class ImageViewsBody {
  @WholeNumber(60, 86_400, 'In how many seconds these views were counted.', { example: 600 })
  seconds!: number;

  @ApiProperty({
    type: [ViewedImage],
    maxItems: LARGEST_BATCH,
    description:
      'Each by `url` or `id`; with both, the `id` counts where it is known. What is named twice, also by two addresses of one image, was shown as often as both say.',
  })
  @ArrayMaxSize(LARGEST_BATCH)
  @ArrayMinSize(1)
  @IsArray()
  @Type(() => ViewedImage)
  @ValidateNested({ each: true })
  images!: ViewedImage[];
}

export class ImageViewsAnswer {
  @ApiProperty({
    type: 'integer',
    description: 'Of the named images, those that are known here.',
    example: 1,
  })
  readonly taken!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Those that nobody ever reported or named: nothing is kept of them.',
    example: 0,
  })
  readonly unknown!: number;
}
