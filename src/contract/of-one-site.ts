import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { MayBeLeftOut } from './may-be-left-out.js';
import { Length } from './text-length.js';

/** A site by its id or slug, where all that the caller may see are meant without it. */
export const OfOneSite = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      description: "The site's id or slug; without it all sites of the caller.",
      example: 'nouvelles',
    }),
    Length(1, 100),
    IsString(),
    MayBeLeftOut(),
  );
