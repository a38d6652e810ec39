import { ApiProperty, ApiSchema } from '@nestjs/swagger';

/** Why there is no copy of an image to look at. */
export const NOT_SHOWN = ['pending', 'severe', 'failed', 'deleted', 'expired'] as const;

/** Our copy of what was reported. Moderators look at it and never at the live address. */
@ApiSchema({
  description:
    "Our copy of what was reported. Look at it and never at the live address: the picture's host would learn who looks, " +
    'and when to show something else.',
})
export class SnapshotView {
  @ApiProperty({
    description: 'Reported as child abuse: only who has the permission `legal` gets addresses of it.',
    example: false,
  })
  readonly sealed!: boolean;

  @ApiProperty({
    type: String,
    format: 'uri',
    nullable: true,
    description: 'For an `<img>`, within five minutes: then ask for the case or the image again.',
    example: 'https://vigie.example.ma/v1/snapshots/snp_7mFq2XcB9dKe4RtYw8ZpLs6HvNj3Qa0a1B2c',
  })
  readonly thumbnail!: string | null;

  @ApiProperty({
    type: String,
    format: 'uri',
    nullable: true,
    description: 'The same, larger.',
    example: 'https://vigie.example.ma/v1/snapshots/snp_8nGr3YdC0eLf5SuZx9AqMt7IwOk4Rb1b2C3d',
  })
  readonly preview!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Of the original.', example: 1600 })
  readonly width!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, example: 900 })
  readonly height!: number | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly takenAt!: string | null;
}

/** One encoding of a picture. */
@ApiSchema({ description: 'One encoding of a picture, as it was found.' })
export class EncodingView {
  @ApiProperty({
    description: 'Of the bytes, in hexadecimal.',
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  })
  readonly sha256!: string;

  @ApiProperty({ type: 'integer', nullable: true, description: 'In pixels, upright.', example: 1200 })
  readonly width!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, example: 800 })
  readonly height!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, example: 184320 })
  readonly bytes!: number | null;

  @ApiProperty({ type: String, nullable: true, example: 'jpeg' })
  readonly format!: string | null;

  @ApiProperty({ format: 'date-time' })
  readonly firstSeenAt!: string;
}

/** Bytes that were, or are, behind the image's addresses. Re-encodings of one picture are one version. */
@ApiSchema({ description: 'A version of the bytes of an image.' })
export class ContentView {
  @ApiProperty({ type: 'integer', example: 1 })
  readonly version!: number;

  @ApiProperty({ description: 'Did the site say that they would come?', example: false })
  readonly announced!: boolean;

  @ApiProperty({
    type: String,
    enum: ['block', 'keep'],
    nullable: true,
    description: 'What a person last said of these bytes.',
    example: 'block',
  })
  readonly verdict!: string | null;

  @ApiProperty({ format: 'date-time' })
  readonly beganAt!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Null: they are shown now.',
    example: null,
  })
  readonly leftAt!: string | null;

  @ApiProperty({
    type: [EncodingView],
    description: 'Each encoding that was found, the first of them first.',
  })
  readonly encodings!: readonly EncodingView[];
}
