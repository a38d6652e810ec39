import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsObject, IsString, ValidateNested } from 'class-validator';
import { ADDRESS_PRESETS, type AddressPreset } from '../core/address-presets/presets.js';
import {
  type AddressRules,
  LONGEST_PARAMETER,
  MOST_ADDRESS_RULES,
  MOST_TEMPLATES,
} from '../core/address-rules.js';
import { LONGEST_TEMPLATE } from '../core/path-template.js';
import { IMAGE_HOST } from './image-host.js';
import { MayBeLeftOut } from './may-be-left-out.js';
import { Length } from './text-length.js';

const List = (
  description: string,
  example: readonly string[],
  {
    most = MOST_ADDRESS_RULES,
    ...items
  }: { readonly most?: number } & (
    { readonly enum: string[] } | { readonly maxLength: number; readonly pattern: string }
  ),
): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      type: 'array',
      items: { type: 'string', ...items },
      maxItems: most,
      description,
      example: [...example],
    }),
    IsArray({ message: `Must be a list, such as ${JSON.stringify(example)}.` }),
    MayBeLeftOut(),
  );

const Switch = (description: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: Boolean, default: false, description, example: true }),
    IsBoolean({ message: 'Must be true or false.' }),
    MayBeLeftOut(),
  );

/** Which addresses of a site are one picture; what is left out is not in force. */
export class AddressRulesBody implements AddressRules {
  @List('Image services whose addresses are read.', ['wordpress', 'photon'], {
    enum: [...ADDRESS_PRESETS],
  })
  presets?: AddressPreset[];

  @List("Hosts of the site's own that imgix serves, as in `imageHosts`.", ['img.example.ma'], IMAGE_HOST)
  imgixHosts?: string[];

  @List(
    'Parameters that never choose the picture: names, or with a * at the end how they begin.',
    ['w', 'resize_*'],
    { maxLength: LONGEST_PARAMETER, pattern: '^[^\\s&=#?*]+\\*?$' },
  )
  ignoreParameters?: string[];

  @List(
    'What is taken out of paths: text with {digits}, {word}, {any}, each also as {digits?}; at most four of them.',
    ['/resize/{digits}x{digits?}/'],
    { most: MOST_TEMPLATES, maxLength: LONGEST_TEMPLATE, pattern: "^[A-Za-z0-9\\-._~!$&'()*+,;=:@/%{}?]+$" },
  )
  removePaths?: string[];

  @Switch('www.example.ma is example.ma.')
  ignoreWww?: boolean;

  @Switch('http: is https:.')
  ignoreScheme?: boolean;

  @Switch('Capitals in the path are small letters.')
  ignorePathCase?: boolean;

  @Switch('The order of parameters with different names says nothing.')
  sortParameters?: boolean;
}

export const ADDRESS_RULES_EXAMPLE = {
  presets: ['wordpress', 'photon'],
  ignoreParameters: ['w', 'resize_*'],
  removePaths: ['/resize/{digits}x{digits?}/'],
};

export const ADDRESS_RULES = {
  type: () => AddressRulesBody,
  description:
    'Which addresses are one picture, beyond spellings that no server tells apart. {}, the default: no others.',
  example: ADDRESS_RULES_EXAMPLE,
} as const;

/** Address rules inside another object. */
export const IsAddressRules = (): PropertyDecorator =>
  applyDecorators(
    ValidateNested(),
    IsObject({ message: 'Must be an object of rules, such as { "ignoreParameters": ["w"] }; {} for none.' }),
    Type(() => AddressRulesBody),
    MayBeLeftOut(),
  );

/** An address to be explained. */
export class CanonicalAddressBody {
  @ApiProperty({
    maxLength: 2048,
    example: 'https://cdn.example.ma/resize/300x/photos/1.jpg?w=300',
    description: 'An address of an image.',
  })
  @Length(1, 2048)
  @IsString()
  url!: string;

  @ApiPropertyOptional({
    ...ADDRESS_RULES,
    description: "Rules to try; left out: the site's own. Nothing is changed.",
  })
  @IsAddressRules()
  rules?: AddressRulesBody;
}

/** What one rule did to an address. */
export class AddressStepAnswer {
  @ApiProperty({
    example: 'ignoreParameters',
    description: "One of the default rules, a preset, or one of the site's rules by its name.",
  })
  readonly rule!: string;

  @ApiProperty({ example: 'https://cdn.example.ma/photos/1.jpg?w=300' })
  readonly before!: string;

  @ApiProperty({ example: 'https://cdn.example.ma/photos/1.jpg' })
  readonly after!: string;

  @ApiProperty({
    example: "Parameters that never choose the picture are dropped: the site's list names them.",
    description: 'A sentence for people.',
  })
  readonly explanation!: string;
}

/** What becomes of an address. */
export class CanonicalAddressAnswer {
  @ApiProperty({ example: 'https://cdn.example.ma/resize/300x/photos/1.jpg?w=300', description: 'As asked.' })
  readonly given!: string;

  @ApiProperty({
    example: 'https://cdn.example.ma/photos/1.jpg',
    description: 'What the image is known by. Two addresses are one image exactly when these are equal.',
  })
  readonly canonical!: string;

  @ApiProperty({
    example: 'https://cdn.example.ma/resize/300x/photos/1.jpg?w=300',
    description: 'The address by the default rules alone: what is fetched.',
  })
  readonly shown!: string;

  @ApiProperty({ example: 'cdn.example.ma', description: 'The host of `canonical`.' })
  readonly host!: string;

  @ApiProperty({
    example: true,
    description: 'May readers report it? Both hosts, of `canonical` and of `shown`, must be image hosts.',
  })
  readonly vouchedFor!: boolean;

  @ApiProperty({
    type: [AddressStepAnswer],
    description: 'Each rule that changed something, in order; from `given` to `canonical`.',
  })
  readonly steps!: AddressStepAnswer[];
}

/** The rules of a site, for clients. */
export class AddressRulesAnswer {
  @ApiProperty(ADDRESS_RULES)
  readonly addressRules!: AddressRulesBody;
}
