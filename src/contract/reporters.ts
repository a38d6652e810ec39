import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { MayBeLeftOut } from './may-be-left-out.js';
import { Length } from './text-length.js';

/** `POST /v1/reporters/forget`: exactly one of both. */
export class ForgetReporterBody {
  @ApiPropertyOptional({
    maxLength: 255,
    description: "The site's own name of the account. The devices that reported with it are forgotten, too.",
    example: 'user-42',
  })
  @Length(1, 255)
  @IsString()
  @MayBeLeftOut()
  account?: string;

  @ApiPropertyOptional({
    maxLength: 512,
    description: 'A device token, as the browser of the reader keeps it.',
  })
  @Length(1, 512)
  @IsString()
  @MayBeLeftOut()
  device?: string;
}
