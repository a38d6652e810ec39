import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { BLOCK_SOURCES, type BlockSource, type CaseHold, type CaseOutcome } from '../core/image-state.js';
import { type Policy, REASONS } from '../core/reasons.js';

/** What an endpoint may ask for. */
export const WEBHOOK_EVENTS = [
  'image.blocked',
  'image.unblocked',
  'case.opened',
  'case.resolved',
  'webhook.disabled',
  'case.held',
  'case.overdue',
  'site.breaker',
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

const TIMESTAMP = {
  format: 'date-time',
  example: '2026-11-23T10:00:00.000Z',
  description: 'When it happened; when it was sent is in the header `webhook-timestamp`.',
} as const;

/**
 * How many addresses a message holds: all that one binding names, and some 400 kB at most. Receivers commonly take a megabyte,
 * and an image may have thousands.
 */
export const MOST_ADDRESSES_TOLD = 200;

/** An image as its site knows it. */
@ApiSchema({ description: 'An image as its site knows it: by address, by its own id, or by both.' })
export class WebhookImage {
  @ApiPropertyOptional({ example: 'https://cdn.example.ma/photos/1.jpg' })
  readonly url?: string;

  @ApiPropertyOptional({ example: 'photo-1', description: "The site's own id." })
  readonly id?: string;

  @ApiPropertyOptional({
    type: [String],
    example: ['https://cdn.example.ma/photos/1.jpg'],
    description:
      'Addresses that became part of the image just now, bound by the site or by the same bytes, and so show what it shows; ' +
      '`url` is the first. They are news even where the version is known by the id. In other messages on what is seen: all ' +
      `addresses that the same bytes made part of it, beside \`url\`. At most ${MOST_ADDRESSES_TOLD}. Left out where there are none.`,
  })
  readonly addresses?: string[];

  @ApiPropertyOptional({
    enum: [true],
    description:
      'There are more addresses than a message holds: what `GET /v1/changes` says of the image names all of them. Else left out.',
  })
  readonly moreAddresses?: true;
}

export class ImageChangeData {
  @ApiProperty({ type: WebhookImage })
  readonly image!: WebhookImage;

  @ApiProperty({ example: true })
  readonly blocked!: boolean;

  @ApiPropertyOptional({ enum: REASONS, example: 'violence', description: 'Of a blocked image.' })
  readonly reason?: Policy;

  @ApiProperty({
    type: 'integer',
    example: 3,
    description: 'Rises with every change of one image: ignore a message whose version is not above yours.',
  })
  readonly version!: number;

  @ApiProperty({
    enum: BLOCK_SOURCES,
    example: 'threshold',
    description:
      'Blocked: whose block shows. Unblocked: who lifted it. `match`: a person blocked the same bytes, or near ones, under ' +
      'another address of the site; or no longer does.',
  })
  readonly decidedBy!: BlockSource;
}

/** `image.blocked`, also when only the shown reason changed, and `image.unblocked`. */
export class ImageChangeMessage {
  @ApiProperty({ enum: ['image.blocked', 'image.unblocked'], example: 'image.blocked' })
  readonly type!: 'image.blocked' | 'image.unblocked';

  @ApiProperty(TIMESTAMP)
  readonly timestamp!: string;

  @ApiProperty({ type: ImageChangeData })
  readonly data!: ImageChangeData;
}

export class WebhookCase {
  @ApiProperty({ example: 'case_dHVuYWZpc2hzYW5kd2ljaGZvcmx1bmNo' })
  readonly id!: string;

  @ApiProperty({ enum: ['open', 'closed'], example: 'closed' })
  readonly status!: 'open' | 'closed';

  @ApiPropertyOptional({
    enum: ['block', 'keep', 'superseded', 'merged'],
    example: 'keep',
    description: 'Of a closed case.',
  })
  readonly outcome?: CaseOutcome;
}

export class CaseChangeData {
  @ApiProperty({ type: WebhookCase })
  readonly case!: WebhookCase;

  @ApiProperty({ type: WebhookImage })
  readonly image!: WebhookImage;
}

export class CaseHeldData extends CaseChangeData {
  @ApiProperty({
    enum: ['signals', 'breaker'],
    example: 'signals',
    description:
      '`signals`: reports look coordinated, and the rest are too few; `breaker`: the site had as many automatic blocks ' +
      'within the hour as its rule lets through.',
  })
  readonly heldBy!: CaseHold['by'];
}

/** `case.held`: an image that would have been blocked, and was not. */
export class CaseHeldMessage {
  @ApiProperty({ enum: ['case.held'], example: 'case.held' })
  readonly type!: 'case.held';

  @ApiProperty(TIMESTAMP)
  readonly timestamp!: string;

  @ApiProperty({ type: CaseHeldData })
  readonly data!: CaseHeldData;
}

export class CaseOverdueData extends CaseChangeData {
  @ApiProperty({
    example: false,
    description:
      "true: a hold that nobody looked at for an hour. false: a rule's block, for `reviewWithinHours`.",
  })
  readonly held!: boolean;

  @ApiProperty({
    example: false,
    description: 'The block was lifted for that (`onOverdue`); the case still waits.',
  })
  readonly lifted!: boolean;
}

/** `case.overdue`: a rule's block, or a hold, that nobody has reviewed in time. */
export class CaseOverdueMessage {
  @ApiProperty({ enum: ['case.overdue'], example: 'case.overdue' })
  readonly type!: 'case.overdue';

  @ApiProperty(TIMESTAMP)
  readonly timestamp!: string;

  @ApiProperty({ type: CaseOverdueData })
  readonly data!: CaseOverdueData;
}

export class BreakerData {
  @ApiProperty({
    type: 'integer',
    example: 20,
    description: 'So many automatic blocks an hour lets through.',
  })
  readonly limit!: number;

  @ApiProperty({ type: 'integer', example: 20, description: 'So many there were within the last hour.' })
  readonly blocksInHour!: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    example: 0.4,
    description: 'What is usual on the site in an hour. Null: it has not been measured yet.',
  })
  readonly baseline!: number | null;
}

