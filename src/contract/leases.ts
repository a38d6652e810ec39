import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsString } from 'class-validator';
import { type Reason, REASONS } from '../core/reasons.js';
import { MayBeLeftOut } from './may-be-left-out.js';
import { OfOneSite } from './of-one-site.js';
import { StaffReference } from './staff.js';
import { Length } from './text-length.js';

/** Who works on a case, and until when. */
@ApiSchema({ description: 'Who works on the case, and until when.' })
export class LeaseView {
  @ApiProperty({ type: StaffReference })
  readonly holder!: StaffReference;

  @ApiProperty({ format: 'date-time' })
  readonly expiresAt!: string;

  @ApiPropertyOptional({
    description: 'Shown only to whoever just took the lease. Send it with the decision.',
    example: 'lea_3q2-7wAAvu8c1oX9kq0mH5y0Q2n8d4fUuB1xRzJtKkE',
  })
  readonly token?: string;
}

/** `POST /v1/cases/claim` */
export class ClaimRequest {
  @OfOneSite()
  site?: string;

  @ApiPropertyOptional({ enum: REASONS, description: 'Only cases in which a reader gave this reason.' })
  @IsIn(REASONS)
  @MayBeLeftOut()
  reason?: Reason;
}

/** `PUT /v1/cases/{id}/lease` */
export class LeaseRequest {
  @ApiPropertyOptional({ description: 'Of a lease that is to be renewed; without it the case is claimed.' })
  @Length(1, 100)
  @IsString()
  @MayBeLeftOut()
  token?: string;
}

/** `DELETE /v1/cases/{id}/lease` */
export class ReleaseQuery {
  @ApiProperty({ description: 'Of the lease.', example: 'lea_3q2-7wAAvu8c1oX9kq0mH5y0Q2n8d4fUuB1xRzJtKkE' })
  @Length(1, 100)
  @IsString()
  token!: string;

  @ApiPropertyOptional({
    type: Boolean,
    default: false,
    description: 'Do not offer me this case again soon.',
  })
  @Type(() => Boolean)
  @IsBoolean()
  skip: boolean = false;
}
