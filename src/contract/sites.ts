import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsString, ValidateIf } from 'class-validator';
import type { AddressRules } from '../core/address-rules.js';
import { LOCALES, type Locale, REASONS, type Reason, SEVERE_REASON } from '../core/reasons.js';
import { ADDRESS_RULES, AddressRulesBody, IsAddressRules } from './address-rules.js';
import { IMAGE_HOST } from './image-host.js';
import { NEAR_MATCHES, type NearMatches } from './matches.js';
import { MayBeLeftOut } from './may-be-left-out.js';
import { PageQuery, pageOf } from './page.js';
import { Length, MaxLength } from './text-length.js';

const LOCALE_MESSAGE = `Must be one of ${LOCALES.join(', ')}.`;
const LONGEST_LIST = 200;
/** Characters of what a site says of the severe reason. */
export const LONGEST_INSTRUCTIONS = 4000;

/** Characters. */
export const LONGEST_ORIGIN = 255;

const NAME = { minLength: 1, maxLength: 200, example: 'Revue de presse' } as const;
const ORIGINS = {
  type: 'array',
  items: { type: 'string', maxLength: LONGEST_ORIGIN, format: 'uri' },
  maxItems: LONGEST_LIST,
  example: ['https://www.example.ma'],
  description: 'Where its pages are: scheme, host and port, exactly as a browser sends them in Origin.',
} as const;
const IMAGE_HOSTS = {
  type: 'array',
  items: { type: 'string', ...IMAGE_HOST },
  maxItems: LONGEST_LIST,
  example: ['cdn.example.ma', '*.images.example.ma'],
  description:
    'The hosts of images that it vouches for: a host, or *.host for its subdomains, each also with a port. ' +
    "Not *. of a public suffix, such as *.com or *.github.io: names under it are anybody's. " +
    "An empty list, the default: its origins' hosts and their subdomains; refused where an origin is a public suffix.",
} as const;
const LOCALE = {
  enum: LOCALES,
  example: 'fr',
  description: "Readers who ask for no language that Vigie speaks are answered in the site's.",
} as const;
const TIME_ZONE = {
  maxLength: 64,
  example: 'Africa/Casablanca',
  description:
    'An IANA time zone, by the name of a place and no abbreviation such as CET: statistics by day are by its days.',
} as const;
const SITE_REASONS = {
  enum: REASONS,
  isArray: true,
  minItems: 1,
  example: ['violence', 'nudity', 'other'],
  description: 'The reasons that its readers may give.',
} as const;

const NEAR = {
  enum: NEAR_MATCHES,
  example: 'suggest',
  description:
    'A picture that looks like one that a person blocked: `suggest` shows it to the moderators, `block` also blocks it, as ' +
    'the very same bytes are blocked in any case. Holds for what is blocked or first seen from then on.',
} as const;

const SEVERE_INSTRUCTIONS = {
  type: String,
  nullable: true,
  maxLength: LONGEST_INSTRUCTIONS,
  example:
    'Call the on-duty lawyer. Report it at https://www.example.ma/signalement. Save and forward nothing.',
  description:
    `What the newsroom must do, in its country's terms, when somebody gives \`${SEVERE_REASON}\`: shown to moderators beside such a ` +
    'case, as text. null, the default: nothing is shown.',
} as const;

/** What of a site has a default. */
class SiteOptions {
  @ApiPropertyOptional(ORIGINS)
  @ArrayMaxSize(LONGEST_LIST, { message: `Name at most ${LONGEST_LIST} origins.` })
  @IsArray({ message: 'Must be a list of origins, such as ["https://www.example.ma"].' })
  @MayBeLeftOut()
  origins?: string[];

  @ApiPropertyOptional(IMAGE_HOSTS)
  @ArrayMaxSize(LONGEST_LIST, { message: `Name at most ${LONGEST_LIST} hosts.` })
  @IsArray({ message: 'Must be a list of hosts, such as ["cdn.example.ma"].' })
  @MayBeLeftOut()
  imageHosts?: string[];

  @ApiPropertyOptional({ ...ADDRESS_RULES, description: `${ADDRESS_RULES.description} Replaces all rules.` })
  @IsAddressRules()
  addressRules?: AddressRulesBody;