/** `site.breaker`: from now on what would be blocked is held instead. Once, and again after an hour in which it still is. */
export class BreakerMessage {
  @ApiProperty({ enum: ['site.breaker'], example: 'site.breaker' })
  readonly type!: 'site.breaker';

  @ApiProperty(TIMESTAMP)
  readonly timestamp!: string;

  @ApiProperty({ type: BreakerData })
  readonly data!: BreakerData;
}

/** `case.opened` and `case.resolved`. */
export class CaseChangeMessage {
  @ApiProperty({ enum: ['case.opened', 'case.resolved'], example: 'case.resolved' })
  readonly type!: 'case.opened' | 'case.resolved';

  @ApiProperty(TIMESTAMP)
  readonly timestamp!: string;

  @ApiProperty({ type: CaseChangeData })
  readonly data!: CaseChangeData;
}

export class EndpointData {
  @ApiProperty({ example: 'whe_dHVuYWZpc2hzYW5kd2ljaGZvcmx1bmNo' })
  readonly endpoint!: string;

  @ApiPropertyOptional({
    enum: ['gone', 'failing'],
    example: 'failing',
    description: 'Of `webhook.disabled`: it answered 410, or did nothing but fail for five days.',
  })
  readonly reason?: 'gone' | 'failing';
}

/** `webhook.test`, which somebody asked for, and `webhook.disabled`, to the other endpoints of the site. */
export class EndpointMessage {
  @ApiProperty({ enum: ['webhook.test', 'webhook.disabled'], example: 'webhook.test' })
  readonly type!: 'webhook.test' | 'webhook.disabled';

  @ApiProperty(TIMESTAMP)
  readonly timestamp!: string;

  @ApiProperty({ type: EndpointData })
  readonly data!: EndpointData;
}

/** All that is ever sent. */
export type WebhookPayload =
  | ImageChangeMessage
  | CaseChangeMessage
  | CaseHeldMessage
  | CaseOverdueMessage
  | BreakerMessage
  | EndpointMessage;

/** Names of the messages by the class that describes them, for the API's description. */
export const WEBHOOK_MESSAGES = [
  {
    type: 'image.blocked',
    model: ImageChangeMessage,
    summary: 'An image is blocked from now on, or for another reason',
  },
  { type: 'image.unblocked', model: ImageChangeMessage, summary: 'An image may be shown again' },
  { type: 'case.opened', model: CaseChangeMessage, summary: 'A case waits for a moderator' },
  { type: 'case.resolved', model: CaseChangeMessage, summary: 'A case was decided' },
  {
    type: 'case.held',
    model: CaseHeldMessage,
    summary: 'An image that would have been blocked is held instead',
  },
  {
    type: 'case.overdue',
    model: CaseOverdueMessage,
    summary: 'A block by the rule, or a hold, was not reviewed in time',
  },
  {
    type: 'site.breaker',
    model: BreakerMessage,
    summary: 'The site had too many automatic blocks within an hour: further ones are held',
  },
  {
    type: 'webhook.disabled',
    model: EndpointMessage,
    summary: 'Another endpoint of the site failed for too long, or said that it is gone',
  },
  { type: 'webhook.test', model: EndpointMessage, summary: 'Somebody asked for a test' },
] as const;
