import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsString } from 'class-validator';
import { MayBeLeftOut } from './may-be-left-out.js';
import { PageQuery, pageOf } from './page.js';
import { Length } from './text-length.js';
import { WEBHOOK_EVENTS, type WebhookEvent } from './webhook-events.js';

const CHOICES = ['*', ...WEBHOOK_EVENTS] as const;
const CHOICE_MESSAGE = `each value in events must be one of ${CHOICES.join(', ')}.`;
const LIST_MESSAGE = 'Must be a list of events, such as ["image.blocked", "image.unblocked"], or ["*"].';

const URL_OF = {
  minLength: 1,
  maxLength: 2048,
  example: 'https://www.example.ma/hooks/vigie',
  description: 'Where messages are posted. https, without credentials, at a public address.',
} as const;
const EVENTS = {
  enum: CHOICES,
  isArray: true,
  minItems: 1,
  maxItems: CHOICES.length,
  example: ['image.blocked', 'image.unblocked'],
  description: '`*`: all, also those to come.',
} as const;
const DESCRIPTION = { maxLength: 500, example: 'the page cache', description: 'To tell endpoints apart.' };
const DESCRIPTION_MESSAGE = 'Must be a text of at most 500 characters.';

export class CreateEndpointRequest {
  @ApiProperty(URL_OF)
  @Length(1, 2048)
  @IsString()
  url!: string;

  @ApiProperty(EVENTS)
  @IsIn(CHOICES, { each: true, message: CHOICE_MESSAGE })
  @ArrayMaxSize(CHOICES.length, { message: LIST_MESSAGE })
  @ArrayMinSize(1, { message: LIST_MESSAGE })
  @IsArray({ message: LIST_MESSAGE })
  events!: (WebhookEvent | '*')[];

  @ApiPropertyOptional(DESCRIPTION)
  @Length(0, 500, { message: DESCRIPTION_MESSAGE })
  @MayBeLeftOut()
  description?: string;
}

/** Only what is named changes. */
export class ChangeEndpointRequest {
  @ApiPropertyOptional(URL_OF)
  @Length(1, 2048)
  @IsString()
  @MayBeLeftOut()
  url?: string;

  @ApiPropertyOptional(EVENTS)
  @IsIn(CHOICES, { each: true, message: CHOICE_MESSAGE })
  @ArrayMaxSize(CHOICES.length, { message: LIST_MESSAGE })
  @ArrayMinSize(1, { message: LIST_MESSAGE })
  @IsArray({ message: LIST_MESSAGE })
  @MayBeLeftOut()
  events?: (WebhookEvent | '*')[];

  @ApiPropertyOptional(DESCRIPTION)
  @Length(0, 500, { message: DESCRIPTION_MESSAGE })
  @MayBeLeftOut()
  description?: string;

  @ApiPropertyOptional({
    example: true,
    description:
      'false: no messages are made for it, and those that wait have failed. true: it gets what happens from now on; ' +
      'what it missed is in `GET /v1/changes`, and single messages can be sent again.',
  })
  @IsBoolean({ message: 'Must be true or false.' })
  @MayBeLeftOut()
  enabled?: boolean;
}

const DISABLED_REASONS = ['by_site', 'gone', 'failing'] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

/** An endpoint, without its secret, which nobody can read again. */
export class EndpointAnswer {
  @ApiProperty({ example: 'whe_dHVuYWZpc2hzYW5kd2ljaGZvcmx1bmNo' })
  readonly id!: string;

  @ApiProperty(URL_OF)
  readonly url!: string;

  @ApiProperty(EVENTS)
  readonly events!: readonly string[];

  @ApiProperty(DESCRIPTION)
  readonly description!: string;

  @ApiProperty({ example: true })
  readonly enabled!: boolean;

  @ApiProperty({
    type: String,
    enum: DISABLED_REASONS,
    nullable: true,
    example: null,
    description: 'by_site: PATCH. gone: it answered 410. failing: five days of nothing but failure.',
  })
  readonly disabledReason!: DisabledReason | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  readonly disabledAt!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: null,
    description: 'Since when every attempt has failed; null when the last one did not.',
  })
  readonly failingSince!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: null,
    description: 'Until when the secret before the last rotation signs, too.',
  })
  readonly oldSecretUntil!: string | null;

  @ApiProperty({ format: 'date-time', example: '2026-11-23T10:00:00.000Z' })
  readonly createdAt!: string;
}

/** An endpoint with the secret that was just made. */
export class EndpointWithSecret extends EndpointAnswer {
  @ApiProperty({
    example: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDQ9J0JvV0x0Q=',
    description: 'What signs its messages (Standard Webhooks). Shown once: keep it now.',
  })
  readonly secret!: string;
}

export class EndpointPage extends pageOf(EndpointAnswer) {}

const MESSAGE_STATUSES = ['pending', 'delivered', 'failed'] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** `GET /v1/webhook-endpoints` */
export class EndpointsQuery extends PageQuery {
  @ApiPropertyOptional({
    maxLength: 80,
    description: "For staff: the site's id or slug.",
    example: 'example',
  })
  @Length(1, 80)
  @IsString()
  @MayBeLeftOut()
  site?: string;
}

/** `GET /v1/webhook-endpoints/{id}/messages` */
export class MessagesQuery extends EndpointsQuery {
  @ApiPropertyOptional({ enum: MESSAGE_STATUSES, example: 'failed', description: 'Only these.' })
  @IsIn(MESSAGE_STATUSES, { message: `Must be one of ${MESSAGE_STATUSES.join(', ')}.` })
  @MayBeLeftOut()
  status?: MessageStatus;
}

/** One try to deliver a message. */
export class AttemptAnswer {
  @ApiProperty({ format: 'date-time', example: '2026-11-23T10:00:00.000Z' })
  readonly at!: string;

  @ApiProperty({ type: 'integer', example: 184, description: 'How long it took.' })
  readonly milliseconds!: number;

  @ApiProperty({ type: 'integer', nullable: true, example: 503, description: 'Null: there was no answer.' })
  readonly status!: number | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'It answered 503.',
    description: 'Why it does not count as delivered; null when it does.',
  })
  readonly error!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'Service Unavailable',
    description: 'How the answer begins, at most 1000 characters of text.',
  })
  readonly answer!: string | null;
}

export class MessageAnswer {
  @ApiProperty({
    example: 'msg_dHVuYWZpc2hzYW5kd2ljaGZvcmx1bmNo',
    description: 'Also the header `webhook-id`, the same at every attempt.',
  })
  readonly id!: string;

  @ApiProperty({ example: 'image.blocked' })
  readonly type!: string;

  @ApiProperty({ enum: MESSAGE_STATUSES, example: 'pending' })
  readonly status!: MessageStatus;

  @ApiProperty({ format: 'date-time', example: '2026-11-23T10:00:00.000Z' })
  readonly createdAt!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2026-11-23T10:05:00.000Z',
    description: 'Of a pending message.',
  })
  readonly nextAttemptAt!: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { type: 'webhook.test', timestamp: '2026-11-23T10:00:00.000Z', data: {} },
    description: 'What is posted.',
  })
  readonly payload!: Readonly<Record<string, unknown>>;

  @ApiProperty({ type: [AttemptAnswer], description: 'The first one first.' })
  readonly attempts!: AttemptAnswer[];
}

export class MessagePage extends pageOf(MessageAnswer) {}
