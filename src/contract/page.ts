import type { Type } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type as Converted } from 'class-transformer';
import { IsInt, IsString, Max, Min } from 'class-validator';
import { MayBeLeftOut } from './may-be-left-out.js';
import { Length } from './text-length.js';

/** How many items a page has when the question does not say, and at most. */
const DEFAULT_PAGE = 20;
const LARGEST_PAGE = 100;

/** The query of every list. Lists are walked by cursor, so that what is added meanwhile shifts nothing. */
export class PageQuery {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: LARGEST_PAGE,
    default: DEFAULT_PAGE,
    example: 50,
    description: 'How many items at most.',
  })
  @Converted(() => Number)
  @Max(LARGEST_PAGE)
  @Min(1)
  @IsInt()
  limit: number = DEFAULT_PAGE;

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: 512,
    description: 'The `nextCursor` of the page before; without it the first page.',
  })
  @Length(1, 512)
  @IsString()
  @MayBeLeftOut()
  cursor?: string;
}

/** One page of a list; `nextCursor` is null on the last one. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/**
 * The OpenAPI class of a page: `class CasePage extends pageOf(CaseSummary) {}`.
 */
export function pageOf<Item>(item: Type<Item>): Type<Page<Item>> {
  class PageOfItems implements Page<Item> {
    @ApiProperty({ type: [item] })
    readonly items!: readonly Item[];

    @ApiProperty({
      type: String,
      nullable: true,
      description: 'Pass it as `cursor` for the next page; null on the last one.',
      example: null,
    })
    readonly nextCursor!: string | null;
  }
  return PageOfItems;
}
