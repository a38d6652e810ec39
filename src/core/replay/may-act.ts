import type { Block, ImageState } from '../image-state.js';
import { leastReporters } from '../threshold.js';
import type { ThresholdRule } from '../threshold-rule.js';

/** Who spoke in an image's round. */
export interface Spoken {
  /** Whoever voted, counted or not. */
  readonly people: number;
  /** Whose vote counts. */
  readonly counted: number;
  /** Somebody gave the severe reason. */
  readonly severe: boolean;
}

/**
 * Can anything come of votes on an image? As the neck has it (src/moderation/recount.ts): below this nothing is read, and nothing
 * can cross. A first case is not looked for: all that matters of it is that it is there (`awaits` in world.ts).
 *
 * @param state undefined: as a new image's
 */
export function mayAct(state: ImageState | undefined, rule: ThresholdRule, spoken: Spoken): boolean {
  if (state?.blocks.some(isRulesOrModerators) === true) return false;
  if (isClosed(state) && mayOpenAgain(state, rule, spoken)) return true;
  if (!rule.autoBlock || state?.protected === true) return false;
  const severe = (state?.keptAt ?? null) === null && spoken.severe;
  return spoken.counted >= (severe ? 1 : leastReporters(rule, 1));
}

/** A case may open again, also where nothing may be blocked: at K after a keep, and as a first one where that was of other bytes. */
const mayOpenAgain = ({ keptAt }: ImageState, rule: ThresholdRule, { people, counted, severe }: Spoken) =>
  severe || counted >= leastReporters(rule, 1) || (keptAt === null && people >= rule.caseAt);

const isRulesOrModerators = ({ source }: Block): boolean => source === 'threshold' || source === 'moderator';

/** Its case was closed, in whichever round, and nothing has opened one again. */
const isClosed = (state: ImageState | undefined): state is ImageState => state?.reviewState === 'closed';

/** People have decided on the current round: a keep ends the one that it decides on. */
export const isDecided = (state: ImageState | undefined): boolean =>
  isClosed(state) &&
  (state.case?.round === state.round || state.blocks.some(({ source }) => source === 'moderator'));
