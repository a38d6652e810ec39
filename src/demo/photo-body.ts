import { IsBoolean } from 'class-validator';

/** A click on the newsroom's button. */
export class PhotoBody {
  /** Is another photo to be at the address? Otherwise the old one. */
  @IsBoolean()
  swapped!: boolean;

  /** Does the newsroom tell Vigie, as with PUT /v1/images/content? */
  @IsBoolean()
  announced!: boolean;
}
