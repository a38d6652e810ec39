import { ApiProperty, ApiSchema } from '@nestjs/swagger';

/** A member of staff, as other members of the same site see them. */
@ApiSchema({ description: 'A member of staff.' })
export class StaffReference {
  @ApiProperty({ example: 'stf_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r' })
  readonly id!: string;

  @ApiProperty({ example: 'amina@example.ma' })
  readonly email!: string;
}
