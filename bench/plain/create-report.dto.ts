import { Type } from 'class-transformer';
import { IsIn, IsOptional, IsString, IsUrl, Length, MaxLength, ValidateNested } from 'class-validator';
import { REASONS } from '../../src/core/reasons.js';

export class ImageDto {
  @IsUrl()
  @MaxLength(2048)
  url!: string;
}

export class ReporterDto {
  @IsString()
  @Length(1, 255)
  account!: string;
}

export class CreateReportDto {
  @ValidateNested()
  @Type(() => ImageDto)
  image!: ImageDto;

  @IsIn(REASONS)
  reason!: string;

  @IsOptional()
  @IsString()
  @MaxLength(1000)
  comment?: string;

  @ValidateNested()
  @Type(() => ReporterDto)
  reporter!: ReporterDto;
}
