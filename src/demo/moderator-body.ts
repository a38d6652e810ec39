import { Type } from 'class-transformer';
import { IsIn, ValidateNested } from 'class-validator';
import { ImageRef } from '../contract/image-ref.js';
import type { DecisionAction } from '../core/command.js';

/** What the demonstration's moderator can do. */
const MODERATOR_ACTIONS = ['keep', 'block', 'undo'] as const;
export type ModeratorAction = (typeof MODERATOR_ACTIONS)[number];

/** A click on one of the moderator's buttons. */
export class ModeratorBody {
  /** By its `url`, as reports name it. */
  @Type(() => ImageRef)
  @ValidateNested()
  image!: ImageRef;

  @IsIn(MODERATOR_ACTIONS, { message: `must be one of: ${MODERATOR_ACTIONS.join(', ')}` })
  action!: ModeratorAction;
}

/** How the image is seen afterwards. */
export interface ModeratorAnswer {
  readonly image: ImageRef;
  readonly blocked: boolean;
  /** False when there was nothing to decide: what was asked for held already. */
  readonly decided: boolean;
  /** Which decision was undone. */
  readonly undone: DecisionAction | null;
}
