import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { MayBeLeftOut } from './may-be-left-out.js';
import { Length } from './text-length.js';

/** How a request names an image: by address, by the site's own id, or by both. */
export class ImageRef {
  @ApiPropertyOptional({
    maxLength: 2048,
    description:
      'An address under which the image is shown. Spellings that no server tells apart are one image.',
    example: 'https://cdn.example.ma/photos/1.jpg',
  })
  @Length(1, 2048)
  @IsString()
  @MayBeLeftOut()
  url?: string;

  @ApiPropertyOptional({
    maxLength: 512,
    description: "The site's own id of the image.",
    example: 'photo-1',
  })
  @Length(1, 512)
  @IsString()
  @MayBeLeftOut()
  id?: string;
}