  @ApiPropertyOptional(LOCALE)
  @IsIn(LOCALES, { message: LOCALE_MESSAGE })
  @MayBeLeftOut()
  locale?: Locale;

  @ApiPropertyOptional(TIME_ZONE)
  @IsString({ message: 'Must be an IANA time zone, such as Africa/Casablanca.' })
  @MayBeLeftOut()
  timeZone?: string;

  @ApiPropertyOptional(SITE_REASONS)
  @ArrayMaxSize(REASONS.length, { message: 'Name each reason once.' })
  @IsArray({ message: `Must be a list of reasons out of ${REASONS.join(', ')}.` })
  @MayBeLeftOut()
  reasons?: Reason[];

  @ApiPropertyOptional(NEAR)
  @IsIn(NEAR_MATCHES, { message: `Must be one of ${NEAR_MATCHES.join(', ')}.` })
  @MayBeLeftOut()
  nearMatches?: NearMatches;

  @ApiPropertyOptional(SEVERE_INSTRUCTIONS)
  @MaxLength(LONGEST_INSTRUCTIONS, {
    message: `Must be a text of at most ${LONGEST_INSTRUCTIONS} characters, or null.`,
  })
  @ValidateIf((_, value) => value !== undefined && value !== null)
  severeInstructions?: string | null;
}

/** What of a site can be changed; only what is named changes. Its slug stands in signed tokens, and stays. */
export class ChangeSiteRequest extends SiteOptions {
  @ApiPropertyOptional(NAME)
  @Length(1, 200, { message: 'Must be a text of 1 to 200 characters.' })
  @MayBeLeftOut()
  name?: string;
}

/** A new site. */
export class CreateSiteRequest extends SiteOptions {
  @ApiProperty({
    pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
    maxLength: 63,
    example: 'revue',
    description: 'Its short name in addresses: small letters, digits, single hyphens between them.',
  })
  @IsString({ message: 'Must be a short name of small letters, digits and hyphens.' })
  slug!: string;

  @ApiProperty(NAME)
  @Length(1, 200, { message: 'Must be a text of 1 to 200 characters.' })
  name!: string;
}

/** A publisher. */
export class SiteAnswer {
  @ApiProperty({ example: 'sit_dHVuYWZpc2hzYW5kd2ljaGZvcmx1bmNo' })
  readonly id!: string;

  @ApiProperty({ example: 'revue' })
  readonly slug!: string;

  @ApiProperty(NAME)
  readonly name!: string;

  @ApiProperty(ORIGINS)
  readonly origins!: readonly string[];

  @ApiProperty({ ...IMAGE_HOSTS, description: 'The hosts of images that it vouches for, as in force.' })
  readonly imageHosts!: readonly string[];

  @ApiProperty(ADDRESS_RULES)
  readonly addressRules!: AddressRules;

  @ApiProperty(LOCALE)
  readonly locale!: Locale;

  @ApiProperty(TIME_ZONE)
  readonly timeZone!: string;

  @ApiProperty(SITE_REASONS)
  readonly reasons!: readonly Reason[];

  @ApiProperty(NEAR)
  readonly nearMatches!: NearMatches;

  @ApiProperty(SEVERE_INSTRUCTIONS)
  readonly severeInstructions!: string | null;
}

export class SitePage extends pageOf(SiteAnswer) {}

/** A content rule that a decision may cite. */
export class PolicyAnswer {
  @ApiProperty({ enum: REASONS, example: 'violence', description: 'Its name, as a decision cites it.' })
  readonly policy!: Reason;

  @ApiProperty({ example: false, description: `True for ${SEVERE_REASON}, which never waits.` })
  readonly severe!: boolean;
}

export class PolicyPage extends pageOf(PolicyAnswer) {}

/** `GET /v1/policies`: of which site, where a member of staff may have several. */
export class PoliciesQuery extends PageQuery {
  @ApiPropertyOptional({ maxLength: 100, example: 'revue', description: "The site's id or slug." })
  @Length(1, 100, { message: 'Must be the id or the slug of a site.' })
  @MayBeLeftOut()
  site?: string;
}
